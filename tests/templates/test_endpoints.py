"""Endpoint types and security policies, which the embedded AWS has no network for."""

from typing import Any

import pytest
from cdk_nag import AwsSolutionsChecks

from tests.showcase_templates import lint_findings, showcase_copy
from tests.synthesis import Template, change_yaml, only, synthesise

TLS13 = "SecurityPolicy_TLS13_1_3_2025_09"
ENDPOINTS = ["vpce-0123456789abcdef0", "vpce-89abcdef"]
# One synthesis for all: a service of the showcase for each.
FIELDS = {
    "shop": {"endpoint": "edge"},
    "flasked": {"endpoint": "private"},
    "chaliced": {"security_policy": TLS13, "endpoint_access_mode": "strict"},
    "news": {},
}

Properties = dict[str, Any]


def _with_endpoints(file: dict[str, Any]) -> None:
    """A domain has a policy of its own, which its APIs take: here is none."""
    local = file["environments"]["local"]
    local.pop("domain")
    local["vpc_endpoints"] = ENDPOINTS
    for service, fields in FIELDS.items():
        file["services"][service]["versions"]["v1"].update(fields)


@pytest.fixture(scope="module")
def templates(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Template]:
    """The template of each service; cdk-nag fails the synthesis when it finds something."""
    folder = tmp_path_factory.mktemp("endpoints")
    root = showcase_copy(folder / "platform")
    change_yaml(root / "platform.yaml", _with_endpoints)
    found = synthesise(
        folder / "out", root=root, only="local", plugins=lambda app: [AwsSolutionsChecks(app)]
    )
    prefix = "000000000000-us-east-1/showcase-local"
    return {service: found[f"{prefix}-{service}-v1"] for service in FIELDS}


@pytest.fixture(scope="module")
def rest_apis(templates: dict[str, Template]) -> dict[str, Properties]:
    """The properties of each service's API."""
    return {
        service: only(template, "AWS::ApiGateway::RestApi")[1]["Properties"]
        for service, template in templates.items()
    }


@pytest.mark.parametrize("service", FIELDS)
def test_cloudformation_lint_finds_nothing(templates: dict[str, Template], service: str) -> None:
    assert lint_findings(templates[service]) == []


@pytest.mark.proves("edge-optimised endpoint")
def test_an_edge_optimised_api_is_one(rest_apis: dict[str, Properties]) -> None:
    properties = rest_apis["shop"]
    assert properties["EndpointConfiguration"] == {"Types": ["EDGE"]}
    assert "x-amazon-apigateway-policy" not in properties["Body"]


@pytest.mark.proves("private endpoint")
def test_a_private_api_lets_in_its_vpc_endpoints_and_nobody_else(
    rest_apis: dict[str, Properties],
) -> None:
    properties = rest_apis["flasked"]
    assert properties["EndpointConfiguration"] == {
        "Types": ["PRIVATE"],
        "VpcEndpointIds": ENDPOINTS,
    }
    statements = properties["Body"]["x-amazon-apigateway-policy"]["Statement"]
    assert [(s["Effect"], s["Resource"], s["Condition"]) for s in statements] == [
        ("Deny", "execute-api:/*", {"StringNotEquals": {"aws:SourceVpce": ENDPOINTS}}),
        ("Allow", "execute-api:/*", {"StringEquals": {"aws:SourceVpce": ENDPOINTS}}),
    ]
    assert {s["Action"] for s in statements} == {"execute-api:Invoke"}


@pytest.mark.proves("TLS 1.3 policies with strict endpoint access")
def test_an_api_may_take_tls_1_3_alone(rest_apis: dict[str, Properties]) -> None:
    properties = rest_apis["chaliced"]
    assert (properties["SecurityPolicy"], properties["EndpointAccessMode"]) == (TLS13, "STRICT")


def test_by_default_an_api_is_regional_with_awss_own_policy(
    rest_apis: dict[str, Properties],
) -> None:
    properties = rest_apis["news"]
    assert properties["EndpointConfiguration"] == {"Types": ["REGIONAL"]}
    assert not {"SecurityPolicy", "EndpointAccessMode"} & properties.keys()
