"""What must hold of an API, as a list of cases: pure, from its document and nothing else.

AWS: "Gateway response types for API Gateway" (UNAUTHORIZED 401, INVALID_API_KEY 403,
BAD_REQUEST_PARAMETERS 400, BAD_REQUEST_BODY 400); RFC 9110, section 15.5.16 (415).
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from gatewright.checks.contract.calls import Call, JsonObject, document_calls
from gatewright.checks.credentials import API_KEY, COGNITO, IAM

_JSON = "application/json"
_SAFE = ("GET", "HEAD")


class Sent(StrEnum):
    """The credentials that a case sends, for people."""

    VALID = "valid credentials"
    NONE = "no credentials"
    UNKNOWN_KEY = "an unknown key"
    MALFORMED = "a malformed token"
    UNSIGNED = "an unsigned token"
    CHANGED = "a changed token"
    OTHER_SCOPE = "a token without the scope"
    IDENTITY = "an identity token where a scope is asked for"


_BAD_TOKENS = (Sent.MALFORMED, Sent.UNSIGNED, Sent.CHANGED)


@dataclass(frozen=True, kw_only=True)
class Case:
    """One call and what must be answered: one of ``expected``.

    ``what`` is what is special about it, for people. ``body`` and ``media_type`` are sent as they
    are; ``body`` is None where there is none.
    """

    call: Call
    what: str
    sent: Sent
    expected: tuple[int, ...]
    body: bytes | None
    media_type: str = _JSON

    @property
    def name(self) -> str:
        """How the report names it: ``POST /foods: no credentials``."""
        return f"{self.call.method} {self.call.route}: {self.what}"


def contract_cases(api: str, document: JsonObject, mark: str) -> list[Case]:
    """Every case of an API, refusals before what changes anything.

    ``mark`` makes the names of created things unique. The list is the same each time. Raises
    NoExampleError.
    """
    calls = document_calls(api, document, mark)
    refusals = [case for call in calls for case in (*_refused(call), *_invalid(call))]
    return refusals + [case for call in calls for case in _accepted(call)]


def smoke_cases(api: str, document: JsonObject, mark: str) -> list[Case]:
    """The cases that change nothing and need no user: for an environment that people use.

    No operation may be called without the credentials that it asks for, and what can only be read
    must answer: with a key, a machine's token, or nothing. What an operation reads that another
    one creates is left out, since nothing was created.
    """
    calls = document_calls(api, document, mark)
    refusals = [case for call in calls for case in _refused(call) if case.sent is Sent.NONE]
    return refusals + [
        case
        for call in calls
        if call.method in _SAFE and not call.unique and not _needs_user(call)
        for case in _accepted(call)
    ]


def _needs_user(call: Call) -> bool:
    return COGNITO in call.security and not call.scopes


def _accepted(call: Call) -> Iterator[Case]:
    yield _case(call, str(Sent.VALID), Sent.VALID, call.successes)


def _refused(call: Call) -> Iterator[Case]:
    if not call.security:
        return
    yield _case(call, str(Sent.NONE), Sent.NONE, _without_credentials(call))
    if API_KEY in call.security:
        yield _case(call, str(Sent.UNKNOWN_KEY), Sent.UNKNOWN_KEY, (403,))
    if COGNITO in call.security:
        scoped = (Sent.OTHER_SCOPE, Sent.IDENTITY) if call.scopes else ()
        for sent in (*_BAD_TOKENS, *scoped):
            yield _case(call, str(sent), sent, (401,))
    elif call.bearer:
        for sent in (Sent.MALFORMED, Sent.UNSIGNED):
            yield _case(call, str(sent), sent, (401,))
    elif IAM in call.security:
        yield _case(call, str(Sent.MALFORMED), Sent.MALFORMED, (403,))


def _without_credentials(call: Call) -> tuple[int, ...]:
    if COGNITO in call.security or call.bearer:
        return (401,)  # the authorizer comes before the key
    if IAM in call.security:
        return (403,)
    known = call.security.keys() <= {API_KEY}
    # A function that reads something else may answer either.
    return (403,) if known else (401, 403)


def _invalid(call: Call) -> Iterator[Case]:
    """Requests with valid credentials that break the contract."""
    for name in (*call.query, *call.headers):
        yield _case(call.without_parameter(name), f"without {name}", Sent.VALID, (400,))
    if call.body is None:
        return
    for what, body in _broken_bodies(call):
        yield Case(call=call, what=what, sent=Sent.VALID, expected=(400,), body=body)
    undeclared = (
        "text/plain" if "text/plain" not in call.media_types else "application/x-undeclared"
    )
    yield Case(
        call=call,
        what=f"a body of type {undeclared}",
        sent=Sent.VALID,
        expected=(415,),
        body=b"undeclared",
        media_type=undeclared,
    )


def _broken_bodies(call: Call) -> Iterator[tuple[str, bytes]]:
    yield "a body that is not JSON", b"{"
    if call.body_schema.get("type") == "object":
        yield "a body of another type", b"[]"
    else:
        yield "a body of another type", b"{}" if not isinstance(call.body, dict) else b"[]"
    for name in call.body_schema.get("required", ()):
        rest = {other: value for other, value in call.body.items() if other != name}
        yield f"a body without {name}", json.dumps(rest).encode()


def _case(call: Call, what: str, sent: Sent, expected: tuple[int, ...]) -> Case:
    return Case(call=call, what=what, sent=sent, expected=expected, body=_encoded(call.body))


def _encoded(body: Any) -> bytes | None:
    return None if body is None else json.dumps(body).encode()
