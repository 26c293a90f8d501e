"""The issuer's public keys, kept for as long as the function lives.

OpenID Connect Discovery 1.0, sections 4.1 and 4.3; RFC 7517, JSON Web Key.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import jwt

from gatewright.runtime.jwt_authorizer.errors import IssuerError, RefusedTokenError
from gatewright.runtime.jwt_authorizer.fetch import fetch_json

# How long keys are good without asking again, and how long at most while the issuer is away.
FRESH_SECONDS = 3600
STALE_SECONDS = 24 * 3600
# A token can name any key, so that what makes us ask is in the callers' hands.
BETWEEN_REFRESHES_SECONDS = 30
AFTER_FAILURE_SECONDS = 5

_KEY_TYPES = {"RS": "RSA", "PS": "RSA", "ES": "EC", "Ed": "OKP"}
# RFC 7518, sections 3.3 and 3.5.
_FEWEST_RSA_BITS = 2048

Jwk = Mapping[str, Any]


class IssuerKeys:
    """Finds the key that a token names. ``fetch`` and ``clock`` (seconds) are there for tests."""

    def __init__(
        self,
        issuer: str,
        *,
        fetch: Callable[[str], dict[str, Any]] = fetch_json,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._issuer = issuer
        self._fetch = fetch
        self._clock = clock
        self._keys: tuple[Jwk, ...] = ()
        self._read_at: float | None = None
        self._not_before = float("-inf")

    def find(self, kid: str | None, algorithm: str) -> jwt.PyJWK:
        """The key of that name, for signatures of ``algorithm``.

        Without a name, the only one there is for it. Raises RefusedTokenError when there is none,
        IssuerError when the issuer cannot be asked.
        """
        if self._age() > FRESH_SECONDS:
            self._refresh()
        found = list(self._matching(kid, algorithm))
        if not found and self._clock() >= self._not_before:
            # The issuer may have changed its keys.
            self._refresh()
            found = list(self._matching(kid, algorithm))
        if len(found) != 1:
            raise RefusedTokenError(f"{len(found)} keys of the issuer fit")
        return _usable(found[0], algorithm)

    def _age(self) -> float:
        return float("inf") if self._read_at is None else self._clock() - self._read_at

    def _refresh(self) -> None:
        now = self._clock()
        if now >= self._not_before:
            try:
                self._keys = tuple(self._read())
            except IssuerError:
                self._not_before = now + AFTER_FAILURE_SECONDS
                if self._age() > STALE_SECONDS:
                    raise
            else:
                self._read_at = now
                self._not_before = now + BETWEEN_REFRESHES_SECONDS
        if self._age() > STALE_SECONDS:
            raise IssuerError(f"{self._issuer} could not be read a moment ago")

    def _read(self) -> Iterator[Jwk]:
        url = f"{self._issuer.rstrip('/')}/.well-known/openid-configuration"
        about = self._fetch(url)
        if about.get("issuer") != self._issuer:
            raise IssuerError(f"{url} is of another issuer, {about.get('issuer')!r}")
        keys = self._fetch(str(about.get("jwks_uri"))).get("keys")
        if not isinstance(keys, list):
            raise IssuerError(f"{about.get('jwks_uri')} has no keys")
        yield from (key for key in keys if isinstance(key, dict))

    def _matching(self, kid: str | None, algorithm: str) -> Iterator[Jwk]:
        for key in self._keys:
            if kid is not None and key.get("kid") != kid:
                continue
            # RFC 7517, section 4: what a key is for, where it says so.
            operations = key.get("key_ops")
            if (
                key.get("kty") == _KEY_TYPES[algorithm[:2]]
                and key.get("alg", algorithm) == algorithm
                and key.get("use", "sig") == "sig"
                and (operations is None or "verify" in operations)
            ):
                yield key


def _usable(jwk: Jwk, algorithm: str) -> jwt.PyJWK:
    try:
        key = jwt.PyJWK(dict(jwk), algorithm=algorithm)
    # What is in a set of keys may be wrong in any way.
    except (jwt.PyJWTError, ValueError, TypeError, KeyError) as error:
        raise RefusedTokenError(f"its key cannot be used: {error}") from error
    if key.key_type == "RSA" and key.key.key_size < _FEWEST_RSA_BITS:
        raise RefusedTokenError(f"its key has {key.key.key_size} bits")
    return key
