"""An environment whose releases go by a canary: what waits for what, and who may do what."""

import json
from pathlib import Path
from typing import Any

import pytest
from cdk_nag import AwsSolutionsChecks

from tests.showcase_templates import lint_findings
from tests.synthesis import Template, change_yaml, copied_platform, only, resources, synthesise

PREFIX = "000000000000-us-east-1/gatewright-local"
BAKE = "Custom::CanaryBake"


def with_canary(folder: Path, canary: dict[str, Any] | None) -> dict[str, Template]:
    """The local environment, and no more. cdk-nag fails the synthesis when it finds something."""
    root = copied_platform(folder / "platform")

    def change(file: dict[str, Any]) -> None:
        if canary is not None:
            file["environments"]["local"]["release"] = {"canary": canary}
        foods = file["services"]["foods"]["versions"]
        foods["v2"]["release_alarms"] = {"latency_p99_ms": "off", "alarms": ["queue-is-long"]}

    change_yaml(root / "platform.yaml", change)
    return synthesise(
        folder / "out", root=root, only="local", plugins=lambda app: [AwsSolutionsChecks(app)]
    )


@pytest.fixture(scope="module")
def templates(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Template]:
    canary = {
        "steps": [5, 20, 60],
        "bake_seconds": [60, 120, 180],
        "alarms": {"function_errors": 3},
    }
    return with_canary(tmp_path_factory.mktemp("canary"), canary)


@pytest.fixture(scope="module")
def api(templates: dict[str, Template]) -> Template:
    return templates[f"{PREFIX}-foods-v1"]


def test_the_stage_waits_for_the_bake_which_waits_for_the_release(api: Template) -> None:
    bake, resource = only(api, BAKE)
    _, stage = only(api, "AWS::ApiGateway::Stage")
    assert bake in stage["DependsOn"]
    [policy] = [name for name in resources(api, "AWS::IAM::Policy") if "Canary" in name]
    kinds = ("AWS::Lambda::Alias", "AWS::Lambda::Permission", "AWS::CloudWatch::Alarm")
    before = {name for kind in kinds for name in resources(api, kind)}
    assert {policy} | before <= set(resource["DependsOn"])


def test_the_bake_tries_what_the_stage_gets(api: Template) -> None:
    tried, stage = (only(api, kind)[1]["Properties"] for kind in (BAKE, "AWS::ApiGateway::Stage"))
    for name in ("DeploymentId", "Variables", "RestApiId", "StageName"):
        assert tried[name] == stage[name]
    assert (tried["Steps"], tried["BakeSeconds"]) == ([5, 20, 60], [60, 120, 180])
    assert tried["Parameter"] == "/gatewright/gatewright/local/foods-v1"


def test_the_stage_itself_never_has_canary_settings(api: Template) -> None:
    assert "CanarySetting" not in only(api, "AWS::ApiGateway::Stage")[1]["Properties"]


def alarms(template: Template) -> dict[str, dict[str, Any]]:
    return {
        alarm["Properties"]["AlarmName"].rpartition("-canary-")[2]: alarm["Properties"]
        for alarm in resources(template, "AWS::CloudWatch::Alarm").values()
    }


def test_each_alarm_watches_the_canary_alone(api: Template) -> None:
    found = alarms(api)
    assert set(found) == {"5xx", "4xx", "latency", "function-errors", "function-throttles"}
    for name in ("5xx", "latency"):
        dimensions = {d["Name"]: d["Value"] for d in found[name]["Dimensions"]}
        assert dimensions == {"ApiName": "gatewright-local-foods-v1", "Stage": "live/Canary"}
    _, alias = only(api, "AWS::Lambda::Alias")
    [resource] = [
        d["Value"] for d in found["function-errors"]["Dimensions"] if d["Name"] == "Resource"
    ]
    assert resource["Fn::Join"] == [
        ":",
        [alias["Properties"]["FunctionName"], alias["Properties"]["Name"]],
    ]


def test_thresholds_come_from_the_version_the_environment_or_the_default(
    templates: dict[str, Template],
) -> None:
    v1, v2 = (alarms(templates[f"{PREFIX}-foods-{version}"]) for version in ("v1", "v2"))
    thresholds = {name: alarm["Threshold"] for name, alarm in v1.items()}
    assert thresholds == {
        "5xx": 0.01,
        "4xx": 10,
        "latency": 3000,
        "function-errors": 3,
        "function-throttles": 0,
    }
    assert set(v2) == set(v1) - {"latency"}
    _, bake = only(templates[f"{PREFIX}-foods-v2"], BAKE)
    assert bake["Properties"]["Alarms"][-1] == "queue-is-long"
    assert "queue-is-long" not in bake["Properties"]["CanaryAlarms"]


