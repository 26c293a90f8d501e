"""`AWS::CodePipeline::Pipeline` in stacks.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-codepipeline-pipeline.html
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.local_gaps.pipelines import ROLE, template
from tests.local_gaps.running import Aws, Stack
from tests.local_gaps.test_deployment_stacks import wait

SOURCE = {
    "name": "Code",
    "actionTypeId": {"category": "Source", "owner": "AWS", "provider": "S3", "version": "1"},
    "configuration": {"S3Bucket": "b", "PollForSourceChanges": "false"},
    "outputArtifacts": [{"name": "code"}],
    "namespace": "SourceVariables",
}
CHECKS = {
    "name": "Checks",
    "actionTypeId": {"category": "Invoke", "owner": "AWS", "provider": "Lambda", "version": "1"},
    "configuration": {"FunctionName": "checks", "UserParameters": '{"Name": 1}'},
    "inputArtifacts": [{"name": "code"}],
    "region": "eu-west-1",
    "roleArn": ROLE,
    "runOrder": 2,
    "timeoutInMinutes": 20,
}


def found(aws: Aws, stack: Stack) -> Any:
    name = stack.physical_id("Release")
    return aws.client("codepipeline").get_pipeline(name=name)["pipeline"]


def resources(**changes: Any) -> dict[str, Any]:
    """A pipeline, and a parameter with its version."""
    version = {"Type": "String", "Value": {"Fn::GetAtt": ["Release", "Version"]}}
    return {
        "Release": template(**changes),
        "Version": {"Type": "AWS::SSM::Parameter", "Properties": version},
    }


def version(aws: Aws, stack: Stack) -> str:
    name = stack.physical_id("Version")
    return str(aws.client("ssm").get_parameter(Name=name)["Parameter"]["Value"])


def test_a_template_becomes_what_get_pipeline_answers(aws: Aws) -> None:
    stack = aws.stack("declared", {"Release": template('{"Name": 1}')})
    assert stack.status == "CREATE_COMPLETE", stack.reasons
    store = {"type": "S3", "encryptionKey": {"id": "key", "type": "KMS"}}
    assert found(aws, stack) == {
        "name": stack.physical_id("Release"),
        "version": 1,
        "roleArn": ROLE,
        "pipelineType": "V2",
        "executionMode": "QUEUED",
        "artifactStores": {
            region: {**store, "location": f"artifacts-{region}"}
            for region in ("us-east-1", "eu-west-1")
        },
        "stages": [
            {"name": "Source", "actions": [SOURCE]},
            {"name": "Beta", "onFailure": {"result": "ROLLBACK"}, "actions": [CHECKS]},
        ],
    }


def test_each_change_of_the_structure_is_a_version(aws: Aws) -> None:
    stack = aws.stack("counted", resources())
    assert version(aws, stack) == "1"
    stack = aws.stack("counted", resources(user_parameters="[]"), update=True)
    assert stack.status == "UPDATE_COMPLETE", stack.reasons
    assert (version(aws, stack), found(aws, stack)["version"]) == ("2", 2)
    for unseen in ({"Tags": [{"Key": "a", "Value": "b"}]}, {"RestartExecutionOnUpdate": False}):
        stack = aws.stack("counted", resources(user_parameters="[]", **unseen), update=True)
        assert stack.status == "UPDATE_COMPLETE", stack.reasons
        assert (version(aws, stack), found(aws, stack)["version"]) == ("2", 2)


def test_a_failed_update_goes_back(aws: Aws) -> None:
    stack = aws.stack("back", {"Release": template()})
    broken = {**template(RoleArn="nobody"), "DependsOn": "Release"}
    changed = {"Release": template("[]"), "Broken": broken}
    stack = aws.stack("back", changed, update=True)
    assert stack.status == "UPDATE_ROLLBACK_COMPLETE"
    pipeline = found(aws, stack)
    assert pipeline["stages"][1]["actions"][0]["configuration"]["UserParameters"] == "{}"
    assert pipeline["version"] == 3


def test_another_name_is_another_pipeline(aws: Aws) -> None:
    stack = aws.stack("renamed", {"Release": template(Name="old")})
    assert stack.physical_id("Release") == "old"
    stack = aws.stack("renamed", {"Release": template(Name="new")}, update=True)
    assert stack.status == "UPDATE_COMPLETE", stack.reasons
    assert found(aws, stack)["name"] == "new"
    names = [one["name"] for one in aws.client("codepipeline").list_pipelines()["pipelines"]]
    assert "old" not in names


def test_a_deleted_stack_takes_its_pipeline(aws: Aws) -> None:
    stack = aws.stack("deleted-pipeline", {"Release": template(Name="gone")})
    formation = aws.client("cloudformation")
    identity = formation.describe_stacks(StackName=stack.name)["Stacks"][0]["StackId"]
    formation.delete_stack(StackName=stack.name)
    assert wait(formation, identity) == "DELETE_COMPLETE"
    names = [one["name"] for one in aws.client("codepipeline").list_pipelines()["pipelines"]]
    assert "gone" not in names


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "unknown": ({"Purpose": "x"}, "extraneous key [Purpose] is not permitted"),
    "version": ({"Version": 3}, "extraneous key [Version] is not permitted"),
    "no-stages": ({"Stages": []}, "at least 2 stages"),
    "no-store": ({"ArtifactStores": []}, "either artifactStore or artifactStores"),
    "not-a-number": ({"Variables": [{"Name": ["x"]}]}, "#/Variables/0/Name: expected type: String"),
    "role": ({"RoleArn": "pipeline"}, "Value at 'pipeline.roleArn' failed to satisfy"),
}


@pytest.mark.parametrize(("change", "reason"), REFUSED.values(), ids=REFUSED)
def test_properties_that_are_refused(aws: Aws, change: dict[str, Any], reason: str) -> None:
    name = f"refused-{next(key for key, case in REFUSED.items() if case[1] == reason)}"
    stack = aws.stack(name, {"Release": template(**change)})
    assert stack.status == "ROLLBACK_COMPLETE"
    assert reason in stack.reasons
