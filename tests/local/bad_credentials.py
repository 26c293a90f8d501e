"""What callers of the showcase may send to each of its authorizers, good and bad.

A table: an operation that asks for one of them is covered without a new test.
"""

import base64
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.issuer import Issuer
from tests.local.requests import Call


@dataclass(frozen=True, kw_only=True)
class Sent:
    """Headers and query parameters beside those that the operation needs."""

    headers: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Bad:
    """One kind of bad credentials of a scheme, and what API Gateway answers to it."""

    scheme: str
    kind: str
    status: int
    make: Callable[[Issuer, Call], Sent]

    def __str__(self) -> str:
        return f"{self.scheme}: {self.kind}"


def bearer(token: str) -> Sent:
    return Sent(headers={"Authorization": f"Bearer {token}"})


def good(scheme: str, issuer: Issuer, scopes: tuple[str, ...], key: str) -> Sent:
    """What satisfies a scheme with these scopes."""
    if scheme == "login":
        return bearer(issuer.token(scopes))
    if scheme == "partner":
        return Sent(headers={"X-Partner": "Token acme"})
    if scheme == "tenant":
        return Sent(headers={"X-Tenant": "initech"}, query={"key": "initech-key"})
    if scheme == "doorman":
        return Sent(headers={"Authorization": "sesame"})
    return Sent(headers={"x-api-key": key})


def _login(kind: str, make: Callable[[Issuer, list[str]], str], status: int = 401) -> Bad:
    return Bad(
        scheme="login",
        kind=kind,
        status=status,
        make=lambda issuer, call: bearer(make(issuer, list(call.security["login"]))),
    )


def _sent(scheme: str, kind: str, sent: Sent, status: int = 401) -> Bad:
    return Bad(scheme=scheme, kind=kind, status=status, make=lambda _issuer, _call: sent)


def _tenant(name: str, key: str) -> Sent:
    return Sent(headers={"X-Tenant": name}, query={"key": key})


def _part(content: Mapping[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).rstrip(b"=").decode()


def _unsigned(issuer: Issuer, scopes: list[str]) -> str:
    payload = issuer.token(scopes).split(".")[1]
    return f"{_part({'alg': 'none', 'typ': 'JWT', 'kid': 'rsa'})}.{payload}."


def _unsigned_with_a_signature(issuer: Issuer, scopes: list[str]) -> str:
    return _unsigned(issuer, scopes) + "c2lnbmVk"


def _confused(issuer: Issuer, scopes: list[str]) -> str:
    """HS256, with the public key as the secret (RFC 8725, section 2.1)."""
    import hashlib
    import hmac

    payload = issuer.token(scopes).split(".")[1]
    signed = f"{_part({'alg': 'HS256', 'typ': 'JWT', 'kid': 'rsa'})}.{payload}"
    digest = hmac.new(issuer.public_pem(), signed.encode(), hashlib.sha256).digest()
    return f"{signed}.{base64.urlsafe_b64encode(digest).rstrip(b'=').decode()}"


def _changed(issuer: Issuer, scopes: list[str]) -> str:
    header, payload, signature = issuer.token(scopes).split(".")
    claims = jwt.decode(f"{header}.{payload}.{signature}", options={"verify_signature": False})
    return f"{header}.{_part({**claims, 'sub': 'admin'})}.{signature}"


def _stranger() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def _now(seconds: int) -> int:
    return int(time.time()) + seconds


BAD: tuple[Bad, ...] = (
    _sent("login", "missing", Sent()),
    _login("malformed", lambda _i, _s: "not.a.token"),
    _login("no token at all", lambda _i, _s: "x"),
    _login("wrong issuer", lambda i, s: i.token(s, iss="https://elsewhere.example")),
    _login("issuer with a slash", lambda i, s: i.token(s, iss=f"{i.url}/")),
    _login("without an issuer", lambda i, s: i.token(s, iss=None)),
    _login("wrong audience", lambda i, s: i.token(s, aud="other")),
    _login("without an audience", lambda i, s: i.token(s, aud=None)),
    _login("expired", lambda i, s: i.token(s, exp=_now(-60))),
    _login("without an end", lambda i, s: i.token(s, exp=None)),
    _login("not yet valid", lambda i, s: i.token(s, nbf=_now(120))),
    _login("issued in the future", lambda i, s: i.token(s, iat=_now(120))),
    _login("unsigned", _unsigned),
    _login("unsigned, with a signature", _unsigned_with_a_signature),
    _login("HS256 with the public key", _confused),
    _login("unknown key", lambda i, s: i.token(s, key=_stranger(), headers={"kid": "new"})),
    _login("signed by another key", lambda i, s: i.token(s, key=_stranger())),
    _login("changed after signing", _changed),
    _login("another algorithm", lambda i, s: i.token(s, algorithm="RS512")),
    _login("crit", lambda i, s: i.token(s, headers={"crit": ["exp"], "exp": 1})),
    _login("another type", lambda i, s: i.token(s, headers={"typ": "logout+jwt"})),
    _login("bound to a key", lambda i, s: i.token(s, cnf={"jkt": "x"})),
    _login("missing scope", lambda i, s: i.token(s[:-1]), status=403),
    _login("other scopes", lambda i, _s: i.token(["other", "notes"]), status=403),
    _sent("partner", "missing", Sent()),
    _sent("partner", "malformed", Sent(headers={"X-Partner": "acme"})),
    _sent("partner", "unknown", Sent(headers={"X-Partner": "Token nobody"})),
    _sent("partner", "missing scope", Sent(headers={"X-Partner": "Token reader"}), 403),
    _sent("partner", "cannot be asked", Sent(headers={"X-Partner": "Token broken"}), 500),
    _sent("doorman", "missing", Sent()),
    _sent("doorman", "unknown", Sent(headers={"Authorization": "please"}), 403),
    _sent("tenant", "missing", Sent()),
    _sent("tenant", "without its key", Sent(headers={"X-Tenant": "initech"})),
    _sent("tenant", "a key alone", Sent(query={"key": "initech-key"})),
    _sent("tenant", "the key of another", _tenant("initech", "acme-key")),
    _sent("tenant", "what is no source is read", _tenant("initech", "peek"), 500),
)

NEEDS_SCOPES = ("missing scope", "other scopes")
"""Kinds that are good credentials where an operation asks for no scope."""
