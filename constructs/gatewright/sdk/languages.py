"""The eight languages: which generator makes each client, with which options, and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from gatewright.nearest import did_you_mean
from gatewright.sdk.document import ApiDocument
from gatewright.sdk.errors import SdkError
from gatewright.sdk.names import Names

Options = Mapping[str, str]


# Not for callers: the generator's guesses at where the code is kept and how it is built.
_NO_CALLERS = (
    *("README.md", "git_push.sh", ".gitignore", ".gitattributes"),
    *(".travis.yml", ".gitlab-ci.yml", ".github/**"),
)


@dataclass(frozen=True, kw_only=True)
class Language:
    """How the clients in one language are generated.

    ``options`` are the generator's own (openapi-generator.tech, "Generators List"); ``{names.x}``
    in one is an attribute of Names. ``signed`` are options in place of those for an API whose
    callers sign with AWS Signature Version 4. ``left_out`` are files, as `.gitignore` names them,
    that are not generated; ``added`` are templates of ours and the files that they become, where
    the chosen library has such a template. ``templates`` is the folder of templates, by default
    the language's name. ``why`` is why this generator and not another one.
    """

    name: str
    generator: str
    why: str
    options: Options
    signed: Options = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    added: Options = field(default_factory=dict)
    templates: str = ""

    def options_for(self, document: ApiDocument, names: Names) -> dict[str, str]:
        """The options for one document, filled in."""
        chosen = {**self.options, **(self.signed if document.signed else {})}
        return _filled(chosen, names)

    def added_for(self, names: Names) -> dict[str, str]:
        """The templates of ours and their files for one document."""
        return _filled(self.added, names)

    @property
    def folder(self) -> str:
        """The folder of its templates."""
        return self.templates or self.name

    @property
    def ignored(self) -> tuple[str, ...]:
        """All files that are not generated."""
        return (*_NO_CALLERS, *self.left_out)


def _filled(texts: Options, names: Names) -> dict[str, str]:
    return {key: text.format(names=names) for key, text in texts.items()}


PYTHON = Language(
    name="python",
    generator="python",
    why="An exception for each status, whose `data` is the error's model; pydantic models; types.",
    options=MappingProxyType(
        {
            "packageName": "{names.python}",
            "projectName": "{names.distribution}",
            "packageVersion": "{names.version}",
            "buildSystem": "hatchling",
            # A newer server may send more than this client knows.
            "disallowAdditionalPropertiesIfNotPresent": "false",
        }
    ),
    left_out=("setup.py", "setup.cfg", "requirements.txt", "test-requirements.txt", "tox.ini"),
)

TYPESCRIPT = Language(
    name="typescript",
    generator="typescript",
    why="ApiException<T> has the error's model as its body; typescript-fetch has none.",
    options=MappingProxyType(
        {
            "npmName": "{names.npm}",
            "npmVersion": "{names.version}",
            # fetch of the platform, which Node has too: no dependency at all.
            "platform": "browser",
            "supportsES6": "true",
            "importFileExtension": ".js",
            # An argument that is added later does not move the others.
            "useObjectParameters": "true",
            "disallowAdditionalPropertiesIfNotPresent": "false",
        }
    ),
)

_NO_BUILD = (
    *("build.sbt", "gradle/**", "gradlew", "gradlew.bat", "gradle.properties", "settings.gradle"),
    *("api/**", "src/main/AndroidManifest.xml"),
)
_JAVA_PACKAGES = {
    "groupId": "{names.group}",
    "artifactVersion": "{names.version}",
    "invokerPackage": "{names.java}",
    "apiPackage": "{names.java}.api",
    "modelPackage": "{names.java}.model",
    "hideGenerationTimestamp": "true",
    "openApiNullable": "false",
    "disallowAdditionalPropertiesIfNotPresent": "false",
}

JAVA = Language(
    name="java",
    generator="java",
    why="The JDK's own HTTP client, so that Jackson is all it needs; only okhttp-gson can sign.",
    options=MappingProxyType(
        {
            **_JAVA_PACKAGES,
            "artifactId": "{names.api}",
            "library": "native",
            # An argument that is added later does not move the others.
            "useSingleRequestParameter": "true",
        }
    ),
    signed=MappingProxyType(
        {
            "library": "okhttp-gson",
            "withAWSV4Signature": "true",
        }
    ),
    left_out=(*_NO_BUILD, "build.gradle"),
    added=MappingProxyType(
        {"Credentials.mustache": "src/main/java/{names.java_folder}/Credentials.java"}
    ),
)

ANDROID = Language(
    name="android",
    generator="java",
    why="OkHttp runs on Android, and java.net.http does not. The generator called android knows no "
    "bearer tokens, and drops what errors say.",
    options=MappingProxyType(
        {
            **_JAVA_PACKAGES,
            "artifactId": "{names.api}-android",
            "library": "okhttp-gson",
        }
    ),
    signed=MappingProxyType({"withAWSV4Signature": "true"}),
    left_out=(*_NO_BUILD, "pom.xml"),
    templates="java",
)

JAVASCRIPT = Language(
    name="javascript",
    generator="javascript",
    why="The only one; compiled to CommonJS, for those who have no modules.",
    options=MappingProxyType(
        {
            "projectName": "{names.npm}-javascript",
            "projectVersion": "{names.version}",
            "moduleName": "{names.module}",
            "usePromises": "true",
            "disallowAdditionalPropertiesIfNotPresent": "false",
        }
    ),
    left_out=(".babelrc", "mocha.opts"),
    added=MappingProxyType({"tsconfig.mustache": "tsconfig.json"}),
)

OBJC = Language(
    name="objc",
    generator="objc",
    why="The only one.",
    options=MappingProxyType(
        {
            "podName": "{names.module}",
            "podVersion": "{names.version}",
            "classPrefix": "{names.prefix}",
            "authorName": "{names.project}",
        }
    ),
)

SWIFT = Language(
    name="swift",
    generator="swift6",
    why="URLSession and async/await, with nothing besides Foundation.",
    options=MappingProxyType(
        {
            "projectName": "{names.module}",
            "podVersion": "{names.version}",
            "responseAs": "AsyncAwait",
        }
    ),
    left_out=("Cartfile", "*.podspec", "project.yml", ".swiftformat"),
)

RUBY = Language(
    name="ruby",
    generator="ruby",
    why="The only one; with Typhoeus, its one dependency, where Faraday needs two more gems.",
    options=MappingProxyType(
        {
            "gemName": "{names.python}",
            "gemVersion": "{names.version}",
            "moduleName": "{names.module}",
            "library": "typhoeus",
            "gemAuthor": "{names.project}",
        }
    ),
    left_out=("Gemfile", "Rakefile", ".rspec", ".rubocop.yml", "spec/**"),
)

LANGUAGES: tuple[Language, ...] = (PYTHON, TYPESCRIPT, JAVA, JAVASCRIPT, ANDROID, OBJC, SWIFT, RUBY)


def language(name: str) -> Language:
    """The language of that name. Raises SdkError where there is none."""
    known = {one.name: one for one in LANGUAGES}
    if name in known:
        return known[name]
    choices = f"write one of {', '.join(known)}"
    raise SdkError(f"there is no language {name!r}", did_you_mean(name, known) or choices)
