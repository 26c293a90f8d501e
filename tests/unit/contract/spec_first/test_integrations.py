"""x-amazon-apigateway-integration in contract files, as API Gateway exports it."""

from dataclasses import replace
from typing import Any

import pytest

from gatewright.contract import Contract, ContractError, check_contract, compile_gateway
from tests.unit.contract.services import BINDING
from tests.unit.contract.spec_first.descriptions import Folder, description, operation

MOCK = {
    "type": "MOCK",
    "passthroughBehavior": "when_no_templates",
    "timeoutInMillis": 1000,
    "cacheNamespace": "ab12",
    "requestTemplates": {"application/json": '{"statusCode": 200}'},
    "responses": {
        "default": {
            "statusCode": "200",
            "responseParameters": {"method.response.header.X-A": "'b'"},
            "responseTemplates": {"application/json": '{"id": "$context.requestId"}'},
        }
    },
}
HTTP = {
    "type": "http_proxy",
    "httpMethod": "GET",
    "uri": "https://${stageVariables.host}/a",
    "tlsConfig": {"insecureSkipVerification": True},
}


def bringing(shop: Folder, integration: dict[str, Any]) -> Contract:
    """A contract whose only operation brings this integration."""
    more = {"x-amazon-apigateway-integration": integration}
    return shop.write(description({"/a": {"get": operation(**more)}})).contract()


def compiled(contract: Contract) -> dict[str, Any]:
    return dict(compile_gateway(contract, BINDING)["paths"]["/a"]["get"])


def test_a_mock_is_taken_as_it_is(shop: Folder) -> None:
    made = compiled(replace(bringing(shop, MOCK), has_function=False))
    kept = {name: value for name, value in MOCK.items() if name != "cacheNamespace"}
    integration = made["x-amazon-apigateway-integration"]
    origin = integration["responses"]["default"]["responseParameters"]
    assert origin.pop("method.response.header.Access-Control-Allow-Origin")
    assert origin.pop("method.response.header.Access-Control-Expose-Headers")
    assert integration == {**kept, "type": "mock"}
    assert "X-A" in made["responses"]["200"]["headers"]


def test_an_http_endpoint_is_taken_as_it_is(shop: Folder) -> None:
    contract = replace(bringing(shop, HTTP), stage_variables=frozenset({"host"}))
    integration = compiled(contract)["x-amazon-apigateway-integration"]
    assert integration == {
        **HTTP,
        "timeoutInMillis": 29000,
        "passthroughBehavior": "when_no_match",
    }


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"uri": "https://${stageVariables.hots}/"}, "stage variable hots, which is not declared"),
        ({"responses": {"4..": {"statusCode": "404"}}}, "answers 404, which the contract does not"),
        ({"requestTemplates": {"application/json": "#if(1)"}}, "is no VTL"),
        (
            {"responses": {"default": {"statusCode": "200", "responseTemplates": {"a/b": "#end"}}}},
            "is no VTL",
        ),
    ],
)
def test_a_mistake_is_told_at_its_place(shop: Folder, change: dict[str, Any], reason: str) -> None:
    contract = replace(
        bringing(shop, {**HTTP, "type": "http", **change}), stage_variables=frozenset({"host"})
    )
    with pytest.raises(ContractError, match=reason) as caught:
        check_contract(contract)
    (problem,) = caught.value.problems
    assert problem.source.startswith("lambda_src/shop/openapi.yaml:")


def test_a_proxy_is_the_handlers_to_answer_and_a_mock_is_not(shop: Folder) -> None:
    contract = bringing(shop, {"type": "aws_proxy", "uri": "arn:aws:apigateway:x"})
    assert contract.integrations == ()
    (brought,) = bringing(shop, MOCK).integrations
    assert (brought.operation, brought.timeout_ms) == ("order", 1000)
