"""Authorizers that a version declares by name, deployed: every operation with every credential.

The operations come from the contracts, the kinds from `bad_credentials`. AWS: "Use API Gateway
Lambda authorizers", "Control access to a REST API with IAM permissions".
"""

import datetime
import json
from collections.abc import Iterator
from itertools import combinations
from typing import Any

import httpx
import pytest
from botocore.credentials import Credentials

from gatewright.contract import Contract
from gatewright.contract.security import IAM
from tests.issuer import Issuer
from tests.local.bad_credentials import BAD, NEEDS_SCOPES, Bad, Sent, bearer, good
from tests.local.requests import Call, calls_asking
from tests.local.target import Target
from tests.signing import new_user, signed

API = "vault-v1"
SIGNED = "vault-v2"


@pytest.fixture(scope="module")
def every_call(showcase: Target) -> list[Call]:
    """Those of APIs with authorizers of their own, with and without a key."""
    return calls_asking(showcase.contracts, _own_schemes)


@pytest.fixture(scope="module")
def key(showcase: Target) -> Iterator[str]:
    with showcase.key() as key:
        yield key


def _own_schemes(contract: Contract) -> set[str]:
    return {authorizer.name for authorizer in contract.authorizers}


def send(target: Target, call: Call, *parts: Sent) -> httpx.Response:
    headers = {**call.sent_headers(), **{k: v for part in parts for k, v in part.headers.items()}}
    query = {**call.query, **{k: v for part in parts for k, v in part.query.items()}}
    url = target.urls[call.api] + call.resource
    return httpx.request(call.method, url, headers=headers, params=query, timeout=30)


@pytest.mark.proves(
    "Lambda authorizer: TOKEN",
    "Lambda authorizer: REQUEST with several identity sources",
    "JWT of any OpenID Connect issuer",
    "API key beside a token",
    "in authorizers",
    "spec-first contract: OpenAPI 3.0",
)
def test_good_credentials_succeed(
    showcase: Target, every_call: list[Call], issuer: Issuer, key: str
) -> None:
    seen = {
        call.label: send(
            showcase, call, *(good(s, issuer, scopes, key) for s, scopes in call.security.items())
        ).status_code
        for call in every_call
    }
    assert set(seen.values()) == {200}, seen
    with showcase.http(API) as anybody:
        assert anybody.get("open").status_code == 200
    assert {scheme for call in every_call for scheme in call.security} == {
        "api_key",
        "doorman",
        "login",
        "partner",
        "tenant",
    }


@pytest.mark.parametrize("bad", BAD, ids=str)
@pytest.mark.proves(
    "Lambda authorizer: TOKEN",
    "Lambda authorizer: REQUEST with several identity sources",
    "JWT of any OpenID Connect issuer",
)
def test_bad_credentials_are_refused(
    showcase: Target, every_call: list[Call], issuer: Issuer, key: str, bad: Bad
) -> None:
    asking = [
        call
        for call in every_call
        if bad.scheme in call.security
        and (call.security[bad.scheme] or bad.kind not in NEEDS_SCOPES)
    ]
    assert asking
    for call in asking:
        others = (good(s, issuer, (), key) for s in call.security if s != bad.scheme)
        answer = send(showcase, call, bad.make(issuer, call), *others)
        assert answer.status_code == bad.status, f"{call.label}: {answer.text}"
        assert answer.json()["request_id"]
        assert "message" in answer.json()


def test_a_key_is_asked_for_beside_a_token(
    showcase: Target, every_call: list[Call], issuer: Issuer
) -> None:
    asking = [call for call in every_call if {"login", "api_key"} <= call.security.keys()]
    assert asking
    for call in asking:
        assert send(showcase, call, bearer(issuer.token())).status_code == 403


@pytest.mark.proves("Lambda authorizer: cached answers")
def test_a_cached_answer_is_right_for_every_operation(
    showcase: Target, every_call: list[Call], issuer: Issuer, key: str
) -> None:
    # One token, whose answer is kept after the first call, sent to all of them in both orders.
    asking = [call for call in every_call if "login" in call.security]
    every_scope = sorted({scope for call in asking for scope in call.security["login"]})
    assert len(every_scope) == 3
    for count in range(len(every_scope) + 1):
        for scopes in combinations(every_scope, count):
            for ordered in (asking, asking[::-1]):
                token = bearer(issuer.token(scopes, jti=f"{scopes} {ordered[0].label}"))
                for call in ordered:
                    expected = 200 if set(call.security["login"]) <= set(scopes) else 403
                    answer = send(showcase, call, token, Sent(headers={"x-api-key": key}))
                    assert answer.status_code == expected, f"{call.label} with {scopes}"


