"""The order and the names of a release: versions, aliases, permissions, deployment, stage."""

from pathlib import Path

import pytest

from tests.synthesis import (
    Template,
    change_text,
    change_yaml,
    copied_platform,
    only,
    resources,
    synthesise,
)

NAME = "000000000000-us-east-1/gatewright-local-foods-v1"
KEPT = (
    "AWS::ApiGateway::Deployment",
    "AWS::Lambda::Alias",
    "AWS::Lambda::Permission",
    "AWS::Lambda::Version",
)


def test_the_stage_holds_deployment_and_alias_together(local_api: Template) -> None:
    _, stage = only(local_api, "AWS::ApiGateway::Stage")
    deployment_id, _ = only(local_api, "AWS::ApiGateway::Deployment")
    _, alias = only(local_api, "AWS::Lambda::Alias")
    properties = stage["Properties"]
    assert properties["DeploymentId"] == {"Fn::GetAtt": [deployment_id, "DeploymentId"]}
    assert properties["Variables"] == {"lambdaAlias": alias["Properties"]["Name"]}


def test_the_alias_is_named_by_release_and_version(local_api: Template) -> None:
    version_id, _ = only(local_api, "AWS::Lambda::Version")
    _, function = only(local_api, "AWS::Lambda::Function")
    _, alias = only(local_api, "AWS::Lambda::Alias")
    release = function["Properties"]["Environment"]["Variables"]["GATEWRIGHT_RELEASE"]
    number = {"Fn::GetAtt": [version_id, "Version"]}
    assert alias["Properties"]["Name"] == {"Fn::Join": ["-", [release, number]]}
    assert alias["Properties"]["FunctionVersion"] == number


def test_the_permission_covers_the_alias_and_one_stage_only(local_api: Template) -> None:
    alias_id, _ = only(local_api, "AWS::Lambda::Alias")
    api_id, _ = only(local_api, "AWS::ApiGateway::RestApi")
    _, permission = only(local_api, "AWS::Lambda::Permission")
    assert permission["Properties"]["FunctionName"] == {"Ref": alias_id}
    assert permission["Properties"]["Principal"] == "apigateway.amazonaws.com"
    parts = permission["Properties"]["SourceArn"]["Fn::Join"][1]
    assert parts[-2:] == [{"Ref": api_id}, "/live/*/*"]


def test_nothing_is_published_before_it_can_be_called(local_api: Template) -> None:
    deployment_id, deployment = only(local_api, "AWS::ApiGateway::Deployment")
    _, stage = only(local_api, "AWS::ApiGateway::Stage")
    callable_first = {only(local_api, kind)[0] for kind in KEPT if "Lambda" in kind}
    assert callable_first <= set(deployment["DependsOn"])
    assert callable_first <= set(stage["DependsOn"])
    assert deployment_id == stage["Properties"]["DeploymentId"]["Fn::GetAtt"][0]


@pytest.mark.parametrize("kind", KEPT)
def test_the_previous_release_is_kept_and_a_failed_one_is_not(
    local_api: Template, kind: str
) -> None:
    _, resource = only(local_api, kind)
    assert resource["DeletionPolicy"] == "RetainExceptOnCreate"
    assert resource["UpdateReplacePolicy"] == "Retain"


def test_integrations_call_the_stages_alias(local_api: Template) -> None:
    _, api = only(local_api, "AWS::ApiGateway::RestApi")
    function_id, _ = only(local_api, "AWS::Lambda::Function")
    integration = api["Properties"]["Body"]["paths"]["/"]["get"]["x-amazon-apigateway-integration"]
    parts = integration["uri"]["Fn::Join"][1]
    assert parts[-2:] == [
        {"Fn::GetAtt": [function_id, "Arn"]},
        ":${stageVariables.lambdaAlias}/invocations",
    ]


def test_changed_code_makes_a_new_release_beside_the_function(
    tmp_path: Path, local_api: Template
) -> None:
    root = copied_platform(tmp_path / "platform")
    change_text(root / "lambda_src/foods/v1/stock.py", '"hotdog": "no"', '"hotdog": "yes"')
    changed = synthesise(tmp_path / "out", root=root, only="local")[NAME]
    for kind in KEPT[1:]:
        assert only(changed, kind)[0] != only(local_api, kind)[0]
    for kind in ("AWS::Lambda::Function", "AWS::ApiGateway::RestApi", "AWS::ApiGateway::Stage"):
        assert only(changed, kind)[0] == only(local_api, kind)[0]


def test_changed_configuration_makes_a_new_release_and_a_tag_does_not(
    tmp_path: Path, local_api: Template
) -> None:
    root = copied_platform(tmp_path / "platform")
    change_yaml(root / "platform.yaml", lambda p: p.update(tags={"commit": "abc"}))
    tagged = synthesise(tmp_path / "tagged", root=root, only="local")[NAME]
    assert resources(tagged, KEPT[3]).keys() == resources(local_api, KEPT[3]).keys()
    change_yaml(
        root / "platform.yaml",
        lambda p: p["services"]["foods"]["versions"]["v1"].update(memory_mb=256),
    )
    smaller = synthesise(tmp_path / "smaller", root=root, only="local")[NAME]
    assert resources(smaller, KEPT[3]).keys() != resources(local_api, KEPT[3]).keys()
