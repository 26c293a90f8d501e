"""A domain over all APIs: name, certificate, records, mappings and rules."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from cdk_nag import AwsSolutionsChecks
from cfnlint import api as cfnlint
from cfnlint.config import ManualArgs

from tests.synthesis import Template, change_yaml, copied_platform, only, resources, synthesise

STACK = "111111111111-us-east-1/gatewright-prod-domain"
API = "111111111111-us-east-1/gatewright-prod-foods-v1"
ZONE = {"hosted_zone": {"id": "Z0123456789", "name": "example.com"}}
ARN = "arn:aws:acm:us-east-1:111111111111:certificate/0"
Synthesise = Callable[..., dict[str, Template]]


@pytest.fixture(scope="module")
def with_domain(tmp_path_factory: pytest.TempPathFactory) -> Synthesise:
    """The templates of prod with these fields of a domain."""

    def templates(**fields: Any) -> dict[str, Template]:
        root = copied_platform(tmp_path_factory.mktemp("domain") / "platform")

        def change(content: dict[str, Any]) -> None:
            content["environments"]["prod"]["domain"] = {"name": "api.example.com", **fields}

        change_yaml(root / "platform.yaml", change)
        # The pack fails the synthesis when a rule is broken and not acknowledged.
        return synthesise(
            tmp_path_factory.mktemp("out"),
            root=root,
            only="prod",
            plugins=lambda app: [AwsSolutionsChecks(app)],
        )

    return templates


@pytest.fixture(scope="module")
def by_path(with_domain: Synthesise) -> dict[str, Template]:
    return with_domain(**ZONE)


@pytest.fixture(scope="module")
def by_header(with_domain: Synthesise) -> Template:
    routing = {"header": "Accept", "default": "v1", "values": {"v1": "*vnd.foods.v1*"}}
    return with_domain(certificate=ARN, routing=routing, base_paths={"foods-v2": "food"})[STACK]


def properties(template: Template, kind: str) -> dict[str, Any]:
    _, resource = only(template, kind)
    found: dict[str, Any] = resource["Properties"]
    return found


@pytest.mark.proves("TLS policy of a domain", "TLS 1.3 policies with strict endpoint access")
def test_the_name_has_the_newest_policy_and_is_strict(by_path: dict[str, Template]) -> None:
    found = properties(by_path[STACK], "AWS::ApiGateway::DomainName")
    assert found["DomainName"] == "api.example.com"
    assert found["SecurityPolicy"] == "SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09"
    assert found["EndpointAccessMode"] == "STRICT"
    assert found["EndpointConfiguration"] == {"IpAddressType": "dualstack", "Types": ["REGIONAL"]}
    assert found["RoutingMode"] == "BASE_PATH_MAPPING_ONLY"


def test_the_apis_behind_it_speak_no_older_tls(by_path: dict[str, Template]) -> None:
    found = properties(by_path[API], "AWS::ApiGateway::RestApi")
    assert found["SecurityPolicy"] == "SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09"
    assert found["EndpointAccessMode"] == "STRICT"


def test_a_certificate_is_made_and_proved_in_the_zone(by_path: dict[str, Template]) -> None:
    logical_id, resource = only(by_path[STACK], "AWS::CertificateManager::Certificate")
    assert resource["Properties"]["DomainValidationOptions"] == [
        {"DomainName": "api.example.com", "HostedZoneId": "Z0123456789"}
    ]
    found = properties(by_path[STACK], "AWS::ApiGateway::DomainName")
    assert found["RegionalCertificateArn"] == {"Ref": logical_id}


@pytest.mark.proves("DNS record of a domain")
def test_the_zone_gets_records_for_both_kinds_of_addresses(by_path: dict[str, Template]) -> None:
    records = resources(by_path[STACK], "AWS::Route53::RecordSet").values()
    domain, _ = only(by_path[STACK], "AWS::ApiGateway::DomainName")
    assert {record["Properties"]["Type"] for record in records} == {"A", "AAAA"}
    for record in records:
        target = record["Properties"]["AliasTarget"]
        assert target["DNSName"] == {"Fn::GetAtt": [domain, "RegionalDomainName"]}
        assert target["HostedZoneId"] == {"Fn::GetAtt": [domain, "RegionalHostedZoneId"]}


def test_each_api_is_at_its_base_path(by_path: dict[str, Template]) -> None:
    mappings = resources(by_path[STACK], "AWS::ApiGatewayV2::ApiMapping").values()
    keys = {mapping["Properties"]["ApiMappingKey"] for mapping in mappings}
    assert keys == {"foods/v1", "foods/v2"}
    assert {mapping["Properties"]["Stage"] for mapping in mappings} == {"live"}
    assert resources(by_path[STACK], "AWS::ApiGatewayV2::RoutingRule") == {}


def test_the_addresses_of_aws_are_closed(by_path: dict[str, Template]) -> None:
    found = properties(by_path[API], "AWS::ApiGateway::RestApi")
    assert found["DisableExecuteApiEndpoint"] is True
    assert by_path[API]["Outputs"]["Url"]["Value"] == "https://api.example.com/foods/v1/"


def test_they_stay_open_where_that_is_said(
    with_domain: Synthesise, by_path: dict[str, Template]
) -> None:
    api = with_domain(**ZONE, default_endpoint="enabled")[API]
    assert "DisableExecuteApiEndpoint" not in properties(api, "AWS::ApiGateway::RestApi")
    # Opening or closing takes a deployment.
    assert (
        only(api, "AWS::ApiGateway::Deployment")[0]
        != (only(by_path[API], "AWS::ApiGateway::Deployment")[0])
    )


def test_without_a_zone_there_are_no_records_and_no_certificate(by_header: Template) -> None:
    assert resources(by_header, "AWS::Route53::RecordSet") == {}
    assert resources(by_header, "AWS::CertificateManager::Certificate") == {}
    assert properties(by_header, "AWS::ApiGateway::DomainName")["RegionalCertificateArn"] == ARN
    assert "Fn::GetAtt" in by_header["Outputs"]["Target"]["Value"]


def test_rules_ask_for_a_path_and_then_for_a_header(by_header: Template) -> None:
    found = properties(by_header, "AWS::ApiGateway::DomainName")
    assert found["RoutingMode"] == "ROUTING_RULE_THEN_BASE_PATH_MAPPING"
    rules = sorted(
        (
            rule["Properties"]
            for rule in resources(by_header, "AWS::ApiGatewayV2::RoutingRule").values()
        ),
        key=lambda rule: int(rule["Priority"]),
    )
    asked = [
        (
            condition.get("MatchBasePaths", {}).get("AnyOf"),
            [one["ValueGlob"] for one in condition.get("MatchHeaders", {}).get("AnyOf", [])],
        )
        for rule in rules
        for condition in rule["Conditions"]
    ]
    assert asked[:2] == [(["foods/v1"], []), (["food"], [])]
    assert sorted(asked[2:], key=str) == sorted(
        [(["foods"], []), (None, ["*vnd.foods.v1*"]), (["foods"], []), (None, ["v2"])], key=str
    )
    assert len({rule["Priority"] for rule in rules}) == 4
    assert all(rule["Actions"][0]["InvokeApi"]["StripBasePath"] is True for rule in rules)


def test_what_no_rule_knows_is_the_defaults(by_header: Template) -> None:
    assert properties(by_header, "AWS::ApiGatewayV2::ApiMapping")["ApiMappingKey"] == "foods"


def test_certificates_of_callers_take_the_older_policy(with_domain: Synthesise) -> None:
    trust = {"truststore": "s3://trust/callers.pem", "version": "1"}
    template = with_domain(certificate=ARN, mutual_tls=trust)[STACK]
    found = properties(template, "AWS::ApiGateway::DomainName")
    assert found["SecurityPolicy"] == "TLS_1_2"
    assert "EndpointAccessMode" not in found
    assert found["MutualTlsAuthentication"] == {
        "TruststoreUri": "s3://trust/callers.pem",
        "TruststoreVersion": "1",
    }


def test_the_templates_fit_cloudformations_schema(
    by_path: dict[str, Template], by_header: Template
) -> None:
    for template in (by_path[STACK], by_path[API], by_header):
        found = cfnlint.lint(
            json.dumps(template), config=ManualArgs(regions=["us-east-1"], ignore_checks=["W3005"])
        )
        assert [f"{match.rule.id} {match.message}" for match in found] == []


def test_no_domain_no_stack(templates: dict[str, Template]) -> None:
    assert not [name for name in templates if name.endswith("-domain")]
