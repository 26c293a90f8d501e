"""The policy of docs/guides/policies/domain.json lets CloudFormation make what a domain is."""

import pytest

from tests.unit.test_execution_policy import MOST_CHARACTERS, POLICIES, allowed, matches, needed

TYPES = (
    "AWS::ApiGateway::DomainName",
    "AWS::ApiGatewayV2::ApiMapping",
    "AWS::ApiGatewayV2::RoutingRule",
    "AWS::CertificateManager::Certificate",
    "AWS::Route53::RecordSet",
)
# IAM knows CertificateManager as acm, and both API Gateways as one.
PREFIXES = ("acm", "apigateway", "route53")


def actions(resource_type: str) -> set[str]:
    from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER

    schema = PROVIDER_SCHEMA_MANAGER.get_resource_schema("us-east-1", resource_type).schema
    return {
        action
        for what in ("create", "read", "update", "delete")
        for action in schema["handlers"].get(what, {}).get("permissions", ())
        if action.split(":")[0] in PREFIXES
    }


@pytest.mark.parametrize("resource_type", TYPES)
def test_every_part_of_a_domain_can_be_made(resource_type: str) -> None:
    wanted = actions(resource_type) | set(needed(resource_type))
    assert wanted
    assert {action for action in wanted if not matches(action, allowed("domain"))} == set()


def test_nothing_else_is_allowed() -> None:
    assert {action.split(":")[0] for action in allowed("domain")} == set(PREFIXES)
    assert len("".join((POLICIES / "domain.json").read_text().split())) <= MOST_CHARACTERS
