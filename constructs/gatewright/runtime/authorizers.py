"""Lambda authorizers of a service's own: the platform makes the policy of what they answer."""

import functools
import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gatewright.runtime.authorizer_request import Request, canonical
from gatewright.runtime.key_authorization import Event, UnauthorizedError
from gatewright.runtime.operation_policy import AuthorizedOperation, operations_of, policy

TABLE = "authorizer.json"
"""The file beside this one with what the contract says of the authorizer: see `Table`."""

Handler = Callable[[Event, Any], dict[str, Any]]


@dataclass(frozen=True, kw_only=True)
class Identity:
    """Somebody known.

    - ``principal``: who it is, for logs and for ``requestContext.authorizer.principalId``
    - ``scopes``: what it may do; an operation is allowed when it has all that the operation asks
      for in its ``security``
    - ``context``: what the function behind finds in ``requestContext.authorizer``: text, numbers
      and booleans, which arrive there as text (AWS: "Output from an API Gateway Lambda authorizer")
    """

    principal: str
    scopes: Collection[str] = ()
    context: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        scopes: object = self.scopes
        if isinstance(scopes, str):
            raise TypeError('scopes are a list of texts: write scopes=["read"], or .split() a text')
        for name, value in self.context.items():
            if not isinstance(value, str | int | float):
                kind = type(value).__name__
                raise TypeError(
                    f"context {name!r} is a {kind}: API Gateway hands on text, numbers and "
                    "booleans; make JSON of others"
                )


@dataclass(frozen=True, kw_only=True)
class Table:
    """What the contract says: who asks for this authorizer, and what its cache goes by.

    ``readable`` are the identity sources, by whose values API Gateway keeps an answer; None where
    it keeps none, and all of a request may be read.
    """

    operations: tuple[AuthorizedOperation, ...]
    readable: frozenset[str] | None


def token_authorizer(find: Callable[[str], Identity | None]) -> Handler:
    """Make the handler of an authorizer of type ``token`` of a function that knows callers.

    ``find`` gets the header that the authorizer reads, and returns who it is, or None for a 401.
    The answer allows every operation whose scopes the identity has, and is right for all of them
    for as long as API Gateway keeps it.
    """

    @functools.wraps(find)
    def handler(event: Event, _context: Any) -> dict[str, Any]:
        return answer(find(str(event.get("authorizationToken") or "")), event)

    return handler


def request_authorizer(find: Callable[[Request], Identity | None]) -> Handler:
    """The same for an authorizer of type ``request``; ``find`` gets the request.

    Where answers are cached it can only read the identity sources: see `Request`.
    """

    @functools.wraps(find)
    def handler(event: Event, _context: Any) -> dict[str, Any]:
        return answer(find(Request(event, _table().readable)), event)

    return handler


def answer(identity: Identity | None, event: Event) -> dict[str, Any]:
    """What API Gateway is told. Raises UnauthorizedError for nobody."""
    if identity is None:
        raise UnauthorizedError
    return {
        "principalId": identity.principal,
        "policyDocument": policy(_table().operations, identity.scopes, event["methodArn"]),
        "context": dict(identity.context),
    }


@functools.cache
def _table() -> Table:
    """Read once in a function's life. Without it nobody is let in: the error is a 500."""
    content = json.loads(Path(__file__).with_name(TABLE).read_text("utf-8"))
    sources = content["readable"]
    return Table(
        operations=operations_of(content["operations"]),
        readable=None if sources is None else frozenset(map(canonical, sources)),
    )
