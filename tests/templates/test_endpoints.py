"""Endpoint types and security policies, which the embedded AWS has no network for."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.showcase_templates import lint_findings, showcase_copy, showcase_template
from tests.synthesis import Template, change_yaml, only

TLS13 = "SecurityPolicy_TLS13_1_3_2025_09"
ENDPOINTS = ["vpce-0123456789abcdef0", "vpce-89abcdef"]

Made = Callable[..., Any]


def _without_a_domain(file: dict[str, Any]) -> None:
    """A domain has a policy of its own, which its APIs take."""
    local = file["environments"]["local"]
    local.pop("domain")
    local["vpc_endpoints"] = ENDPOINTS


@pytest.fixture
def rest_api(tmp_path: Path) -> Made:
    """The properties of an API whose version has these fields; cfn-lint finds nothing in it."""

    def made(**fields: str) -> Any:
        root = showcase_copy(tmp_path / "platform")
        change_yaml(root / "platform.yaml", _without_a_domain)
        found: Template = showcase_template(
            tmp_path, "shop", lambda version: version.update(fields)
        )
        assert lint_findings(found) == []
        return only(found, "AWS::ApiGateway::RestApi")[1]["Properties"]

    return made


@pytest.mark.proves("edge-optimised endpoint")
def test_an_edge_optimised_api_is_one(rest_api: Made) -> None:
    properties = rest_api(endpoint="edge")
    assert properties["EndpointConfiguration"] == {"Types": ["EDGE"]}
    assert "x-amazon-apigateway-policy" not in properties["Body"]


@pytest.mark.proves("private endpoint")
def test_a_private_api_lets_in_its_vpc_endpoints_and_nobody_else(rest_api: Made) -> None:
    properties = rest_api(endpoint="private")
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
def test_an_api_may_take_tls_1_3_alone(rest_api: Made) -> None:
    properties = rest_api(security_policy=TLS13, endpoint_access_mode="strict")
    assert (properties["SecurityPolicy"], properties["EndpointAccessMode"]) == (TLS13, "STRICT")


def test_by_default_an_api_is_regional_with_awss_own_policy(rest_api: Made) -> None:
    properties = rest_api()
    assert properties["EndpointConfiguration"] == {"Types": ["REGIONAL"]}
    assert not {"SecurityPolicy", "EndpointAccessMode"} & properties.keys()
