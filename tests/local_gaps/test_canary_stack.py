"""`CanarySetting` of a stage in a stack: made, changed, taken away, and given back by a rollback.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-apigateway-stage-canarysetting.html
"""

from __future__ import annotations

from typing import Any

from tests.local_gaps.running import Aws, Stack, document, mock

API = {"Ref": "Api"}
SETTING = {
    "DeploymentId": {"Ref": "Second"},
    "PercentTraffic": 25,
    "StageVariableOverrides": {"alias": "two"},
}
SHOWN = {"percentTraffic": 25.0, "useStageCache": False, "stageVariableOverrides": {"alias": "two"}}


def resources(canary: Any = None, deployment: str = "First", **more: Any) -> dict[str, Any]:
    """An API with two deployments, and a stage of one of them with this canary."""
    deployed = {"Type": "AWS::ApiGateway::Deployment", "Properties": {"RestApiId": API}}
    properties = {
        "RestApiId": API,
        "StageName": "live",
        "DeploymentId": {"Ref": deployment},
        **({"CanarySetting": canary} if canary else {}),
    }
    return {
        "Api": {
            "Type": "AWS::ApiGateway::RestApi",
            "Properties": {"Body": document({"/a": {"get": mock("a")}})},
        },
        "First": deployed,
        "Second": {**deployed, "DependsOn": "First"},
        "Live": {"Type": "AWS::ApiGateway::Stage", "Properties": properties},
        **more,
    }


def canary(aws: Aws, stack: Stack) -> Any:
    return stage(aws, stack).get("canarySettings")


def stage(aws: Aws, stack: Stack) -> Any:
    api = stack.physical_id("Api")
    return aws.client("apigateway").get_stage(restApiId=api, stageName="live")


def test_made_changed_and_taken_away(aws: Aws) -> None:
    stack = aws.stack("canary", resources(SETTING))
    second = stack.physical_id("Second")
    assert canary(aws, stack) == {**SHOWN, "deploymentId": second}
    more = {"PercentTraffic": 50, "UseStageCache": True}
    aws.stack("canary", resources(more), update=True)
    expected = {"percentTraffic": 50.0, "useStageCache": True}
    assert canary(aws, stack) == {**expected, "deploymentId": stack.physical_id("First")}
    stack = aws.stack("canary", resources(), update=True)
    assert stack.status == "UPDATE_COMPLETE", stack.reasons
    assert canary(aws, stack) is None


def test_added_and_promoted_by_the_template(aws: Aws) -> None:
    stack = aws.stack("canary-promoted", resources())
    aws.stack("canary-promoted", resources(SETTING), update=True)
    assert canary(aws, stack)["percentTraffic"] == 25
    stack = aws.stack("canary-promoted", resources(deployment="Second"), update=True)
    assert stack.status == "UPDATE_COMPLETE", stack.reasons
    assert stage(aws, stack)["deploymentId"] == stack.physical_id("Second")
    assert canary(aws, stack) is None


def test_a_rollback_gives_it_back(aws: Aws) -> None:
    stack = aws.stack("canary-back", resources(SETTING))
    before = canary(aws, stack)
    broken = {
        "Type": "AWS::ApiGateway::RestApi",
        "DependsOn": "Live",
        "Properties": {"Body": {"openapi": "3.1.0"}},
    }
    stack = aws.stack("canary-back", resources(Broken=broken), update=True)
    assert stack.status == "UPDATE_ROLLBACK_COMPLETE"
    assert canary(aws, stack) == before


def start(aws: Aws, stack: Stack) -> None:
    aws.client("apigateway").update_stage(
        restApiId=stack.physical_id("Api"),
        stageName="live",
        patchOperations=[
            {"op": "replace", "path": "/canarySettings/percentTraffic", "value": "10"}
        ],
    )


def test_one_that_no_template_names_stays(aws: Aws) -> None:
    """As long as the stage need not move: CloudFormation compares templates."""
    stack = aws.stack("canary-kept", resources())
    start(aws, stack)
    tagged = resources(Topic={"Type": "AWS::SNS::Topic"})
    tagged["Live"]["Properties"]["Description"] = "other"
    stack = aws.stack("canary-kept", tagged, update=True)
    assert stack.status == "UPDATE_COMPLETE", stack.reasons
    assert canary(aws, stack)["percentTraffic"] == 10
    stack = aws.stack("canary-kept", resources(deployment="Second"), update=True)
    assert stack.status == "UPDATE_ROLLBACK_COMPLETE"
    assert "Canary is enabled" in stack.reasons


def test_an_unknown_deployment_fails(aws: Aws) -> None:
    stack = aws.stack("canary-unknown", resources({"DeploymentId": "0badc0de"}))
    assert stack.status == "ROLLBACK_COMPLETE"
    assert "Deployment id does not exist" in stack.reasons


def test_a_deployment_may_come_as_the_canary_s(aws: Aws) -> None:
    stack = aws.stack("canary-deployed", resources())
    third = {
        "Type": "AWS::ApiGateway::Deployment",
        "DependsOn": "Live",
        "Properties": {
            "RestApiId": API,
            "StageName": "live",
            "DeploymentCanarySettings": {
                "PercentTraffic": 25,
                "StageVariableOverrides": {"alias": "two"},
            },
        },
    }
    stack = aws.stack("canary-deployed", resources(Third=third), update=True)
    assert stack.status == "UPDATE_COMPLETE", stack.reasons
    assert canary(aws, stack) == {**SHOWN, "deploymentId": stack.physical_id("Third")}
    assert stage(aws, stack)["deploymentId"] == stack.physical_id("First")
