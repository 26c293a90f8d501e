"""What each construct promises, read from the templates."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.partners import API, add_partners
from tests.synthesis import (
    Template,
    change_yaml,
    copied_platform,
    only,
    resources,
    synthesise,
)

LOCAL = "000000000000-us-east-1/gatewright-local"
PROD = "111111111111-us-east-1/gatewright-prod"
STAGE = "AWS::ApiGateway::Stage"


def test_the_logging_role_is_set_once_per_account_and_region(
    templates: dict[str, Template],
) -> None:
    holders = [n for n, t in templates.items() if resources(t, "AWS::ApiGateway::Account")]
    assert holders == [
        "000000000000-us-east-1/gatewright-account-logging",
        "111111111111-us-east-1/gatewright-account-logging",
    ]
    for name in holders:
        _, account = only(templates[name], "AWS::ApiGateway::Account")
        role_id, role = only(templates[name], "AWS::IAM::Role")
        assert account["Properties"]["CloudWatchRoleArn"] == {"Fn::GetAtt": [role_id, "Arn"]}
        kept = "RetainExceptOnCreate"
    assert (account["DeletionPolicy"], role["DeletionPolicy"]) == (kept, kept)


def test_every_request_is_logged_as_json(local_api: Template) -> None:
    _, stage = only(local_api, "AWS::ApiGateway::Stage")
    line = json.loads(stage["Properties"]["AccessLogSetting"]["Format"])
    assert line["request_id"] == "$context.requestId"
    assert line["caller_subject"] == "$context.authorizer.claims.sub"
    assert line["api_key_id"] == "$context.identity.apiKeyId"
    assert line["latency_ms"] == "$context.responseLatency"
    assert line["integration_error"] == "$context.integrationErrorMessage"
    # The key and the token themselves are secrets.
    assert not {"$context.identity.apiKey"} & set(line.values())


def test_every_method_is_logged_measured_and_traced(local_api: Template) -> None:
    _, stage = only(local_api, "AWS::ApiGateway::Stage")
    assert stage["Properties"]["TracingEnabled"] is True
    assert stage["Properties"]["MethodSettings"] == [
        {
            "ResourcePath": "/*",
            "HttpMethod": "*",
            "LoggingLevel": "ERROR",
            "MetricsEnabled": True,
            "DataTraceEnabled": False,
            "ThrottlingRateLimit": 1000,
            "ThrottlingBurstLimit": 2000,
        }
    ]


def test_a_default_limit_is_lowered_where_the_account_takes_less(tmp_path: Path) -> None:
    root = copied_platform(tmp_path / "platform")
    v1 = {"routes": "foods.v1.handler:app"}

    def move(platform: dict[str, Any]) -> None:
        platform["environments"]["local"]["region"] = "eu-south-1"
        platform["services"]["foods"]["versions"]["v1"] = v1

    change_yaml(root / "platform.yaml", move)
    made = synthesise(tmp_path / "out", root=root, only="local")
    _, stage = only(made["000000000000-eu-south-1/gatewright-local-foods-v1"], STAGE)
    [limits] = stage["Properties"]["MethodSettings"]
    assert (limits["ThrottlingRateLimit"], limits["ThrottlingBurstLimit"]) == (1000, 1250)


@pytest.mark.parametrize(("stack", "days"), [("local_api", 30), ("prod_api", 365)])
def test_logs_are_forgotten(stack: str, days: int, request: pytest.FixtureRequest) -> None:
    groups = resources(request.getfixturevalue(stack), "AWS::Logs::LogGroup")
    assert [g["Properties"]["RetentionInDays"] for g in groups.values()] == [days] * 3


def test_the_function_logs_to_its_own_group_and_traces(local_api: Template) -> None:
    _, function = only(local_api, "AWS::Lambda::Function")
    properties = function["Properties"]
    assert properties["LoggingConfig"]["LogFormat"] == "JSON"
    assert properties["LoggingConfig"]["LogGroup"]["Ref"].startswith("ApiFunctionLogs")
    assert properties["TracingConfig"] == {"Mode": "Active"}
    assert properties["Handler"] == "foods.v1.handler.app"
    assert properties["Architectures"] == ["arm64"]


def test_the_authorizer_trusts_this_environments_pool_only(local_api: Template) -> None:
    _, api = only(local_api, "AWS::ApiGateway::RestApi")
    schemes = api["Properties"]["Body"]["components"]["securitySchemes"]
    [arn] = schemes["cognito"]["x-amazon-apigateway-authorizer"]["providerARNs"]
    assert arn["Fn::ImportValue"].startswith("gatewright-local-identity:")


def test_people_sign_up_by_verified_email(templates: dict[str, Template]) -> None:
    _, pool = only(templates[f"{LOCAL}-identity"], "AWS::Cognito::UserPool")
    properties = pool["Properties"]
    assert properties["UsernameAttributes"] == ["email"]
    assert properties["AutoVerifiedAttributes"] == ["email"]
    assert properties["AdminCreateUserConfig"] == {"AllowAdminCreateUserOnly": False}
    assert properties["UserAttributeUpdateSettings"] == {
        "AttributesRequireVerificationBeforeUpdate": ["email"]
    }


@pytest.mark.parametrize(("stack", "mfa"), [(LOCAL, "OPTIONAL"), (PROD, "ON")])
def test_mfa_is_the_environments(templates: dict[str, Template], stack: str, mfa: str) -> None:
    _, pool = only(templates[f"{stack}-identity"], "AWS::Cognito::UserPool")
    assert pool["Properties"]["MfaConfiguration"] == mfa
    assert pool["Properties"]["EnabledMfas"] == ["SOFTWARE_TOKEN_MFA"]


@pytest.mark.parametrize(("stack", "passwords"), [(LOCAL, True), (PROD, False)])
def test_only_the_laptop_sends_passwords(
    templates: dict[str, Template], stack: str, passwords: bool
) -> None:
    flows = _client(templates, stack, "User")["ExplicitAuthFlows"]
    assert "ALLOW_USER_SRP_AUTH" in flows
    assert ("ALLOW_USER_PASSWORD_AUTH" in flows) is passwords


def test_machines_ask_for_scopes_with_a_secret(templates: dict[str, Template]) -> None:
    client = _client(templates, LOCAL, "Machine")
    servers = resources(templates[f"{LOCAL}-identity"], "AWS::Cognito::UserPoolResourceServer")
    [server] = [s for s in servers.values() if s["Properties"]["Identifier"] == "foods"]
    assert client["GenerateSecret"] is True
    assert client["AllowedOAuthFlows"] == ["client_credentials"]
    assert [scope["ScopeName"] for scope in server["Properties"]["Scopes"]] == ["read", "write"]
    scopes = json.dumps(client["AllowedOAuthScopes"])
    assert "/read" in scopes
    assert "/write" in scopes


def test_plans_limit_rate_burst_and_quota(templates: dict[str, Template]) -> None:
    plans = resources(templates[f"{LOCAL}-plans"], "AWS::ApiGateway::UsagePlan").values()
    limits = {p["Properties"]["UsagePlanName"]: p["Properties"] for p in plans}
    demo = limits["gatewright-local-plans-demo"]
    assert demo["Throttle"] == {"RateLimit": 20, "BurstLimit": 40}
    assert demo["Quota"] == {"Limit": 20000, "Period": "DAY"}
    tiny = limits["gatewright-local-plans-tiny"]
    assert tiny["Throttle"] == {"RateLimit": 5, "BurstLimit": 5}
    assert tiny["Quota"] == {"Limit": 50, "Period": "DAY"}
    assert {stage["Stage"] for stage in demo["ApiStages"]} == {"live"}


def test_a_key_may_be_on_several_plans(tmp_path: Path) -> None:
    root = add_partners(copied_platform(tmp_path / "platform"))

    def part(platform: dict[str, Any]) -> None:
        platform["plans"]["tiny"]["apis"] = [API]
        platform["plans"]["demo"] |= {"apis": ["foods-v1"], "methods": {}}
        platform["keys"]["demo"]["plans"] = ["demo", "tiny"]

    change_yaml(root / "platform.yaml", part)
    plans = synthesise(tmp_path / "out", root=root, only="local")[f"{LOCAL}-plans"]
    on_plans = [
        (put["Properties"]["KeyId"]["Ref"][:7], put["Properties"]["UsagePlanId"]["Ref"][:8])
        for put in resources(plans, "AWS::ApiGateway::UsagePlanKey").values()
    ]
    assert ("Keydemo", "Plandemo") in on_plans
    assert ("Keydemo", "Plantiny") in on_plans


def test_a_plan_lowers_the_limits_of_single_methods(tmp_path: Path) -> None:
    root = copied_platform(tmp_path / "platform")
    limits = {"foods-v1": {"list_foods": {"rate": 2.5, "burst": 5}}}
    change_yaml(root / "platform.yaml", lambda p: p["plans"]["demo"].update(methods=limits))
    plans = synthesise(tmp_path / "out", root=root, only="local")[f"{LOCAL}-plans"]
    stages = {
        plan["Properties"]["UsagePlanName"]: plan["Properties"]["ApiStages"]
        for plan in resources(plans, "AWS::ApiGateway::UsagePlan").values()
    }
    [lowered] = [s for s in stages["gatewright-local-plans-demo"] if "Throttle" in s]
    assert lowered["Throttle"] == {"/list_foods/GET": {"RateLimit": 2.5, "BurstLimit": 5}}
    assert all("Throttle" not in stage for stage in stages["gatewright-local-plans-tiny"])


def test_an_environment_has_only_the_plans_it_turns_on(templates: dict[str, Template]) -> None:
    plans = resources(templates[f"{PROD}-plans"], "AWS::ApiGateway::UsagePlan").values()
    assert [p["Properties"]["UsagePlanName"] for p in plans] == [
        "gatewright-prod-plans-standard",
        "gatewright-prod-plans-checks",
    ]
    _, key = only(templates[f"{PROD}-plans"], "AWS::ApiGateway::ApiKey")
    assert key["Properties"]["Name"] == "gatewright-prod-plans-checks"


def test_key_values_are_not_in_the_template(templates: dict[str, Template]) -> None:
    keys = resources(templates[f"{LOCAL}-plans"], "AWS::ApiGateway::ApiKey").values()
    enabled = {k["Properties"]["Name"]: k["Properties"]["Enabled"] for k in keys}
    assert (
        enabled.items()
        >= {
            "gatewright-local-plans-demo": True,
            "gatewright-local-plans-demo-disabled": False,
            "gatewright-local-plans-tiny": True,
        }.items()
    )
    assert all("Value" not in key["Properties"] for key in keys)


def test_tags_are_on_what_can_have_them(local_api: Template) -> None:
    _, api = only(local_api, "AWS::ApiGateway::RestApi")
    assert {"Key": "owner", "Value": "platform-team"} in api["Properties"]["Tags"]


def _client(templates: dict[str, Template], stack: str, kind: str) -> dict[str, Any]:
    clients = resources(templates[f"{stack}-identity"], "AWS::Cognito::UserPoolClient")
    found: dict[str, Any]
    [found] = [c["Properties"] for logical, c in clients.items() if f"{kind}Client" in logical]
    return found


def test_execution_logs_are_forgotten_too(local_api: Template) -> None:
    # Left to API Gateway, the group of this name would be kept for ever.
    api_id, _ = only(local_api, "AWS::ApiGateway::RestApi")
    stage_id, stage = only(local_api, "AWS::ApiGateway::Stage")
    names = {
        logical_id: group["Properties"].get("LogGroupName")
        for logical_id, group in resources(local_api, "AWS::Logs::LogGroup").items()
    }
    [named] = [logical_id for logical_id, name in names.items() if name]
    assert names[named] == {
        "Fn::Join": ["", ["API-Gateway-Execution-Logs_", {"Ref": api_id}, "/live"]]
    }
    assert named in stage["DependsOn"], stage_id


def test_machines_sign_nobody_in(templates: dict[str, Template]) -> None:
    assert _client(templates, LOCAL, "Machine")["ExplicitAuthFlows"] == ["ALLOW_REFRESH_TOKEN_AUTH"]


def test_stacks_are_marked_with_their_environment(local_api: Template) -> None:
    _, api = only(local_api, "AWS::ApiGateway::RestApi")
    tags = {tag["Key"]: tag["Value"] for tag in api["Properties"]["Tags"]}
    assert tags["gatewright:project"] == "gatewright"
    assert tags["gatewright:environment"] == "local"