@pytest.mark.proves("Lambda authorizer: cached answers")
def test_an_answer_is_kept(showcase: Target) -> None:
    headers = {"X-Partner": "Token acme"}
    with showcase.http(API) as vault:
        one = vault.get("partners", headers=headers).json()["authorizer"]
        two = vault.request("DELETE", "partners", headers=headers).json()["authorizer"]
    assert one == two
    assert (one["principalId"], one["tier"]) == ("acme", "1")


def test_an_asterisk_in_a_path_is_no_wildcard(showcase: Target, issuer: Issuer) -> None:
    # The path of the first call is in the ARN that the function is told.
    token = bearer(issuer.token(["read:notes"], jti="asterisk")).headers
    with showcase.http(API) as vault:
        assert vault.get("notes/*", headers=token).status_code == 200
        assert vault.get("notes/*/history", headers=token).status_code == 403
        assert vault.delete("notes/*", headers=token).status_code == 403


@pytest.mark.parametrize("algorithm", ["RS256", "ES256"])
def test_who_called_is_told(showcase: Target, issuer: Issuer, algorithm: str) -> None:
    token = issuer.token(["read:notes"], email="kim@example.com", algorithm=algorithm)
    with showcase.http(API) as vault:
        answer = vault.get("notes", headers=bearer(token).headers)
    assert answer.status_code == 200, answer.text
    assert answer.json()["authorizer"] == {
        "principalId": "kim",
        "sub": "kim",
        "iss": issuer.url,
        "scope": "read:notes",
        "email": "kim@example.com",
    }


@pytest.fixture(scope="module")
def signers(showcase: Target) -> dict[str, Credentials]:
    iam = showcase.client("iam")
    statement = {"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": "*"}
    may = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    known = new_user(iam, "vault-reader", may)
    return {
        "good": known,
        "wrong secret": Credentials(known.access_key, "x" * 40),
        "unknown key": Credentials("AKIA" + "X" * 16, "x" * 40),
        "denied by the resource policy": new_user(iam, "banned", may),
        "allowed nothing by IAM": new_user(iam, "vault-stranger"),
    }


def sign(target: Target, call: Call, credentials: Credentials, **how: Any) -> httpx.Response:
    url = target.urls[call.api] + call.path
    with httpx.Client(timeout=30) as client:
        return client.send(signed(call.method, url, credentials, **how))


@pytest.fixture(scope="module")
def iam_calls(showcase: Target) -> list[Call]:
    """All that have to be signed."""
    found = calls_asking(showcase.contracts, lambda _contract: {IAM})
    assert {call.api for call in found} == {SIGNED, "chaliced-v1"}
    return found


@pytest.fixture(scope="module")
def signed_calls(iam_calls: list[Call]) -> list[Call]:
    """Those that the signers may make."""
    return [call for call in iam_calls if call.api == SIGNED]


@pytest.mark.proves("IAM (SigV4)", "resource policy")
def test_a_signer_succeeds(
    showcase: Target, signed_calls: list[Call], signers: dict[str, Credentials]
) -> None:
    for call in signed_calls:
        answer = sign(showcase, call, signers["good"])
        assert answer.status_code == 200, answer.text
        assert answer.json()["user"].endswith(":user/vault-reader")


@pytest.mark.parametrize(
    "kind",
    [
        "wrong secret",
        "unknown key",
        "denied by the resource policy",
        "allowed nothing by IAM",
    ],
)
@pytest.mark.proves("IAM (SigV4)", "resource policy")
def test_another_signer_is_403(
    showcase: Target, iam_calls: list[Call], signers: dict[str, Credentials], kind: str
) -> None:
    by_policy = kind == "denied by the resource policy"
    for call in (call for call in iam_calls if call.api == SIGNED or not by_policy):
        answer = sign(showcase, call, signers[kind])
        assert answer.status_code == 403, f"{call.label}: {answer.text}"
        assert answer.json()["request_id"]


@pytest.mark.parametrize(
    "how",
    [
        {"region": "eu-west-1"},
        {"service": "lambda"},
        {"age": datetime.timedelta(minutes=20)},
    ],
    ids=["wrong region", "wrong service", "expired date"],
)
@pytest.mark.proves("IAM (SigV4)")
def test_a_signature_for_something_else_is_403(
    showcase: Target,
    iam_calls: list[Call],
    signers: dict[str, Credentials],
    how: dict[str, Any],
) -> None:
    for call in iam_calls:
        assert sign(showcase, call, signers["good"], **how).status_code == 403


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer x"}], ids=["missing", "a token"])
def test_a_call_that_nobody_signed_is_403(
    showcase: Target, iam_calls: list[Call], headers: dict[str, str]
) -> None:
    for call in iam_calls:
        answer = httpx.request(call.method, showcase.urls[call.api] + call.path, headers=headers)
        assert answer.status_code == 403
        assert answer.json()["request_id"]
