"""A deprecated version tells so on every answer, or it is not deployed."""

import pytest

from gatewright.contract import ContractError, GatewayBinding, compile_gateway
from gatewright.integrations.integration import ResponseMapping
from gatewright.integrations.targets import HttpTarget
from tests.unit.integrations.contracts import DEPLOYED, contract, integrated

TARGET = HttpTarget("https://a.example")
BINDING = GatewayBinding(
    title="shop",
    integration_uri=None,
    user_pool_arns=(),
    allow_origin=None,
    integrations=DEPLOYED,
    lifecycle_headers={"Deprecation": "@1"},
)


def test_an_http_proxy_is_refused_with_the_remedy() -> None:
    with pytest.raises(ContractError, match="an HTTP proxy's answers") as refusal:
        compile_gateway(contract(integrated(TARGET)), BINDING)
    assert "POST /notes/{owner}" in str(refusal.value)
    assert "such as {200: {}}" in str(refusal.value)


def test_with_responses_it_is_no_proxy_and_tells() -> None:
    made = contract(integrated(TARGET, responses=(ResponseMapping(200),)))
    [item] = compile_gateway(made, BINDING)["paths"].values()
    responses = item["post"]["x-amazon-apigateway-integration"]["responses"]
    for response in responses.values():
        assert response["responseParameters"]["method.response.header.Deprecation"] == "'@1'"


def test_an_active_version_may_have_one() -> None:
    active = GatewayBinding(
        title="shop",
        integration_uri=None,
        user_pool_arns=(),
        allow_origin=None,
        integrations=DEPLOYED,
    )
    assert compile_gateway(contract(integrated(TARGET)), active)
