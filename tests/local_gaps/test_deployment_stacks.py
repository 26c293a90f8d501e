"""Deployments and stages in stacks: what is served after an update, and what fails.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-deployment.html
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-stage.html
"""

from __future__ import annotations

import time
from typing import Any

from tests.local_gaps.running import Aws, Stack, document, mock

API = {"Ref": "Api"}
Resources = dict[str, Any]


def resources(text: str, deployment: str) -> Resources:
    """An API that answers with the text, deployed under this logical id, which a change salts."""
    return {
        "Api": {
            "Type": "AWS::ApiGateway::RestApi",
            "Properties": {"Body": document({"/a": {"get": mock(text)}})},
        },
        deployment: {"Type": "AWS::ApiGateway::Deployment", "Properties": {"RestApiId": API}},
        "Live": {
            "Type": "AWS::ApiGateway::Stage",
            "Properties": {
                "RestApiId": API,
                "StageName": "live",
                "DeploymentId": {"Ref": deployment},
            },
        },
    }


def served(aws: Aws, stack: Stack) -> str:
    return aws.call(stack.physical_id("Api"), "/a").text


def deployments(aws: Aws, stack: Stack) -> set[str]:
    found = aws.client("apigateway").get_deployments(restApiId=stack.physical_id("Api"))
    return {item["id"] for item in found["items"]}


def test_a_changed_body_is_served_with_the_next_deployment(aws: Aws) -> None:
    stack = aws.stack("redeployed", resources("old", "First"))
    assert served(aws, stack) == "old"
    stack = aws.stack("redeployed", resources("new", "First"), update=True)
    assert served(aws, stack) == "old"
    stack = aws.stack("redeployed", resources("new", "Second"), update=True)
    assert stack.status == "UPDATE_COMPLETE", stack.reasons
    assert served(aws, stack) == "new"
    assert deployments(aws, stack) == {stack.physical_id("Second")}


def test_a_rollback_serves_the_old_deployment_again(aws: Aws) -> None:
    stack = aws.stack("redeployed-back", resources("old", "First"))
    broken = {
        "Type": "AWS::ApiGateway::RestApi",
        "DependsOn": "Live",
        "Properties": {"Body": {"openapi": "3.1.0"}},
    }
    stack = aws.stack(
        "redeployed-back", {**resources("new", "Second"), "Broken": broken}, update=True
    )
    assert stack.status == "UPDATE_ROLLBACK_COMPLETE"
    assert served(aws, stack) == "old"
    assert deployments(aws, stack) == {stack.physical_id("First")}


def test_a_deployment_that_another_stage_serves_stays(aws: Aws) -> None:
    """The update succeeds on AWS too, since it is over when old resources are deleted."""
    stack = aws.stack("still-served", resources("old", "First"))
    api, first = stack.physical_id("Api"), stack.physical_id("First")
    aws.client("apigateway").create_stage(restApiId=api, stageName="other", deploymentId=first)
    stack = aws.stack("still-served", resources("new", "Second"), update=True)
    assert stack.status == "UPDATE_COMPLETE"
    assert "Active stages pointing to this deployment must be moved or deleted" in stack.reasons
    assert first in deployments(aws, stack)
    assert (served(aws, stack), aws.call(api, "/a", stage="other").text) == ("new", "old")


def test_a_stack_is_deleted_stage_first(aws: Aws) -> None:
    for name, made in (("gone", resources("old", "First")), ("gone-named", named())):
        stack = aws.stack(name, made)
        assert served(aws, stack) == "old"
        formation = aws.client("cloudformation")
        identity = formation.describe_stacks(StackName=name)["Stacks"][0]["StackId"]
        formation.delete_stack(StackName=name)
        assert wait(formation, identity) == "DELETE_COMPLETE"


def named() -> Resources:
    """The deployment makes the stage itself."""
    made = resources("old", "First")
    del made["Live"]
    made["First"]["Properties"]["StageName"] = "live"
    return made


def wait(formation: Any, identity: str) -> str:
    for _ in range(200):
        stack = formation.describe_stacks(StackName=identity)["Stacks"][0]
        if not stack["StackStatus"].endswith("_IN_PROGRESS"):
            return str(stack["StackStatus"])
        time.sleep(0.05)
    raise AssertionError(f"{identity} is still there")


def test_a_stage_without_a_deployment_fails(aws: Aws) -> None:
    for identity, reason in (("", "cannot be empty"), ("0badc0de", "does not exist")):
        made = resources("old", "First")
        made["Live"]["Properties"]["DeploymentId"] = identity
        stack = aws.stack(f"undeployed{identity}", made)
        assert stack.status == "ROLLBACK_COMPLETE"
        assert reason in stack.reasons
