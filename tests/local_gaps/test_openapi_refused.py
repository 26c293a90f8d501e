"""Documents that API Gateway does not import, and what it says.

https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-import-api-errors-warnings.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.local_gaps.imported import at
from tests.local_gaps.running import Aws, document, mock
from tests.local_gaps.whole_document import whole

PUT_AT = "paths|/pets/{id}|put|"
INTEGRATION_AT = PUT_AT + "x-amazon-apigateway-integration|"
VALIDATOR = "x-amazon-apigateway-request-validator"
UNKNOWN = {"$ref": "#/components/schemas/Cat"}
REMOVED = object()

# What is wrong -> where in the whole document, what stands there, and the reason that is given.
REFUSED: dict[str, tuple[str, Any, str]] = {
    "unknown model of a request": (
        PUT_AT + "requestBody|content|application/json|schema", UNKNOWN,
        "Invalid model reference #/components/schemas/Cat"),
    "unknown model in a model": (
        "components|schemas|A", UNKNOWN,
        "Invalid model reference #/components/schemas/Cat in model 'A'"),
    "unknown validator": (
        PUT_AT + VALIDATOR, "none", "Invalid request validator 'none' specified for method 'PUT'"),
    "unknown default validator": (VALIDATOR, "none", "Invalid request validator 'none'"),
    "unknown security scheme": (
        PUT_AT + "security", [{"none": []}], "Unknown security scheme 'none'"),
    "unknown parameter": (
        PUT_AT + "parameters|0", {"$ref": "#/components/parameters/none"},
        "Unable to resolve the reference #/components/parameters/none"),
    "model name with a dash": (
        "components|schemas|a-b", {}, "Model name must be alphanumeric: a-b"),
    "undeclared response code": (
        PUT_AT + "responses|410", REMOVED, "Invalid response status code '410'"),
    "undeclared response header": (
        PUT_AT + "responses|200|headers", REMOVED,
        "method.response.header.X-Pet is not among the parameters"),
    "undeclared request parameter": (
        INTEGRATION_AT + "requestParameters|integration.request.header.a",
        "method.request.header.none", "method.request.header.none is not among the parameters"),
    "static value without quotes": (
        INTEGRATION_AT + "requestParameters|integration.request.header.a", "Event",
        "Invalid mapping expression specified"),
    "service that is no ARN": (
        INTEGRATION_AT[:-1], {"type": "aws", "uri": "sqs"},
        "AWS ARN for integration must contain path or action"),
    "endpoint without a scheme": (
        INTEGRATION_AT[:-1], {"type": "http_proxy", "uri": "example.com"},
        "Invalid HTTP endpoint specified for URI"),
    "pattern that is no regular expression": (
        INTEGRATION_AT[:-1], {"type": "mock", "responses": {"4(": {"statusCode": "200"}}},
        "Invalid selection pattern '4('"),
    "header of an answer without a source": (
        INTEGRATION_AT[:-1], {"type": "mock", "responses": {"default": {
            "statusCode": "200",
            "responseParameters": {"method.response.header.X-Pet": "integration.response.x"}}}},
        "Invalid mapping expression specified"),
    "unknown integration type": (
        INTEGRATION_AT + "type", "soap", "Invalid integration type 'soap'"),
    "unknown gateway response": (
        "x-amazon-apigateway-gateway-responses|NONE", {}, "Invalid gateway response type: NONE"),
    "two variables beside each other": (
        "paths|/pets/{name}", {}, "A sibling ({id}) of path '/pets/{name}'"),
    "invalid path part": ("paths|/a{b}", {}, "Invalid path part 'a{b}'"),
    "OpenAPI 3.1": ("openapi", "3.1.0", "API Gateway imports OpenAPI 3.0"),
}  # fmt: skip


def broken(change: str) -> dict[str, Any]:
    """The whole document with one thing wrong."""
    body = whole()
    where, value, _reason = REFUSED[change]
    parent, _bar, key = where.rpartition("|")
    target: Any = at(body, parent) if parent else body
    if value is REMOVED:
        del target[key]
    else:
        target[int(key) if isinstance(target, list) else key] = value
    return body


@pytest.mark.parametrize("change", REFUSED)
def test_refused_by_the_api(aws: Aws, change: str) -> None:
    gateway = aws.client("apigateway")
    before = {api["id"] for api in gateway.get_rest_apis(limit=500)["items"]}
    with pytest.raises(ClientError) as refusal:
        gateway.import_rest_api(body=json.dumps(broken(change)).encode())
    assert refusal.value.response["Error"]["Code"] == "BadRequestException"
    assert REFUSED[change][2] in str(refusal.value)
    assert {api["id"] for api in gateway.get_rest_apis(limit=500)["items"]} == before


def test_a_refused_import_fails_the_stack_with_the_reason(aws: Aws) -> None:
    properties = {"Body": broken("unknown validator")}
    stack = aws.stack(
        "refused-import", {"Api": {"Type": "AWS::ApiGateway::RestApi", "Properties": properties}}
    )
    assert stack.status == "ROLLBACK_COMPLETE"
    assert REFUSED["unknown validator"][2] in stack.reasons


def test_put_without_overwrite_says_so(aws: Aws) -> None:
    api_id = aws.import_api(document({"/a": {"get": mock("a")}}))
    with pytest.raises(ClientError, match="mode=overwrite"):
        aws.client("apigateway").put_rest_api(restApiId=api_id, body=b"openapi: 3.0.1")
