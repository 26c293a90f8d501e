"""Who may call a method with AWS_IAM, and whom a resource policy lets in.

'Control access to a REST API with IAM permissions': the signature is for the service execute-api
and the region of the API, not older than five minutes; then IAM decides.
https://docs.aws.amazon.com/apigateway/latest/developerguide/permissions.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html
"""

from __future__ import annotations

import datetime
import json
from typing import Any

import pytest
from botocore.credentials import Credentials

from tests.local_gaps.running import ACCOUNT, REGION, Aws, document, mock
from tests.signing import new_user, signed

SIGNED = {
    "signed": {
        "type": "apiKey",
        "name": "Authorization",
        "in": "header",
        "x-amazon-apigateway-authtype": "awsSigv4",
    }
}
PATHS = {
    "/in": {"get": mock("in", security=[{"signed": []}])},
    "/things/{id}": {"get": mock("in", security=[{"signed": []}])},
    "/open": {"get": mock("open")},
}
ALL = f"arn:aws:execute-api:{REGION}:{ACCOUNT}:*"


def allowing(resource: str, effect: str = "Allow") -> str:
    statement = {"Effect": effect, "Action": "execute-api:Invoke", "Resource": resource}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


@pytest.fixture(scope="module")
def api(aws: Aws) -> str:
    return aws.import_api(document(PATHS, components={"securitySchemes": SIGNED}))


@pytest.fixture(scope="module")
def users(aws: Aws) -> dict[str, Credentials]:
    iam = aws.client("iam")
    may = new_user(iam, "may", allowing(ALL))
    return {
        "may": may,
        "may not": new_user(iam, "may-not"),
        "denied": new_user(iam, "denied", allowing(ALL, "Deny")),
        "may elsewhere": new_user(iam, "elsewhere", allowing(f"{ALL}/live/POST/in")),
        "wrong secret": Credentials(may.access_key, "x" * 40),
        "unknown key": Credentials("AKIA" + "X" * 16, "x" * 40),
        "root": Credentials("test", "test"),
        "root with a wrong secret": Credentials("test", "x"),
    }


def status_of(aws: Aws, api: str, path: str, credentials: Credentials, **how: Any) -> int:
    url = f"{aws.endpoint}/_aws/execute-api/{api}/live{path}"
    return aws.http.send(signed("GET", url, credentials, **how)).status_code


@pytest.mark.parametrize(
    ("who", "status"),
    {
        "may": 200,
        "root": 200,
        "may not": 403,
        "denied": 403,
        "may elsewhere": 403,
        "wrong secret": 403,
        "unknown key": 403,
        "root with a wrong secret": 403,
    }.items(),
)
def test_who_may_call(
    aws: Aws, api: str, users: dict[str, Credentials], who: str, status: int
) -> None:
    assert status_of(aws, api, "/in", users[who]) == status


@pytest.mark.parametrize(
    "how",
    [
        {"region": "eu-west-1"},
        {"service": "lambda"},
        {"age": datetime.timedelta(minutes=20)},
        {"age": -datetime.timedelta(minutes=20)},
    ],
    ids=str,
)
def test_a_signature_for_something_else_is_403(
    aws: Aws, api: str, users: dict[str, Credentials], how: dict[str, Any]
) -> None:
    assert status_of(aws, api, "/in", users["may"], **how) == 403


@pytest.mark.parametrize(
    "path", ["/in?b=2&a=1&a=%20", "/in?empty", "/things/a%20b~c", "/things/caf%C3%A9"]
)
def test_the_path_and_the_query_are_signed(
    aws: Aws, api: str, users: dict[str, Credentials], path: str
) -> None:
    assert status_of(aws, api, path, users["may"]) == 200


def test_what_is_changed_after_signing_is_403(
    aws: Aws, api: str, users: dict[str, Credentials]
) -> None:
    url = f"{aws.endpoint}/_aws/execute-api/{api}/live/in"
    request = signed("GET", f"{url}?a=1", users["may"])
    for changed in (f"{url}?a=2", f"{aws.endpoint}/_aws/execute-api/{api}/live/in2"):
        assert aws.http.get(changed, headers=request.headers).status_code == 403


@pytest.mark.parametrize(
    ("headers", "error"),
    [
        ({}, "MissingAuthenticationTokenException"),
        ({"Authorization": "Bearer x"}, "IncompleteSignatureException"),
        ({"Authorization": "AWS4-HMAC-SHA256 junk"}, "IncompleteSignatureException"),
    ],
    ids=["none", "a token", "junk"],
)
def test_a_call_that_nobody_signed_is_403(
    aws: Aws, api: str, headers: dict[str, str], error: str
) -> None:
    answer = aws.call(api, "/in", headers=headers)
    assert (answer.status_code, answer.headers["x-amzn-errortype"]) == (403, error)


def test_other_methods_take_no_notice(aws: Aws, api: str) -> None:
    assert aws.call(api, "/open", headers={"Authorization": "Bearer x"}).status_code == 200


def statement(effect: str, principal: Any, **conditions: Any) -> dict[str, Any]:
    return {
        "Effect": effect,
        "Principal": principal,
        "Action": "execute-api:Invoke",
        "Resource": "execute-api:/*",
        **({"Condition": conditions} if conditions else {}),
    }


HERE = {"aws:SourceIp": ["127.0.0.0/8"]}
ELSEWHERE = {"aws:SourceIp": ["203.0.113.0/24"]}
MAY = {"AWS": f"arn:aws:iam::{ACCOUNT}:user/may"}
MAY_NOT = {"AWS": f"arn:aws:iam::{ACCOUNT}:user/may-not"}
# The statements, then whether each of these may call: (anybody, may, may not, denied).
POLICIES = {
    "everybody": ([statement("Allow", "*")], (200, 200, 200, 403)),
    "the account": ([statement("Allow", {"AWS": ACCOUNT})], (403, 200, 403, 403)),
    "a user by name": ([statement("Allow", MAY_NOT)], (403, 200, 200, 403)),
    "addresses": ([statement("Allow", "*", IpAddress=HERE)], (200, 200, 200, 403)),
    "other addresses": ([statement("Allow", "*", IpAddress=ELSEWHERE)], (403, 200, 403, 403)),
    "denial wins": (
        [statement("Allow", "*"), statement("Deny", MAY)],
        (200, 403, 200, 403),
    ),
    "a denial of addresses": (
        [statement("Allow", "*"), statement("Deny", "*", IpAddress=HERE)],
        (403, 403, 403, 403),
    ),
}


@pytest.mark.parametrize(("statements", "expected"), POLICIES.values(), ids=POLICIES.keys())
def test_a_resource_policy(
    aws: Aws,
    users: dict[str, Credentials],
    statements: list[dict[str, Any]],
    expected: tuple[int, ...],
) -> None:
    policy = {"Version": "2012-10-17", "Statement": statements}
    content = document(PATHS, components={"securitySchemes": SIGNED})
    api = aws.import_api({**content, "x-amazon-apigateway-policy": policy})
    found = [aws.call(api, "/open").status_code]
    found += [status_of(aws, api, "/in", users[who]) for who in ("may", "may not", "denied")]
    assert tuple(found) == expected
