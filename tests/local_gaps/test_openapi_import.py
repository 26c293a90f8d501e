"""An OpenAPI 3.0 document is imported whole, through CloudFormation and through the API.

https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-import-api.html
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.local_gaps.imported import at, read
from tests.local_gaps.running import Aws, lambda_uri
from tests.local_gaps.whole_document import FUNCTION, POLICY, POOL, whole

PUT = "methods|PUT /pets/{id}|"
INTEGRATION = PUT + "methodIntegration|"

# Where -> what is there, and the page (of the developer guide) that says so.
CASES: dict[str, tuple[Any, str]] = {
    "api|name": ("whole", "api-gateway-import-api"),
    "api|description": ("everything", "api-gateway-import-api"),
    "api|version": ("2.0", "api-gateway-import-api"),
    "api|binaryMediaTypes": (["image/png"], "api-gateway-swagger-extensions-binary-media-types"),
    "api|apiKeySource": ("HEADER", "api-gateway-swagger-extensions-api-key-source"),
    "api|minimumCompressionSize": (1024, "api-gateway-openapi-minimum-compression-size"),
    "validators|all|validateRequestBody": (
        True, "api-gateway-swagger-extensions-request-validators"),
    "validators|params-only|validateRequestBody": (
        False, "api-gateway-swagger-extensions-request-validators"),
    "gateway_responses|BAD_REQUEST_BODY|statusCode": (
        "422", "api-gateway-swagger-extensions-gateway-responses"),
    "gateway_responses|BAD_REQUEST_BODY|responseParameters": (
        {"gatewayresponse.header.X-Kind": "'body'"},
        "api-gateway-swagger-extensions-gateway-responses"),
    "authorizers|pool|type": (
        "COGNITO_USER_POOLS", "api-gateway-swagger-extensions-authorizer"),
    "authorizers|pool|providerARNs": ([POOL], "api-gateway-swagger-extensions-authorizer"),
    "authorizers|custom|type": ("TOKEN", "api-gateway-swagger-extensions-authorizer"),
    "authorizers|custom|identitySource": (
        "method.request.header.X-Token", "api-gateway-swagger-extensions-authorizer"),
    "authorizers|custom|authorizerResultTtlInSeconds": (
        0, "api-gateway-swagger-extensions-authorizer"),
    "models|Name": ({"type": "string", "minLength": 2}, "models-mappings-models"),
    PUT + "operationName": ("putPet", "api-gateway-import-api"),
    PUT + "authorizationType": (
        "COGNITO_USER_POOLS", "apigateway-enable-cognito-user-pool"),
    PUT + "authorizationScopes": (["pets/write"], "apigateway-enable-cognito-user-pool"),
    PUT + "apiKeyRequired": (True, "api-gateway-swagger-extensions-authtype"),
    PUT + "requestParameters": (
        {"method.request.path.id": True, "method.request.querystring.limit": True,
         "method.request.header.X-Trace": True}, "api-gateway-method-settings-method-request"),
    PUT + "requestModels": (
        {"application/json": "Pet"}, "api-gateway-method-settings-method-request"),
    PUT + "methodResponses|200|responseParameters": (
        {"method.response.header.X-Pet": True}, "api-gateway-method-settings-method-response"),
    PUT + "methodResponses|200|responseModels": (
        {"application/json": "Pet"}, "api-gateway-method-settings-method-response"),
    PUT + "methodResponses|410|responseParameters": (
        {"method.response.header.X-Gone": False}, "api-gateway-method-settings-method-response"),
    INTEGRATION + "type": ("HTTP", "api-gateway-swagger-extensions-integration"),
    INTEGRATION + "httpMethod": ("POST", "api-gateway-swagger-extensions-integration"),
    INTEGRATION + "uri": ("http://127.0.0.1:9/{id}", "api-gateway-swagger-extensions-integration"),
    INTEGRATION + "requestParameters": (
        {"integration.request.path.id": "method.request.path.id"},
        "api-gateway-swagger-extensions-integration-requestParameters"),
    INTEGRATION + "requestTemplates": (
        {"application/json": "$input.body"},
        "api-gateway-swagger-extensions-integration-requestTemplates"),
    INTEGRATION + "passthroughBehavior": ("NEVER", "api-gateway-swagger-extensions-integration"),
    INTEGRATION + "contentHandling": (
        "CONVERT_TO_TEXT", "api-gateway-swagger-extensions-integration"),
    INTEGRATION + "timeoutInMillis": (5000, "api-gateway-swagger-extensions-integration"),
    INTEGRATION + "cacheNamespace": ("pets", "api-gateway-swagger-extensions-integration"),
    INTEGRATION + "cacheKeyParameters": (
        ["method.request.path.id"], "api-gateway-swagger-extensions-integration"),
    INTEGRATION + "connectionType": ("VPC_LINK", "api-gateway-swagger-extensions-integration"),
    INTEGRATION + "connectionId": ("link1", "api-gateway-swagger-extensions-integration"),
    INTEGRATION + "tlsConfig": (
        {"insecureSkipVerification": True},
        "api-gateway-swagger-extensions-integration-tls-config"),
    INTEGRATION + "integrationResponses|200|responseParameters": (
        {"method.response.header.X-Pet": "'p'"},
        "api-gateway-swagger-extensions-integration-responses"),
    INTEGRATION + "integrationResponses|410|selectionPattern": (
        "4\\d{2}", "api-gateway-swagger-extensions-integration-responses"),
    "methods|ANY /proxy/{rest+}|authorizationType": (
        "CUSTOM", "api-gateway-swagger-extensions-any-method"),
    "methods|ANY /proxy/{rest+}|methodIntegration|uri": (
        lambda_uri(FUNCTION), "api-gateway-swagger-extensions-any-method"),
    "methods|POST /open|authorizationType": ("NONE", "api-gateway-import-api"),
    "methods|POST /open|apiKeyRequired": (False, "api-gateway-import-api"),
}  # fmt: skip


@pytest.fixture(scope="module", params=["stack", "import", "put"])
def api(request: pytest.FixtureRequest, aws: Aws) -> dict[str, Any]:
    """The whole document, imported in each of the three ways and read back."""
    ways: dict[str, Callable[[Aws, Any], str]] = {
        "stack": by_stack,
        "import": Aws.import_api,
        "put": by_put,
    }
    return read(aws, ways[request.param](aws, whole()))


def by_stack(aws: Aws, body: dict[str, Any]) -> str:
    resource = {"Type": "AWS::ApiGateway::RestApi", "Properties": {"Body": body}}
    stack = aws.stack("whole-document", {"Api": resource})
    assert stack.status == "CREATE_COMPLETE", stack.reasons
    return stack.physical_id("Api")


def by_put(aws: Aws, body: dict[str, Any]) -> str:
    gateway = aws.client("apigateway")
    api_id: str = gateway.create_rest_api(name="before")["id"]
    gateway.put_rest_api(restApiId=api_id, mode="overwrite", body=json.dumps(body).encode())
    return api_id


@pytest.mark.parametrize("where", CASES)
def test_imported(api: dict[str, Any], where: str) -> None:
    assert at(api, where) == CASES[where][0]


def test_policy_is_kept(api: dict[str, Any]) -> None:
    assert json.loads(api["api"]["policy"].replace('\\"', '"')) == POLICY


def test_methods_name_what_they_use(api: dict[str, Any]) -> None:
    put, proxy = api["methods"]["PUT /pets/{id}"], api["methods"]["ANY /proxy/{rest+}"]
    assert put["authorizerId"] == api["authorizers"]["pool"]["id"]
    assert proxy["authorizerId"] == api["authorizers"]["custom"]["id"]
    assert put["requestValidatorId"] == api["validators"]["all"]["id"]
    assert proxy["requestValidatorId"] == api["validators"]["params-only"]["id"]


def test_models_refer_to_models(api: dict[str, Any]) -> None:
    reference = api["models"]["Pet"]["properties"]["name"]["$ref"]
    assert reference == (
        f"https://apigateway.amazonaws.com/restapis/{api['api']['id']}/models/Name"
    )


def test_an_inline_schema_becomes_a_model(api: dict[str, Any]) -> None:
    name = api["methods"]["POST /open"]["requestModels"]["application/json"]
    assert api["models"][name] == {"type": "array", "maxItems": 1}


def test_an_imported_model_and_gateway_response_are_in_force(aws: Aws) -> None:
    api_id = aws.import_api(whole())
    assert aws.call(api_id, "/open", "POST", json=[1]).status_code == 200
    refused = aws.call(api_id, "/open", "POST", json=[1, 2])
    assert (refused.status_code, refused.headers["X-Kind"]) == (422, "body")
    assert refused.json() == {"why": "Invalid request body"}


def test_properties_win_over_the_body(aws: Aws) -> None:
    properties = {
        "Name": "by property",
        "BinaryMediaTypes": ["image/gif"],
        "ApiKeySourceType": "AUTHORIZER",
        "EndpointConfiguration": {"Types": ["EDGE"]},
        "Tags": [{"Key": "team", "Value": "a"}],
        "Body": whole(),
    }
    stack = aws.stack(
        "properties-and-body", {"A": {"Type": "AWS::ApiGateway::RestApi", "Properties": properties}}
    )
    api = aws.client("apigateway").get_rest_api(restApiId=stack.physical_id("A"))
    assert api["name"] == "by property"
    assert api["description"] == "everything"
    assert sorted(api["binaryMediaTypes"]) == ["image/gif", "image/png"]
    assert api["apiKeySource"] == "AUTHORIZER"
    assert api["endpointConfiguration"]["types"] == ["EDGE"]
    assert api["tags"]["team"] == "a"


def test_yaml_is_read_too(aws: Aws) -> None:
    text = b"openapi: 3.0.1\ninfo: {title: from yaml, version: '1'}\npaths: {}\n"
    assert aws.client("apigateway").import_rest_api(body=text)["name"] == "from yaml"