def test_the_controller_may_touch_this_stage_and_its_record_alone(api: Template) -> None:
    rest_api, _ = only(api, "AWS::ApiGateway::RestApi")
    [policy] = [
        found["Properties"]
        for found in resources(api, "AWS::IAM::Policy").values()
        if found["Properties"].get("Roles") == ["gatewright-local-releases-canary"]
    ]
    allowed = {
        action: statement["Resource"]
        for statement in policy["PolicyDocument"]["Statement"]
        for action in (
            statement["Action"] if isinstance(statement["Action"], list) else [statement["Action"]]
        )
    }
    assert "*" not in str(allowed)
    assert allowed["apigateway:PATCH"]["Fn::Join"][1][-2:] == [{"Ref": rest_api}, "/stages/live"]
    names = [arn.rpartition("/")[2] for arn in allowed["ssm:PutParameter"]]
    assert names == ["release", "wish"]
    assert allowed["cloudformation:DescribeStacks"] == {"Ref": "AWS::StackId"}


def test_the_schemas_have_nothing_against_it(templates: dict[str, Template]) -> None:
    for name in ("releases", "foods-v1"):
        assert lint_findings(templates[f"{PREFIX}-{name}"]) == []


def test_all_at_once_has_nothing_of_it(tmp_path: Path) -> None:
    templates = with_canary(tmp_path, None)
    assert f"{PREFIX}-releases" not in templates
    assert not resources(templates[f"{PREFIX}-foods-v1"], BAKE)


def test_the_dashboard_shows_each_stage_beside_its_canary(templates: dict[str, Template]) -> None:
    _, dashboard = only(templates[f"{PREFIX}-releases"], "AWS::CloudWatch::Dashboard")
    body = str(dashboard["Properties"]["DashboardBody"])
    for api in ("gatewright-local-foods-v1", "gatewright-local-foods-v2"):
        for stage in ("live", "live/Canary"):
            for metric in ("Count", "5XXError", "4XXError", "Latency"):
                assert f'"{metric}","ApiName","{api}","Stage","{stage}"' in body
        assert f'"ReleaseDecisions","api","{api}","decision","rolled-back"' in body


@pytest.fixture(scope="module")
def smoked(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Template]:
    return with_canary(tmp_path_factory.mktemp("smoke"), {"smoke": True})


def test_a_smoke_check_calls_what_reads_and_has_examples(smoked: dict[str, Template]) -> None:
    calls = {
        version: json.loads(
            only(smoked[f"{PREFIX}-foods-{version}"], BAKE)[1]["Properties"]["Smoke"]
        )
        for version in ("v1", "v2")
    }
    assert [(call["method"], call["path"]) for call in calls["v1"]] == [
        ("GET", "/"),
        ("GET", "/list_foods"),
    ]
    assert all(call["method"] == "GET" for call in calls["v2"])
    schema = calls["v1"][0]["answers"]["200"]["application/json"]
    assert schema["$schema"].endswith("draft-04/schema#")


def test_the_controller_may_test_methods_and_nothing_else_of_the_api(
    smoked: dict[str, Template], api: Template
) -> None:
    template = smoked[f"{PREFIX}-foods-v1"]
    rest_api, _ = only(template, "AWS::ApiGateway::RestApi")
    statements = [
        (statement["Action"], statement["Resource"]["Fn::Join"][1][-2:])
        for policy in resources(template, "AWS::IAM::Policy").values()
        for statement in policy["Properties"]["PolicyDocument"]["Statement"]
        if "apigateway" in str(statement["Action"])
    ]
    ref = {"Ref": rest_api}
    assert statements == [
        (["apigateway:GET", "apigateway:PATCH"], [ref, "/stages/live"]),
        ("apigateway:GET", [ref, "/resources"]),
        ("apigateway:POST", [ref, "/resources/*/methods/*"]),
    ]
    assert callers(template) == {"/live/*/*", "/test-invoke-stage/*/*"}
    assert callers(api) == {"/live/*/*"}
    assert lint_findings(template) == []


def callers(template: Template) -> set[str]:
    return {
        permission["Properties"]["SourceArn"]["Fn::Join"][1][-1]
        for permission in resources(template, "AWS::Lambda::Permission").values()
    }
