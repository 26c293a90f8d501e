"""A Lambda authorizer that names a caller's API key."""

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Event = Mapping[str, Any]


class UnauthorizedError(Exception):
    """Answered 401: API Gateway knows it by its text. AWS: "Output from a Lambda authorizer"."""

    def __init__(self) -> None:
        super().__init__("Unauthorized")


@dataclass(frozen=True, kw_only=True)
class Caller:
    """Somebody known. ``name`` is for logs; ``api_key`` is the value of a key on a usage plan."""

    name: str
    api_key: str


def key_authorizer(
    find: Callable[[str], Caller | None],
) -> Callable[[Event, Any], dict[str, Any]]:
    """Make the handler of a ``key_authorizer`` of a function that knows callers.

    ``find`` gets the header ``Authorization``, which is empty where a request has none, and returns
    the caller, or None for a 401. The caller may call every operation of the stage that asks for
    an API key, as often as the key's plan says; whether the key is good is API Gateway's to find.
    """

    @functools.wraps(find)
    def handler(event: Event, _context: Any) -> dict[str, Any]:
        caller = find(_authorization(event))
        if caller is None:
            raise UnauthorizedError
        api_and_stage = "/".join(event["methodArn"].split("/")[:2])
        statement = {
            "Effect": "Allow",
            "Action": "execute-api:Invoke",
            # All of the stage: kept for a while, an answer for one method is wrong for the next.
            "Resource": f"{api_and_stage}/*",
        }
        return {
            "principalId": caller.name,
            "policyDocument": {"Version": "2012-10-17", "Statement": [statement]},
            "usageIdentifierKey": caller.api_key,
        }

    return handler


def _authorization(event: Event) -> str:
    headers = {name.lower(): value for name, value in (event.get("headers") or {}).items()}
    return str(headers.get("authorization") or "")
