"""Which tokens are taken. RFC 7519, RFC 8725, RFC 9068."""

import time
from typing import Any, ClassVar

import pytest

from gatewright.runtime.jwt_authorizer.errors import RefusedTokenError
from gatewright.runtime.jwt_authorizer.function import identity_of
from gatewright.runtime.jwt_authorizer.keys import IssuerKeys
from gatewright.runtime.jwt_authorizer.settings import Settings
from gatewright.runtime.jwt_authorizer.settings import settings as read_settings
from gatewright.runtime.jwt_authorizer.token import scopes_of, verified
from tests.issuer import DISCOVERY, Issuer
from tests.local.bad_credentials import BAD, NEEDS_SCOPES

URL = "https://login.example"
KNOWN = Settings(
    issuer=URL,
    audience=frozenset({"vault", "other-vault"}),
    algorithms=frozenset({"RS256", "ES256"}),
    claims=("email", "roles"),
)


@pytest.fixture(scope="module")
def issuer() -> Issuer:
    return Issuer(URL)


@pytest.fixture(scope="module")
def keys(issuer: Issuer) -> IssuerKeys:
    documents = {
        URL + DISCOVERY: {"issuer": URL, "jwks_uri": f"{URL}/keys"},
        f"{URL}/keys": issuer.keys,
    }
    return IssuerKeys(URL, fetch=documents.__getitem__)


def from_now(claims: dict[str, Any]) -> dict[str, Any]:
    """Times of claims, which are seconds from now, as they are in tokens."""
    return {
        name: int(time.time()) + value if isinstance(value, int) else value
        for name, value in claims.items()
    }


class _Call:
    security: ClassVar[dict[str, tuple[str, ...]]] = {"login": ("read:notes",)}


@pytest.mark.parametrize(
    "bad",
    [bad for bad in BAD if bad.scheme == "login" and bad.kind not in NEEDS_SCOPES],
    ids=str,
)
def test_bad_tokens_are_refused(issuer: Issuer, keys: IssuerKeys, bad: Any) -> None:
    # Also those that API Gateway refuses before it asks the function.
    sent = bad.make(issuer, _Call()).headers.get("Authorization", "")
    with pytest.raises(RefusedTokenError):
        verified(sent, KNOWN, keys)


@pytest.mark.parametrize(
    "claims",
    [
        {},
        {"aud": ["x", "other-vault"]},
        {"aud": None, "client_id": "vault"},
        {"exp": -10},
        {"nbf": 10},
        {"iat": 0},
    ],
    ids=str,
)
@pytest.mark.parametrize("algorithm", ["RS256", "ES256"])
def test_good_tokens_are_taken(
    issuer: Issuer, keys: IssuerKeys, claims: dict[str, Any], algorithm: str
) -> None:
    token = issuer.token(["a:b"], algorithm=algorithm, **from_now(claims))
    found = verified(f"Bearer {token}", KNOWN, keys)
    assert (found["sub"], scopes_of(found)) == ("kim", ("a:b",))


@pytest.mark.parametrize("kind", ["JWT", "jwt", "at+jwt", "application/at+jwt"])
def test_types_of_tokens_that_are_taken(issuer: Issuer, keys: IssuerKeys, kind: str) -> None:
    assert verified(f"bearer {issuer.token(headers={'typ': kind})}", KNOWN, keys)


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": "x", "client_id": "vault"},
        {"aud": [], "client_id": "vault"},
        {"aud": [["vault"]]},
        {"aud": {"vault": 1}},
        {"exp": "soon"},
        {"exp": -60},
        {"nbf": "soon"},
    ],
    ids=str,
)
def test_claims_that_are_refused(issuer: Issuer, keys: IssuerKeys, claims: dict[str, Any]) -> None:
    with pytest.raises(RefusedTokenError):
        verified(f"Bearer {issuer.token(**from_now(claims))}", KNOWN, keys)


@pytest.mark.parametrize(
    "sent",
    ["", "Bearer", "Bearer ", "Basic a.b.c", "Bearer a.b", "Bearer ..", f"Bearer {'x' * 8193}"],
    ids=lambda sent: sent[:14],
)
def test_what_is_no_token_is_refused(keys: IssuerKeys, sent: str) -> None:
    with pytest.raises(RefusedTokenError):
        verified(sent, KNOWN, keys)


@pytest.mark.parametrize("kid", ["x" * 257, ""])
def test_names_of_keys_that_are_none(issuer: Issuer, keys: IssuerKeys, kid: str) -> None:
    with pytest.raises(RefusedTokenError):
        verified(f"Bearer {issuer.token(headers={'kid': kid})}", KNOWN, keys)


@pytest.mark.parametrize(
    ("claims", "scopes"),
    [
        ({"scope": "a b:c"}, ("a", "b:c")),
        ({"scp": "a b"}, ("a", "b")),
        ({"scp": ["a", "b"]}, ("a", "b")),
        ({"scope": "a", "scp": ["b"]}, ("a",)),
        ({"scope": {"a": 1}}, ()),
        ({}, ()),
    ],
)
def test_scopes_of_issuers(claims: dict[str, Any], scopes: tuple[str, ...]) -> None:
    assert scopes_of(claims) == scopes


def test_who_it_is() -> None:
    claims = {"sub": "kim", "iss": URL, "scope": "a", "email": "k@x", "roles": ["a"], "x": 1}
    found = identity_of(claims, KNOWN)
    assert (found.principal, found.scopes) == ("kim", ("a",))
    assert found.context == {
        "sub": "kim",
        "iss": URL,
        "scope": "a",
        "email": "k@x",
        "roles": '["a"]',
    }


def test_a_machine_is_its_client_id() -> None:
    assert identity_of({"client_id": "m"}, KNOWN).principal == "m"


@pytest.mark.parametrize("claims", [{}, {"sub": ""}, {"sub": 1}])
def test_nobody_s_token_is_refused(claims: dict[str, Any]) -> None:
    with pytest.raises(RefusedTokenError):
        identity_of(claims, KNOWN)


def test_settings_are_read_from_the_environment() -> None:
    variables = {
        "GATEWRIGHT_ISSUER": URL,
        "GATEWRIGHT_AUDIENCE": "vault other-vault",
        "GATEWRIGHT_ALGORITHMS": "RS256 ES256",
        "GATEWRIGHT_CLOCK_SKEW_SECONDS": "30",
        "GATEWRIGHT_TOKEN_HEADER": "Authorization",
        "GATEWRIGHT_CLAIMS": "email roles",
    }
    assert read_settings(variables) == KNOWN
