"""Every operation with every kind of credential, and the status that AWS documents.

The operations come from the contracts, so a new one is covered without a new test.

AWS: "Gateway response types for API Gateway" (UNAUTHORIZED 401, INVALID_API_KEY 403), "Control
access to REST APIs using Amazon Cognito user pools", "Usage plans and API keys for REST APIs".
"""

import base64
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from gatewright.config import load_platform
from local.cdk_cli import ROOT
from stacks.contracts import read_contracts
from tests.local.requests import Call, calls
from tests.local.target import Target, wait_for

pytestmark = pytest.mark.deployed

EVERY_CALL = calls(read_contracts(load_platform(ROOT / "platform.yaml"), ROOT))
# Whom an authorizer of a service's own knows, only that service can tell.
CALLS = [call for call in EVERY_CALL if call.security.keys() <= {"api_key", "cognito"}]
ANONYMOUS = [call for call in CALLS if not call.security]
WITH_KEY = [call for call in CALLS if "api_key" in call.security]
WITH_TOKEN = [call for call in CALLS if "cognito" in call.security]
WITH_SCOPE = [call for call in CALLS if call.scopes]
SCOPES = sorted({scope for call in CALLS for scope in call.scopes})
BAD_KEYS = ["missing", "wrong", "disabled", "on no plan"]
BAD_TOKENS = [
    "missing",
    "junk",
    "expired",
    "of another pool",
    "unsigned",
    "signed by another key",
    "changed after signing",
]
NO_SCOPE = ["a user in no group", "a machine with another scope", "an identity token"]


@dataclass(frozen=True, kw_only=True)
class Credentials:
    """What a caller may hold: a key, an ID token, and an access token with every scope."""

    key: str
    identity: str
    access: str

    def token_for(self, call: Call) -> str:
        """AWS: a Cognito authorizer takes ID tokens, and access tokens where scopes are asked."""
        return self.access if call.scopes else self.identity


@pytest.fixture(scope="module")
def good(target: Target) -> Iterator[Credentials]:
    with target.key() as key, target.tokens(groups=SCOPES) as tokens:
        for call in WITH_KEY[:1]:
            wait_for(
                lambda call=call: _send(target, call, key=key).status_code != 403,  # type: ignore[misc]
                "the test's API key is accepted",
            )
        yield Credentials(key=key, identity=tokens.identity, access=tokens.access)


@pytest.fixture(scope="module")
def bad_keys(target: Target) -> Iterator[dict[str, str | None]]:
    gateway = target.client("apigateway")
    lonely = gateway.create_api_key(name="gatewright-verify-no-plan", enabled=True)
    try:
        with target.key(enabled=False) as disabled:
            yield {
                "missing": None,
                "wrong": "not-a-key-" + 30 * "x",
                "disabled": disabled,
                "on no plan": lonely["value"],
            }
    finally:
        gateway.delete_api_key(apiKey=lonely["id"])


@pytest.fixture(scope="module")
def bad_tokens(target: Target, good: Credentials) -> Iterator[dict[str, Credentials | None]]:
    """Each kind of bad token, in the place of the ID token and of the access token."""
    with target.other_pool() as pool, target.tokens(pool=pool) as foreign:
        yield {
            "missing": None,
            "junk": _with(good, lambda _token: "not.a.token"),
            "expired": _expired(target, good) if target.embedded else None,
            "of another pool": Credentials(
                key=good.key, identity=foreign.identity, access=foreign.access
            ),
            "unsigned": _with(good, _unsigned),
            "signed by another key": _with(good, _signed_by_another_key),
            "changed after signing": _with(good, _changed),
        }


@pytest.fixture(scope="module")
def without_scope(target: Target, good: Credentials) -> Iterator[dict[str, str]]:
    other = next(
        f"{server.identifier}/{scope}"
        for server in target.platform.resource_servers
        for scope in server.scopes
        if f"{server.identifier}/{scope}" not in SCOPES
    )
    with target.tokens() as tokens:
        yield {
            "a user in no group": tokens.access,
            "a machine with another scope": target.machine_token(other),
            "an identity token": good.identity,
        }


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.label)
@pytest.mark.proves(
    "code-first contract",
    "several versions side by side",
    "regional endpoint",
    "Lambda proxy",
    "in function aliases",
)
def test_valid_credentials_succeed(target: Target, call: Call, good: Credentials) -> None:
    response = _send(target, call, key=good.key, token=good.token_for(call))
    assert response.status_code // 100 == 2, response.text
    assert target.may_be_read(response, call.api)


@pytest.mark.parametrize("call", WITH_SCOPE, ids=lambda call: call.label)
@pytest.mark.proves("Cognito user pool with scopes")
def test_a_machine_with_the_scope_succeeds(target: Target, call: Call, good: Credentials) -> None:
    response = _send(target, call, key=good.key, token=target.machine_token(*call.scopes))
    assert response.status_code // 100 == 2, response.text


