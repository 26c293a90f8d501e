"""The stages of a version as `platform.yaml` writes them."""

from typing import Annotated, Literal, get_args

from pydantic import Field

from gatewright.config.cache_sections import StageCache
from gatewright.config.limit_sections import Throttle
from gatewright.config.rules import one_of, text
from gatewright.config.section import Section

# AWS's are letters, digits, hyphens and underscores, at most 128; an address and a log group that
# people read are shorter. https://docs.aws.amazon.com/apigateway/latest/api/API_CreateStage.html
StageName = Annotated[
    str,
    text(r"[a-z][a-z0-9_-]{0,23}", "1 to 24 lower-case letters, digits, _ and -, a letter first"),
]
# https://docs.aws.amazon.com/apigateway/latest/api/API_CreateStage.html#apigw-CreateStage-request-variables
VariableName = Annotated[
    str,
    text(
        r"(?!lambdaAlias$)[A-Za-z_][A-Za-z0-9_]{0,63}",
        "1 to 64 letters, digits and _, no digit first, and not lambdaAlias, which is the release",
    ),
]
VariableValue = Annotated[
    str,
    text(
        r"[A-Za-z0-9._~:/?#&=,-]{1,512}",
        "1 to 512 letters, digits and - . _ ~ : / ? # & = ,",
    ),
]
Serves = Literal["newest", "promoted"]
LogLevel = Literal["off", "error", "info"]


class StageFields(Section):
    """A stage of a version: an address of its own, with a release, limits and logs of its own."""

    release: Annotated[Serves, one_of(*get_args(Serves))] = Field(
        "newest",
        description="newest takes every deployment; promoted keeps what `make promote` recorded "
        "in releases/<environment>.yaml, and is not deployed before.",
    )
    variables: dict[VariableName, VariableValue] = Field(
        {}, description="Stage variables, for ${stageVariables.<name>} in the contract."
    )
    throttle: Throttle | None = Field(
        None,
        description="How much all callers together may call one method here; the version's when "
        "absent.",
    )
    log_level: Annotated[LogLevel, one_of(*get_args(LogLevel))] = Field(
        "error",
        description="What the execution log tells: off, error, or info for every step. Never "
        "bodies.",
    )
    cache: StageCache | None = Field(
        None, description="What is different about the version's cache here."
    )
