"""What a version caches, and how much of it a stage holds, as `platform.yaml` writes it."""

from typing import Annotated, Any

from pydantic import Field

from gatewright.config.rules import Rule, text, whole
from gatewright.config.section import Section
from gatewright.config.values import OperationId

# https://docs.aws.amazon.com/apigateway/latest/api/API_CreateStage.html#apigw-CreateStage-request-cacheClusterSize
SIZES = (0.5, 1.6, 6.1, 13.5, 28.4, 58.2, 118, 237)


def _size(*sizes: float) -> Rule:
    def holds(value: object) -> bool:
        return type(value) in (int, float) and value in sizes

    return Rule(
        "number", f"one of AWS's sizes in GB: {', '.join(map(str, sizes))}", holds, _enum(sizes)
    )


def _enum(sizes: tuple[float, ...]) -> dict[str, Any]:
    return {"enum": list(sizes)}


# https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html
Seconds = Annotated[int, whole(1, 3600, "seconds")]
CacheKey = Annotated[
    str,
    text(
        r"(?:query|header|path)\.[A-Za-z0-9:._$-]+",
        "query.<name>, header.<name> or path.<name> of a parameter",
    ),
]


class CachedOperation(Section):
    """An operation whose answers are kept, and what tells two of them apart."""

    ttl_seconds: Seconds | None = Field(
        None, description="How long an answer is kept, 1 to 3600 seconds; the cache's when absent."
    )
    keys: tuple[CacheKey, ...] | None = Field(
        None,
        description="The parameters by which answers differ, such as query.limit and "
        "header.x-api-key; by default all that the contract declares. Those of the path always.",
    )
    shared: bool = Field(
        False,
        description="Whether callers may get each other's answers, where the operation asks for "
        "credentials that are not among the keys.",
    )


class Cache(Section):
    """Which answers API Gateway keeps. Billed by the hour and the size, for each stage."""

    size_gb: Annotated[float, _size(*SIZES)] = Field(
        0.5, description="The size of each stage's cache in GB: 0.5, 1.6, 6.1, 13.5 ... 237."
    )
    ttl_seconds: Seconds = Field(
        300, description="How long an answer is kept, 1 to 3600 seconds; 300 by default."
    )
    encrypted: bool = Field(True, description="Whether what is kept is encrypted.")
    operations: dict[OperationId, CachedOperation] = Field(
        min_length=1, description="What is cached, by operation id: GET and HEAD alone."
    )


class StageCache(Section):
    """What is different about one stage's cache."""

    size_gb: Annotated[float, _size(0, *SIZES)] | None = Field(
        None, description="The size in GB, or 0 for no cache; the version's when absent."
    )
    ttl_seconds: Seconds | None = Field(
        None,
        description="How long an answer is kept, where its operation does not say; the version's "
        "when absent.",
    )
