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
    "README.md",
    "git_push.sh",
    ".gitignore",
    ".travis.yml",
    ".gitlab-ci.yml",
    ".github/**",
)


@dataclass(frozen=True, kw_only=True)
class Language:
    """How the clients in one language are generated.

    ``options`` are the generator's own (openapi-generator.tech, "Generators List"); ``{names.x}``
    in one is an attribute of Names. ``signed`` are options in place of those for an API whose
    callers sign with AWS Signature Version 4. ``left_out`` are files, as `.gitignore` names them,
    that are not generated. ``why`` is why this generator and not another one.
    """

    name: str
    generator: str
    why: str
    options: Options
    signed: Options = field(default_factory=dict)
    left_out: tuple[str, ...] = ()

    def options_for(self, document: ApiDocument, names: Names) -> dict[str, str]:
        """The options for one document, filled in."""
        chosen = {**self.options, **(self.signed if document.signed else {})}
        return {option: text.format(names=names) for option, text in chosen.items()}

    @property
    def ignored(self) -> tuple[str, ...]:
        """All files that are not generated."""
        return (*_NO_CALLERS, *self.left_out)


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
    left_out=("git_push.sh", ".gitattributes"),
)

LANGUAGES: tuple[Language, ...] = (PYTHON, TYPESCRIPT)


def language(name: str) -> Language:
    """The language of that name. Raises SdkError where there is none."""
    known = {one.name: one for one in LANGUAGES}
    if name in known:
        return known[name]
    choices = f"write one of {', '.join(known)}"
    raise SdkError(f"there is no language {name!r}", did_you_mean(name, known) or choices)
