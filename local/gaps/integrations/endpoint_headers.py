"""Which headers API Gateway keeps from an HTTP endpoint, and from the caller of one.

https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
(the table of headers that are dropped, remapped or overwritten)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from local.gaps.execution import Execution
from local.gaps.integrations.parameters import named

Lines = list[tuple[str, str]]
# Dropped by the table, or said anew of every connection.
_NOT_SENT = frozenset(
    [
        "connection",
        "content-length",
        "content-md5",
        "expect",
        "host",
        "keep-alive",
        "max-forwards",
        "proxy-authenticate",
        "server",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
        "via",
        "www-authenticate",
    ]
)
_NOT_ANSWERED = frozenset(
    [
        "content-length",
        "expect",
        "host",
        "keep-alive",
        "proxy-authenticate",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    ]
)
_REMAPPED = frozenset(
    [
        "authorization",
        "connection",
        "content-md5",
        "date",
        "max-forwards",
        "server",
        "user-agent",
        "www-authenticate",
    ]
)


def of_caller(run: Execution) -> Lines:
    """Those of the caller that a proxy integration passes on."""
    lines = [(name, value) for name in run.headers for value in named(run.headers, name)]
    signed = named(run.headers, "authorization")[:1]
    dropped = _NOT_SENT
    if signed and signed[0].startswith("AWS4-HMAC-SHA256"):
        dropped |= {"authorization", "x-amz-date", "x-amz-security-token"}
    return [line for line in lines if line[0].lower() not in dropped]


def of_gateway(run: Execution) -> Lines:
    """Those that API Gateway adds itself."""
    return [
        ("X-Amzn-Apigateway-Api-Id", run.api_id),
        ("User-Agent", f"AmazonAPIGateway_{run.api_id}"),
    ]


def with_mapped(lines: Lines, mapped: Mapping[str, Iterable[str]]) -> Lines:
    """The lines, with those that are mapped in the place of others of their name."""
    replaced = {name.lower() for name in mapped}
    kept = [line for line in lines if line[0].lower() not in replaced]
    return kept + [(name, ",".join(values)) for name, values in mapped.items()]


def encoded(lines: Lines) -> list[tuple[bytes, bytes]]:
    """The lines as they are sent. A line break in a value would begin another header."""
    return [(name.encode(), " ".join(value.splitlines()).encode()) for name, value in lines]


def of_answer(lines: Iterable[tuple[str, str]]) -> dict[str, str | list[str]]:
    """Those of an endpoint that a proxy integration answers with."""
    answered: dict[str, str | list[str]] = {}
    for name, value in lines:
        if name.lower() in _NOT_ANSWERED:
            continue
        kept = f"x-amzn-Remapped-{name}" if name.lower() in _REMAPPED else name
        before = answered.get(kept)
        several = [before] if isinstance(before, str) else before or []
        answered[kept] = [*several, value] if several else value
    return answered
