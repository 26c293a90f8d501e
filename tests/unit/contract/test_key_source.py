"""API keys that an authorizer names: the gateway's document, the public one, what is refused."""

from dataclasses import replace

import pytest
from openapi_spec_validator import validate

from gatewright.contract import (
    Contract,
    ContractError,
    compile_gateway,
    public_document,
    read_routes,
)
from tests.unit.contract.services import BINDING, Service

ROUTES = """
@app.get("/", security=[{}])
def hello() -> None: ...
@app.get("/items", security=[{"api_key": []}])
def list_items() -> list[str]: ...
@app.put("/items", security=[{"cognito": []}])
def put_items() -> None: ...
"""
BOTH = """
@app.get("/", security=[{"api_key": [], "cognito": []}])
def hello() -> None: ...
"""
URI = {"Fn::Join": ["", ["arn:", "authorizer"]]}
AUTHORIZING = replace(BINDING, api_key_source="AUTHORIZER", key_authorizer_uri=URI)


def read(service: Service, code: str = ROUTES) -> Contract:
    return read_routes(
        source=service.write(code).source,
        routes="goods.handler:app",
        name="goods",
        version="v1",
        title="Goods",
        api_key_source="AUTHORIZER",
    )


def test_the_gateway_asks_the_authorizer_for_each_key(service: Service) -> None:
    gateway = compile_gateway(read(service), AUTHORIZING)
    assert gateway["x-amazon-apigateway-api-key-source"] == "AUTHORIZER"
    paths = gateway["paths"]
    assert paths["/items"]["get"]["security"] == [{"api_key": [], "key_authorizer": []}]
    assert paths["/items"]["put"]["security"] == [{"cognito": []}]
    assert "security" not in paths["/"]["get"]
    assert gateway["components"]["securitySchemes"]["key_authorizer"] == {
        "type": "apiKey",
        "name": "Authorization",
        "in": "header",
        "x-amazon-apigateway-authtype": "custom",
        "x-amazon-apigateway-authorizer": {
            "type": "request",
            "identitySource": "method.request.header.Authorization",
            "authorizerUri": URI,
            "authorizerResultTtlInSeconds": 0,
        },
    }


def test_clients_are_told_to_send_their_own_credentials(service: Service) -> None:
    public = public_document(read(service))
    validate(public)
    listing = public["paths"]["/items"]["get"]
    assert listing["security"] == [{"key_authorizer": []}]
    assert "401" in listing["responses"]
    assert public["paths"]["/items"]["put"]["security"] == [{"cognito": []}]
    assert "401" not in public["paths"]["/"]["get"]["responses"]
    schemes = public["components"]["securitySchemes"]
    assert sorted(schemes) == ["cognito", "key_authorizer"]
    assert schemes["key_authorizer"] == {"type": "apiKey", "in": "header", "name": "Authorization"}


def test_a_method_has_one_authorizer(service: Service) -> None:
    with pytest.raises(ContractError, match="a method has one authorizer") as caught:
        read(service, BOTH)
    [problem] = caught.value.problems
    assert problem.operation == "GET /"
    assert "api_key_source: header" in problem.remedy
    # A binding of another mind is refused likewise.
    with pytest.raises(ContractError, match="a method has one authorizer"):
        compile_gateway(service.read(), AUTHORIZING)


def test_an_authorizer_must_be_there_and_be_used(service: Service) -> None:
    contract = read(service)
    with pytest.raises(ContractError, match="GET /items: its API key comes from an authorizer"):
        compile_gateway(contract, replace(AUTHORIZING, key_authorizer_uri=None))
    with pytest.raises(ContractError, match="its API keys come from the header"):
        compile_gateway(service.read(), replace(BINDING, key_authorizer_uri=URI))