@pytest.mark.parametrize("kind", NO_SCOPE)
@pytest.mark.parametrize("call", WITH_SCOPE, ids=lambda call: call.label)
@pytest.mark.proves("Cognito user pool with scopes")
def test_a_good_token_without_the_scope_is_401(
    target: Target, call: Call, kind: str, without_scope: dict[str, str], good: Credentials
) -> None:
    response = _send(target, call, key=good.key, token=without_scope[kind])
    _assert_refused(target, call.api, response, 401, "Unauthorized")


@pytest.mark.parametrize("call", ANONYMOUS, ids=lambda call: call.label)
@pytest.mark.proves("none, written down")
def test_open_operations_need_no_credentials(target: Target, call: Call) -> None:
    assert _send(target, call).status_code // 100 == 2


@pytest.mark.parametrize(
    "call",
    [call for call in EVERY_CALL if call not in CALLS],
    ids=lambda call: call.label,
)
def test_authorizers_know_nobody_without_credentials(target: Target, call: Call) -> None:
    assert _send(target, call).status_code in (401, 403)


@pytest.mark.parametrize("kind", BAD_KEYS)
@pytest.mark.parametrize("call", WITH_KEY, ids=lambda call: call.label)
@pytest.mark.proves("API key")
def test_bad_keys_are_403(
    target: Target, call: Call, kind: str, bad_keys: dict[str, str | None], good: Credentials
) -> None:
    response = _send(target, call, key=bad_keys[kind], token=good.token_for(call))
    _assert_refused(target, call.api, response, 403, "Forbidden")


@pytest.mark.parametrize("kind", BAD_TOKENS)
@pytest.mark.parametrize("call", WITH_TOKEN, ids=lambda call: call.label)
@pytest.mark.proves("Cognito user pool")
def test_bad_tokens_are_401(
    target: Target,
    call: Call,
    kind: str,
    bad_tokens: dict[str, Credentials | None],
    good: Credentials,
) -> None:
    if kind == "expired" and not target.embedded:
        pytest.skip("Cognito's shortest life of a token is five minutes")
    bad = bad_tokens[kind]
    response = _send(target, call, key=good.key, token=bad.token_for(call) if bad else None)
    _assert_refused(target, call.api, response, 401, "Unauthorized")


def test_a_user_with_a_second_factor_signs_in(target: Target) -> None:
    # As the suite does where platform.yaml says mfa: required.
    with target.other_pool(mfa=True) as pool, target.token(pool=pool) as token:
        claims = jwt.decode(token, options={"verify_signature": False})
        assert claims["iss"].endswith(pool)


def test_an_unknown_route_is_refused(target: Target) -> None:
    # API Gateway knows no 404: AWS documents MISSING_AUTHENTICATION_TOKEN, 403, for such a call.
    response = httpx.get(target.urls["foods-v1"] + "no/such/route")
    _assert_refused(target, "foods-v1", response, 403, "Missing Authentication Token")


def _send(
    target: Target, call: Call, *, key: str | None = None, token: str | None = None
) -> httpx.Response:
    headers = call.sent_headers()
    if token:
        headers["Authorization"] = f"Bearer {token}"
    if key:
        headers["x-api-key"] = key
    return httpx.request(
        call.method,
        target.urls[call.api] + call.path,
        headers=headers,
        json=call.body,
        timeout=30,
    )


def _assert_refused(
    target: Target, api: str, response: httpx.Response, status: int, message: str
) -> None:
    assert response.status_code == status, response.text
    assert response.json()["message"] == message
    assert response.json()["request_id"]
    assert target.may_be_read(response, api)


def _with(good: Credentials, spoil: Callable[[str], str]) -> Credentials:
    return Credentials(key=good.key, identity=spoil(good.identity), access=spoil(good.access))


def _expired(target: Target, good: Credentials) -> Credentials:
    with target.tokens(groups=SCOPES, seconds=1) as short_lived:
        time.sleep(2.1)
        return Credentials(key=good.key, identity=short_lived.identity, access=short_lived.access)


def _unsigned(token: str) -> str:
    header = {**jwt.get_unverified_header(token), "alg": "none"}
    return f"{_encode(header)}.{token.split('.')[1]}."


def _signed_by_another_key(token: str) -> str:
    claims = jwt.decode(token, options={"verify_signature": False})
    stranger = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    kid = jwt.get_unverified_header(token)["kid"]
    return jwt.encode(claims, stranger, algorithm="RS256", headers={"kid": kid})


def _changed(token: str) -> str:
    header, _, signature = token.split(".")
    claims = jwt.decode(token, options={"verify_signature": False})
    return f"{header}.{_encode({**claims, 'email': 'admin@example.com'})}.{signature}"


def _encode(part: dict[str, object]) -> str:
    return base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode()
