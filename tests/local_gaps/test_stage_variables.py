"""`${stageVariables.x}` in integrations and authorizers.

'API Gateway stage variables reference for REST APIs':
https://docs.aws.amazon.com/apigateway/latest/developerguide/aws-api-gateway-stage-variables-reference.html
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from tests.local_gaps.functions import AUTHORIZE, two_releases
from tests.local_gaps.roles import role
from tests.local_gaps.running import (
    ACCOUNT,
    REGION,
    Aws,
    document,
    lambda_proxy,
    lambda_uri,
    mock,
)
from tests.local_gaps.service_api import FORM

VARIABLES = {"alias": "green", "name": "staged", "path": "where", "role": "role/staged"}
REFERENCE = "${stageVariables.%s}"
FUNCTION = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:"
ERROR = (500, "Internal server error")

# What the page lists -> integration, and the answer.
CASES: dict[str, tuple[dict[str, Any], tuple[int, str]]] = {
    "function alias": (lambda_proxy(f"{FUNCTION}staged:{REFERENCE % 'alias'}"), (200, "second 2")),
    "function name": (lambda_proxy(f"{FUNCTION}{REFERENCE % 'name'}:blue"), (200, "first 1")),
    "name and alias": (
        lambda_proxy(f"{FUNCTION}{REFERENCE % 'name'}:{REFERENCE % 'alias'}"), (200, "second 2")),
    "credentials": (
        lambda_proxy(f"{FUNCTION}staged:green",
                     credentials=f"arn:aws:iam::{ACCOUNT}:{REFERENCE % 'role'}"),
        (200, "second 2")),
    "custom integration": (
        lambda_proxy(f"{FUNCTION}staged:{REFERENCE % 'alias'}", type="aws"), (200, "second 2")),
    "missing": (lambda_proxy(f"{FUNCTION}staged:{REFERENCE % 'none'}"), ERROR),
    "missing in credentials": (
        lambda_proxy(f"{FUNCTION}staged:green", credentials=REFERENCE % "none"), ERROR),
}  # fmt: skip


class Echo(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        text = self.path.encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_arguments: object) -> None:
        return


@pytest.fixture(scope="module")
def backend() -> Iterator[str]:
    """`host:port` of an HTTP server that answers with the path it was asked for."""
    server = HTTPServer(("127.0.0.1", 0), Echo)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def api_id(aws: Aws) -> str:
    two_releases(aws, "staged")
    role(aws, "staged", ("lambda:InvokeFunction", f"{FUNCTION}staged:green"))
    for alias in ("blue", "green"):
        aws.permit("staged", f"arn:aws:execute-api:{REGION}:{ACCOUNT}:*", alias)
    paths = {f"/case{number}": {"get": case[0]} for number, case in enumerate(CASES.values())}
    return aws.import_api(document(paths), VARIABLES)


@pytest.mark.parametrize("name", CASES)
def test_integration(aws: Aws, api_id: str, name: str) -> None:
    answer = aws.call(api_id, f"/case{list(CASES).index(name)}")
    status, text = CASES[name][1]
    assert answer.status_code == status
    assert text in answer.text


def test_a_changed_variable_changes_the_function(aws: Aws, api_id: str) -> None:
    """One UpdateStage moves every integration to the other alias."""
    patch = [{"op": "replace", "path": "/variables/alias", "value": "blue"}]
    gateway = aws.client("apigateway")
    gateway.update_stage(restApiId=api_id, stageName="live", patchOperations=patch)
    assert aws.call(api_id, "/case0").text == "first 1"
    patch[0]["value"] = "green"
    gateway.update_stage(restApiId=api_id, stageName="live", patchOperations=patch)
    assert aws.call(api_id, "/case0").text == "second 2"


@pytest.mark.parametrize(
    ("uri", "expected"),
    [
        ("http://${stageVariables.host}/x", (200, "/x")),
        ("http://${stageVariables.host}/${stageVariables.path}", (200, "/where")),
        ("http://${stageVariables.none}/x", ERROR),
    ],
)
def test_http_integration(aws: Aws, backend: str, uri: str, expected: tuple[int, str]) -> None:
    integration = {"type": "http_proxy", "httpMethod": "GET", "uri": uri}
    operation = {"responses": {}, "x-amazon-apigateway-integration": integration}
    api_id = aws.import_api(
        document({"/a": {"get": operation}}), {"host": backend, "path": "where"}
    )
    answer = aws.call(api_id, "/a")
    assert (answer.status_code, expected[1] in answer.text) == (expected[0], True)


@pytest.fixture(scope="module")
def guard(aws: Aws) -> None:
    aws.function("guard", AUTHORIZE)
    aws.permit("guard", f"arn:aws:execute-api:{REGION}:{ACCOUNT}:*")


@pytest.mark.parametrize(("variables", "status"), [({"guard": "guard"}, 200), ({}, 500)])
@pytest.mark.usefixtures("api_id", "guard")
def test_authorizer_uri(aws: Aws, variables: dict[str, str], status: int) -> None:
    scheme = {
        "type": "apiKey",
        "name": "X-Token",
        "in": "header",
        "x-amazon-apigateway-authorizer": {
            "type": "token",
            "authorizerUri": lambda_uri(FUNCTION + "${stageVariables.guard}"),
        },
    }
    guarded = document(
        {"/a": {"get": lambda_proxy(FUNCTION + "staged:blue") | {"security": [{"guard": []}]}}},
        components={"securitySchemes": {"guard": scheme}},
    )
    answer = aws.call(aws.import_api(guarded, variables), "/a", headers={"X-Token": "t"})
    assert answer.status_code == status


@pytest.mark.parametrize(
    ("uri", "variables", "expected"),
    [
        ("${stageVariables.queue}", {"queue": "staged-queue"}, 200),
        ("${stageVariables.queue}", {}, 500),
    ],
)
def test_service_integration(aws: Aws, uri: str, variables: dict[str, str], expected: int) -> None:
    aws.client("sqs").create_queue(QueueName="staged-queue")
    integration = {
        "type": "aws",
        "httpMethod": "POST",
        "uri": f"arn:aws:apigateway:{REGION}:sqs:path/{ACCOUNT}/{uri}",
        "requestTemplates": {"application/json": "Action=SendMessage&MessageBody=hello"},
        "requestParameters": FORM,
        "credentials": role(aws, f"queue-{expected}", ("sqs:SendMessage", "*")),
        "responses": {"default": {"statusCode": "200"}},
    }
    operation = {
        "responses": {"200": {"description": "sent"}},
        "x-amazon-apigateway-integration": integration,
    }
    api_id = aws.import_api(document({"/a": {"post": operation}}), variables)
    assert aws.call(api_id, "/a", "POST").status_code == expected


@pytest.mark.parametrize(("with_variable", "status"), [(True, 200), (False, 500)])
def test_user_pool(aws: Aws, with_variable: bool, status: int) -> None:
    pool, token = signed_in(aws)
    scheme = {
        "type": "apiKey",
        "name": "Authorization",
        "in": "header",
        "x-amazon-apigateway-authorizer": {
            "type": "cognito_user_pools",
            "providerARNs": [
                f"arn:aws:cognito-idp:{REGION}:{ACCOUNT}:userpool/{REFERENCE % 'pool'}"
            ],
        },
    }
    api_id = aws.import_api(
        document(
            {"/a": {"get": mock("$context.authorizer.claims.email", security=[{"pool": []}])}},
            components={"securitySchemes": {"pool": scheme}},
        ),
        {"pool": pool} if with_variable else {},
    )
    answer = aws.call(api_id, "/a", headers={"Authorization": token})
    assert answer.status_code == status
    assert (answer.text == "a@example.com") == with_variable


def signed_in(aws: Aws) -> tuple[str, str]:
    """The id of a new user pool and the ID token of a user of it."""
    cognito, user = aws.client("cognito-idp"), "a@example.com"
    pool = cognito.create_user_pool(PoolName="staged")["UserPool"]["Id"]
    client = cognito.create_user_pool_client(
        UserPoolId=pool, ClientName="any", ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH"]
    )["UserPoolClient"]["ClientId"]
    cognito.admin_create_user(
        UserPoolId=pool, Username=user, UserAttributes=[{"Name": "email", "Value": user}]
    )
    password = "Long-enough-1"
    cognito.admin_set_user_password(
        UserPoolId=pool, Username=user, Password=password, Permanent=True
    )
    answer = cognito.initiate_auth(
        ClientId=client,
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": user, "PASSWORD": password},
    )
    return pool, answer["AuthenticationResult"]["IdToken"]
