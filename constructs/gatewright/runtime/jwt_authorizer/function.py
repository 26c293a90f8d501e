"""The handler that API Gateway's authorizer calls."""

import functools
import json
import logging
from typing import Any

from gatewright.runtime.authorizers import Identity, answer
from gatewright.runtime.jwt_authorizer.errors import RefusedTokenError
from gatewright.runtime.jwt_authorizer.keys import IssuerKeys
from gatewright.runtime.jwt_authorizer.settings import Settings, settings
from gatewright.runtime.jwt_authorizer.token import Claims, scopes_of, verified
from gatewright.runtime.key_authorization import Event

# Handed on wherever a token has them, for the function behind.
_HANDED_ON = ("sub", "iss", "scope", "client_id")

_logger = logging.getLogger(__name__)


def handler(event: Event, _context: Any) -> dict[str, Any]:
    """Answer who sent a token and what it is good for: a policy for every operation.

    Nobody's token is a 401; one that lacks a scope of an operation is a 403 there.
    """
    known, keys = _issuer()
    try:
        identity = identity_of(verified(_authorization(event, known.header), known, keys), known)
    except RefusedTokenError as error:
        # Without the token: it may be good elsewhere.
        _logger.warning("token refused: %s", error)
        identity = None
    return answer(identity, event)


def identity_of(claims: Claims, known: Settings) -> Identity:
    """Who it is: ``sub``, or ``client_id`` of a machine. Raises RefusedTokenError."""
    principal = claims.get("sub", claims.get("client_id"))
    if not isinstance(principal, str) or not principal:
        raise RefusedTokenError("it says of nobody that it is theirs")
    scopes = scopes_of(claims)
    names = (*_HANDED_ON, *known.claims)
    context = {name: _text(claims[name]) for name in names if name in claims}
    return Identity(
        principal=principal, scopes=scopes, context={**context, "scope": " ".join(scopes)}
    )


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _authorization(event: Event, header: str) -> str:
    if "authorizationToken" in event:
        return str(event["authorizationToken"])
    found = {name.lower(): value for name, value in (event.get("headers") or {}).items()}
    return str(found.get(header.lower()) or "")


@functools.cache
def _issuer() -> tuple[Settings, IssuerKeys]:
    """Made with the first request, and kept: the keys are worth keeping."""
    known = settings()
    return known, IssuerKeys(known.issuer)
