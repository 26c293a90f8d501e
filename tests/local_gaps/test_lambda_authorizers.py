"""How API Gateway asks a Lambda authorizer, keeps its answers, and what it makes of them.

https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html
https://docs.aws.amazon.com/apigateway/latest/api/API_Authorizer.html
"""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.local_gaps.running import ACCOUNT, REGION, Aws, document, lambda_proxy, lambda_uri

ARN = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function"
# What it answers is what it was sent. A count of its invocations shows which answer was kept.
AUTHORIZE = """
import json
COUNT = [0]
def handler(event, context):
    COUNT[0] += 1
    said = event.get("authorizationToken") or event["headers"].get("x-said", "allow")
    said = said.removeprefix("say ")
    if said == "unauthorized":
        raise Exception("Unauthorized")
    if said == "error":
        raise Exception("no")
    if said == "nothing":
        return {}
    if said == "text":
        return "allow"
    effect = "Deny" if said == "deny" else "Allow"
    resource = "arn:other" if said == "other" else event["methodArn"].split("/")[0] + "/*"
    return {
        "principalId": "someone",
        "policyDocument": {"Version": "2012-10-17", "Statement": [
            {"Effect": effect, "Action": "execute-api:Invoke", "Resource": resource}]},
        "context": {"count": COUNT[0], "yes": True, "text": "a", "type": event["type"]},
    }
"""
SAY = """
import json
def handler(event, context):
    return {"statusCode": 200, "body": json.dumps(event["requestContext"].get("authorizer"))}
"""


def authorizer(kind: str, **more: Any) -> dict[str, Any]:
    return {
        "type": "apiKey",
        "name": "X-Said",
        "in": "header",
        "x-amazon-apigateway-authtype": "custom",
        "x-amazon-apigateway-authorizer": {
            "type": kind,
            "authorizerUri": lambda_uri(f"{ARN}:authorizers-guard"),
            "authorizerResultTtlInSeconds": 0,
            **more,
        },
    }


HEADER, QUERY = "method.request.header.X-Tenant", "method.request.querystring.key"
SCHEMES = {
    "token": authorizer("token"),
    "validated": authorizer("token", identityValidationExpression="^say [a-z]+$"),
    "kept": authorizer("token", authorizerResultTtlInSeconds=300),
    "kept2": authorizer("token", authorizerResultTtlInSeconds=300),
    "request": authorizer("request"),
    "sources": authorizer("request", identitySource=f"{HEADER}, {QUERY}"),
    "sources_kept": authorizer(
        "request", identitySource=f"{HEADER}, {QUERY}", authorizerResultTtlInSeconds=300
    ),
    "by_method": authorizer(
        "request",
        identitySource=f"{HEADER}, context.httpMethod, context.path",
        authorizerResultTtlInSeconds=300,
    ),
    "unknown_context": authorizer("request", identitySource="context.no.such"),
}


@pytest.fixture(scope="module")
def api(aws: Aws) -> str:
    for name, code in (("authorizers-say", SAY), ("authorizers-guard", AUTHORIZE)):
        aws.function(name, code)
        aws.permit(name, f"arn:aws:execute-api:{REGION}:{ACCOUNT}:*")
    paths = {}
    for name in SCHEMES:
        operation = {**lambda_proxy(f"{ARN}:authorizers-say"), "security": [{name: []}]}
        paths[f"/{name}"] = {"get": operation, "post": operation}
        paths[f"/{name}/other"] = {"get": operation}
    return aws.import_api(document(paths, components={"securitySchemes": SCHEMES}))


def count(answer: httpx.Response) -> int:
    assert answer.status_code == 200, answer.text
    return int(answer.json()["count"])


@pytest.mark.parametrize(
    ("path", "said", "status"),
    [
        ("/token", "allow", 200),
        ("/token", None, 401),
        ("/token", "", 401),
        ("/token", "deny", 403),
        ("/token", "other", 403),
        ("/token", "unauthorized", 401),
        ("/token", "error", 500),
        ("/token", "nothing", 500),
        ("/token", "text", 500),
        ("/validated", "say allow", 200),
        ("/validated", "allow", 401),
        ("/validated", "say error", 500),
        ("/validated", "say error!", 401),
        ("/request", None, 200),
        ("/request", "deny", 403),
        ("/request", "unauthorized", 401),
        ("/request", "error", 500),
    ],
)
def test_what_becomes_of_an_answer(
    aws: Aws, api: str, path: str, said: str | None, status: int
) -> None:
    headers = {} if said is None else {"X-Said": said}
    assert aws.call(api, path, headers=headers).status_code == status


@pytest.mark.parametrize("path", ["/sources", "/sources_kept"])
@pytest.mark.parametrize(
    ("headers", "query", "status"),
    [
        ({"X-Tenant": "a"}, "?key=1", 200),
        ({"x-tenant": "a"}, "?key=1", 200),
        ({"X-Tenant": "a"}, "", 401),
        ({"X-Tenant": "a"}, "?key=", 401),
        ({}, "?key=1", 401),
        # Not asked: it would be a 500.
        ({"X-Said": "error"}, "", 401),
    ],
)
def test_every_identity_source_is_needed(
    aws: Aws, api: str, path: str, headers: dict[str, str], query: str, status: int
) -> None:
    assert aws.call(api, path + query, headers=headers).status_code == status


def test_a_source_of_the_context_that_is_not_there_is_401(aws: Aws, api: str) -> None:
    assert aws.call(api, "/unknown_context").status_code == 401


def test_the_function_behind_gets_the_context_as_text(aws: Aws, api: str) -> None:
    found = aws.call(api, "/token", headers={"X-Said": "allow"}).json()
    assert found | {"count": "?"} == {
        "principalId": "someone",
        "count": "?",
        "yes": "true",
        "text": "a",
        "type": "TOKEN",
    }


def test_answers_are_kept_by_token_and_authorizer(aws: Aws, api: str) -> None:
    one, two = {"X-Said": "say one"}, {"X-Said": "say two"}
    first = count(aws.call(api, "/kept", headers=one))
    assert count(aws.call(api, "/kept", headers=one)) == first
    # Whatever the method is.
    assert count(aws.call(api, "/kept", "POST", headers=one)) == first
    assert count(aws.call(api, "/kept/other", headers=one)) == first
    assert count(aws.call(api, "/kept", headers=two)) != first
    assert count(aws.call(api, "/kept2", headers=one)) != first


def test_without_a_time_nothing_is_kept(aws: Aws, api: str) -> None:
    first, second = (aws.call(api, "/token", headers={"X-Said": "allow"}) for _ in range(2))
    assert count(first) != count(second)


def test_answers_are_kept_by_identity_sources(aws: Aws, api: str) -> None:
    def asked(tenant: str, key: str) -> int:
        headers = {"X-Tenant": tenant}
        return count(aws.call(api, f"/sources_kept?key={key}", headers=headers))

    first = asked("kept", "1")
    assert asked("kept", "1") == first
    assert len({first, asked("kept", "2"), asked("other", "1")}) == 3


def test_answers_are_kept_by_method_and_path_where_these_are_sources(aws: Aws, api: str) -> None:
    headers = {"X-Tenant": "a"}
    first = count(aws.call(api, "/by_method", headers=headers))
    assert count(aws.call(api, "/by_method", headers=headers)) == first
    assert count(aws.call(api, "/by_method", "POST", headers=headers)) != first
    assert count(aws.call(api, "/by_method/other", headers=headers)) != first
