"""An API of many parts, deployed, for the tests of deployments."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from tests.local_gaps.functions import AUTHORIZE
from tests.local_gaps.running import (
    ACCOUNT,
    REGION,
    Aws,
    Document,
    document,
    lambda_proxy,
    lambda_uri,
    mock,
)

ARN = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function"
AUTHORIZER_URI = lambda_uri(f"{ARN}:deployed-guard")
ECHO = """
def handler(event, context):
    return {"statusCode": 200, "body": "base64" if event["isBase64Encoded"] else "text"}
"""
# What the API is changed to as a whole.
NEW = document({"/open": {"get": mock("new")}})


@dataclass(frozen=True)
class Live:
    """The API. `ids` are those of its resources by path, of its validator and its authorizer."""

    gateway: Any
    api: str
    ids: dict[str, str]

    def get_of(self, path: str) -> dict[str, str]:
        """How the API Gateway API names GET of a path."""
        return {"restApiId": self.api, "resourceId": self.ids[path], "httpMethod": "GET"}

    def replace(self, what: str, path: str, value: str, **names: str) -> None:
        """`update_*` with one replacement."""
        changes = [{"op": "replace", "path": path, "value": value}]
        update = getattr(self.gateway, f"update_{what}")
        update(patchOperations=changes, **{"restApiId": self.api, **names})

    def import_again(self, content: Document) -> None:
        body = json.dumps(content).encode()
        self.gateway.put_rest_api(restApiId=self.api, mode="overwrite", body=body)

    def deploy(self, **more: Any) -> str:
        """The id of a new deployment."""
        return str(self.gateway.create_deployment(restApiId=self.api, **more)["id"])


def body() -> Document:
    """Paths of an open mock, a validated one, an authorized one and a function."""
    model = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/M"}}}}
    validated = mock("valid", requestBody=model)
    validated["x-amazon-apigateway-request-validator"] = "body"
    authorizer = {
        "type": "token",
        "authorizerUri": AUTHORIZER_URI,
        "identityValidationExpression": "good",
    }
    scheme = {"type": "apiKey", "name": "X-Token", "in": "header"}
    return document(
        {
            "/open": {"get": mock("old ${stageVariables.v}")},
            "/validated": {"post": validated},
            "/guarded": {"get": mock("in", security=[{"guard": []}])},
            "/echo": {"post": lambda_proxy(f"{ARN}:deployed-echo")},
        },
        components={
            "schemas": {"M": {"type": "object"}},
            "securitySchemes": {"guard": {**scheme, "x-amazon-apigateway-authorizer": authorizer}},
        },
        **{"x-amazon-apigateway-request-validators": {"body": {"validateRequestBody": True}}},
    )


def create_functions(aws: Aws) -> None:
    """The functions that the API calls."""
    for name, code in (("deployed-echo", ECHO), ("deployed-guard", AUTHORIZE)):
        aws.function(name, code)
        aws.permit(name, f"arn:aws:execute-api:{REGION}:{ACCOUNT}:*")


def create_live(aws: Aws) -> Live:
    gateway, api = aws.client("apigateway"), aws.import_api(body(), {"v": "1"})
    items = gateway.get_resources(restApiId=api, limit=500)["items"]
    ids = {item["path"]: item["id"] for item in items}
    ids["validator"] = gateway.get_request_validators(restApiId=api)["items"][0]["id"]
    ids["authorizer"] = gateway.get_authorizers(restApiId=api)["items"][0]["id"]
    return Live(gateway, api, ids)
