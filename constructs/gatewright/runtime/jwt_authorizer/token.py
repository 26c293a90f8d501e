"""Checks a token: RFC 7515 (JWS), RFC 7519 (JWT), RFC 8725 (best current practices), RFC 9068."""

from collections.abc import Mapping
from typing import Any

import jwt

from gatewright.runtime.jwt_authorizer.errors import RefusedTokenError
from gatewright.runtime.jwt_authorizer.keys import IssuerKeys
from gatewright.runtime.jwt_authorizer.settings import Settings

# API Gateway takes 10,240 bytes of headers in all.
MOST_CHARACTERS = 8192
_LONGEST_KID = 256
# RFC 8725, section 3.11: a token of another kind is none for us. RFC 9068, section 2.1.
_TYPES = ("jwt", "at+jwt", "application/at+jwt")

Claims = Mapping[str, Any]


def verified(authorization: str, settings: Settings, keys: IssuerKeys) -> Claims:
    """The claims of the token in a header ``Bearer <token>``.

    Raises RefusedTokenError, and IssuerError where the keys cannot be had.
    """
    token = _token(authorization)
    header = _header(token)
    algorithm = header.get("alg")
    # The issuer's settings say which, never the token: RFC 8725, section 3.1.
    if algorithm not in settings.algorithms:
        raise RefusedTokenError(f"it is signed by {str(algorithm)[:20]!r}")
    claims = _claims(token, keys.find(header.get("kid"), algorithm), algorithm, settings)
    _check_audience(claims, settings.audience)
    if "cnf" in claims:
        # RFC 7800: whoever sends it must prove to hold a key, and nobody has here.
        raise RefusedTokenError("it is bound to a key")
    return claims


def scopes_of(claims: Claims) -> tuple[str, ...]:
    """What the token is good for: ``scope`` (RFC 8693, section 4.2), or ``scp`` in its place."""
    found = claims.get("scope", claims.get("scp", ()))
    if isinstance(found, str):
        return tuple(found.split())
    return tuple(map(str, found)) if isinstance(found, list) else ()


def _token(authorization: str) -> str:
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise RefusedTokenError("it is no bearer token")
    if len(token) > MOST_CHARACTERS:
        raise RefusedTokenError(f"it has {len(token)} characters")
    return token


def _header(token: str) -> Claims:
    try:
        header: Claims = jwt.get_unverified_header(token)
    except (jwt.PyJWTError, ValueError, RecursionError) as error:
        raise RefusedTokenError(f"its header cannot be read: {error}") from error
    if "crit" in header:
        # RFC 7515, section 4.1.11: what it names must be understood, and nothing is here.
        raise RefusedTokenError("its header has crit")
    if str(header.get("typ", "jwt")).lower() not in _TYPES:
        raise RefusedTokenError("it is a token of another type")
    kid = header.get("kid")
    if kid is not None and (not isinstance(kid, str) or len(kid) > _LONGEST_KID):
        raise RefusedTokenError("its kid is no name of a key")
    return header


def _claims(token: str, key: jwt.PyJWK, algorithm: str, settings: Settings) -> Claims:
    try:
        claims: Claims = jwt.decode(
            token,
            key,
            algorithms=[algorithm],
            issuer=settings.issuer,
            leeway=settings.clock_skew_seconds,
            # Who it is for is looked at below, since not every issuer says it in aud.
            options={"require": ["exp", "iss"], "verify_aud": False},
        )
    except (jwt.PyJWTError, ValueError, TypeError, RecursionError) as error:
        raise RefusedTokenError(f"{type(error).__name__}: {error}") from error
    return claims


def _check_audience(claims: Claims, audience: frozenset[str]) -> None:
    """As API Gateway's own JWT authorizers: ``client_id`` counts only where there is no ``aud``.

    AWS: "Control access to HTTP APIs with JWT authorizers".
    """
    found = claims.get("aud", claims.get("client_id"))
    values = found if isinstance(found, list) else [found]
    if not any(isinstance(value, str) and value in audience for value in values):
        raise RefusedTokenError("it is for another audience")
