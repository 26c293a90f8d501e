"""Which client SDKs a release publishes, and where, as `platform.yaml` writes it."""

from typing import Annotated, Literal, get_args

from pydantic import Field

from gatewright.config.pipeline_values import BuildMinutes, IndexUrl, SecretName
from gatewright.config.rules import one_of, text
from gatewright.config.section import Section
from gatewright.config.values import AccountId

SdkLanguage = Literal[
    "python", "typescript", "java", "javascript", "android", "objc", "swift", "ruby"
]
LANGUAGES: tuple[SdkLanguage, ...] = get_args(SdkLanguage)

# https://docs.aws.amazon.com/codeartifact/latest/APIReference/API_CreateDomain.html
_Domain = Annotated[
    str,
    text(
        r"[a-z][a-z0-9-]{0,48}[a-z0-9]",
        "2 to 50 lower-case letters, digits and hyphens, a letter first",
    ),
]
# https://docs.aws.amazon.com/codeartifact/latest/APIReference/API_CreateRepository.html
_Repository = Annotated[
    str,
    text(
        r"[A-Za-z0-9][A-Za-z0-9._-]{1,99}",
        "2 to 100 letters, digits and . _ -, a letter or digit first",
    ),
]


class CodeArtifact(Section):
    """A repository of CodeArtifact in the pipeline's region, which must be there already."""

    domain: _Domain = Field(description="The domain of the repository.")
    repository: _Repository = Field(description="The repository that packages are published to.")
    owner: AccountId | None = Field(
        None, description="The account of the domain; default: the pipeline's own."
    )


class Indexes(Section):
    """Package indexes of another kind than CodeArtifact."""

    pypi: IndexUrl | None = Field(None, description="Where twine uploads Python packages.")
    npm: IndexUrl | None = Field(None, description="The registry of npm.")
    maven: IndexUrl | None = Field(None, description="The repository that Maven deploys to.")
    secret: SecretName | None = Field(
        None,
        description="A secret in Secrets Manager of the pipeline's account: "
        '{"username": ..., "password": ...}, or {"token": ...} for npm alone.',
    )


class Sdks(Section):
    """The client SDKs of a release. All of them go to the bucket of published documents."""

    languages: tuple[Annotated[SdkLanguage, one_of(*LANGUAGES)], ...] = Field(
        LANGUAGES, description="The languages; none for no SDKs, the documents alone."
    )
    codeartifact: CodeArtifact | None = Field(
        None, description="Publish the packages of Python, npm and Maven there as well."
    )
    indexes: Indexes | None = Field(None, description="Or to other indexes.")
    minutes: BuildMinutes = Field(30, description="The minutes after which it has failed.")
