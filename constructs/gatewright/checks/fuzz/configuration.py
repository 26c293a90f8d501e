"""The configuration of schemathesis, a file of TOML, for one API.

Credentials are not in it: it names variables of the process environment. schemathesis's own
documentation: "Configuration", "Checks Reference".
"""

import json
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from gatewright.checks.fuzz.operations import Operations
from gatewright.checks.http import TIMEOUT_SECONDS

ACCEPTANCE = "positive_data_acceptance"
"""The check that what fits the document is not refused."""

LEFT_OUT: Mapping[str, str] = MappingProxyType(
    {
        ACCEPTANCE: "A schema is not all that a service asks for: a cursor of its own, an ETag, a "
        "food that it knows. It refuses those with a 400, which is documented. Backends that ask "
        "for nothing else are checked with --accepting.",
        "unsupported_method": "API Gateway answers 403 to what is no route, and not 405 (AWS: "
        "Gateway response types, MISSING_AUTHENTICATION_TOKEN).",
        "allow_header_conformance": "There is no 405 with an Allow. OPTIONS is for browsers.",
        "use_after_free": "A document does not say what one operation does to the next: a "
        "service may keep what it was told to delete, or forget it a little later.",
        "ensure_resource_availability": "As above: a service may show a little later what it made.",
        "object_level_authorization": "A document does not say whose an object is, and tokens of "
        "two users are needed to see it.",
    }
)
"""The checks that our contracts do not promise, and why. All others are made.

They are: no 5xx; the documented statuses, media types, headers and schemas of answers; a refusal of
what breaks the schemas of requests, of what lacks a required header, and of callers without
credentials.
"""

# 400 by the gateway's validator; a throttled request says nothing about the header.
_WITHOUT_HEADER = ["400", "429"]
# By name: its own list would take the Idempotency-Key for a secret, and hide what was sent.
_SECRET_HEADERS = ["authorization", "x-api-key"]


def configuration(
    operations: Operations,
    *,
    url: str,
    examples: int,
    seed: int,
    events: str,
    accepting: bool = False,
) -> tuple[str, dict[str, str]]:
    """The file, and the variables that it names.

    ``url`` is where the API is, ``examples`` how many requests are generated for each operation,
    ``events`` the path of the file that schemathesis writes down everything in. ``accepting``
    checks besides that what fits the document is accepted.
    """
    variables: dict[str, str] = {}
    lines = [
        *_table("", {**_GENERAL, "seed": seed, "base-url": url.rstrip("/")}),
        *_table("[reports.ndjson]", {"path": events}),
        *_table("[cache]", {"enabled": False}),
        *_table("[output.sanitization]", _HIDDEN),
        *_table("[generation]", {**_GENERATION, "max-examples": examples}),
        # Methods that are no route tell of API Gateway, and not of the API.
        *_table("[phases.coverage]", {"unexpected-methods": []}),
        *_table("[checks.missing_required_header]", {"expected-statuses": _WITHOUT_HEADER}),
    ]
    for check in LEFT_OUT:
        if accepting and check == ACCEPTANCE:
            continue
        lines += _table(f"[checks.{check}]", {"enabled": False})
    for label, headers in operations.headers.items():
        if headers:
            named = dict(_named(headers, variables))
            lines += _table("[[operations]]", {"include-name": label, "headers": named})
    for label in operations.left_out:
        lines += _table("[[operations]]", {"include-name": label, "enabled": False})
    return "\n".join(lines), variables


_GENERAL: Mapping[str, Any] = MappingProxyType(
    {
        "color": False,
        "warnings": False,
        "workers": 1,  # with several, a seed does not give the same requests
        "hooks": "gatewright.checks.fuzz.pace",
        "rate-limit": "auto",  # wait and try again after a 429 (RFC 6585, Retry-After)
        "request-timeout": TIMEOUT_SECONDS,
        "max-redirects": 0,
    }
)
_HIDDEN: Mapping[str, Any] = MappingProxyType(
    {"keys-to-sanitize": _SECRET_HEADERS, "sensitive-markers": _SECRET_HEADERS}
)
_GENERATION: Mapping[str, Any] = MappingProxyType(
    {"with-security-parameters": False, "database": "none"}
)


def _named(headers: Mapping[str, str], variables: dict[str, str]) -> Iterator[tuple[str, str]]:
    for name, value in headers.items():
        variable = f"FUZZ_CREDENTIAL_{len(variables)}"
        variables[variable] = value
        yield name, f"${{{variable}}}"


def _table(head: str, values: Mapping[str, Any]) -> list[str]:
    return [head, *(f"{_text(name)} = {_value(value)}" for name, value in values.items())]


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        inside = ", ".join(f"{_text(name)} = {_value(one)}" for name, one in value.items())
        return f"{{{inside}}}"
    return _text(value)


def _text(value: Any) -> str:
    # Texts, numbers, flags and lists of these are written alike in JSON and TOML.
    return json.dumps(value, ensure_ascii=False)
