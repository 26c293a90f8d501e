"""Every operation with every kind of credential, and the status that AWS documents.

The operations come from the contracts, so a new one is covered without a new test.

AWS: "Gateway response types for API Gateway" (UNAUTHORIZED 401, INVALID_API_KEY 403), "Control
access to REST APIs using Amazon Cognito user pools", "Usage plans and API keys for REST APIs".
"""

import base64
import json
import time
from collections.abc import Iterator

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from gatewright.config import load_platform
from local.cdk_cli import ROOT
from stacks.platform import read_contracts
from tests.local.requests import Call, calls
from tests.local.target import Target, wait_for

pytestmark = pytest.mark.deployed

CALLS = calls(read_contracts(load_platform(ROOT / "platform.yaml"), ROOT))
ANONYMOUS = [call for call in CALLS if not call.schemes]
WITH_KEY = [call for call in CALLS if "api_key" in call.schemes]
WITH_TOKEN = [call for call in CALLS if "cognito" in call.schemes]
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


@pytest.fixture(scope="module")
def key(target: Target) -> Iterator[str]:
    with target.key() as value:
        url = target.urls["foods-v1"] + "list_foods"
        wait_for(
            lambda: httpx.get(url, headers={"x-api-key": value}).status_code == 200,
            "the test's API key is accepted",
        )
        yield value


@pytest.fixture(scope="module")
def token(target: Target) -> Iterator[str]:
    with target.token() as value:
        yield value


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
def bad_tokens(target: Target, token: str) -> Iterator[dict[str, str | None]]:
    with target.other_pool() as pool, target.token(pool=pool) as foreign:
        yield {
            "missing": None,
            "junk": "not.a.token",
            "expired": _expired(target) if target.embedded else None,
            "of another pool": foreign,
            "unsigned": _unsigned(token),
            "signed by another key": _signed_by_another_key(token),
            "changed after signing": _changed(token),
        }


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.label)
def test_valid_credentials_succeed(target: Target, call: Call, key: str, token: str) -> None:
    response = _send(target, call, key=key, token=token)
    assert response.status_code // 100 == 2, response.text
    assert target.may_be_read(response, call.api)


@pytest.mark.parametrize("call", ANONYMOUS, ids=lambda call: call.label)
def test_open_operations_need_no_credentials(target: Target, call: Call) -> None:
    assert _send(target, call).status_code // 100 == 2


@pytest.mark.parametrize("kind", BAD_KEYS)
@pytest.mark.parametrize("call", WITH_KEY, ids=lambda call: call.label)
def test_bad_keys_are_403(
    target: Target, call: Call, kind: str, bad_keys: dict[str, str | None], token: str
) -> None:
    response = _send(target, call, key=bad_keys[kind], token=token)
    _assert_refused(target, call.api, response, 403, "Forbidden")


@pytest.mark.parametrize("kind", BAD_TOKENS)
@pytest.mark.parametrize("call", WITH_TOKEN, ids=lambda call: call.label)
def test_bad_tokens_are_401(
    target: Target, call: Call, kind: str, bad_tokens: dict[str, str | None], key: str
) -> None:
    if kind == "expired" and not target.embedded:
        pytest.skip("Cognito's shortest life of a token is five minutes")
    response = _send(target, call, key=key, token=bad_tokens[kind])
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
    headers = {"Authorization": f"Bearer {token}"} if token else {}
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


def _expired(target: Target) -> str:
    with target.token(seconds=1) as short_lived:
        time.sleep(2.1)
        return short_lived


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
