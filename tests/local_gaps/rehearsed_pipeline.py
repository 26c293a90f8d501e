"""A small pipeline, as GetPipeline describes it: it builds a template of a drink and deploys it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from tests.local_gaps.running import ACCOUNT

BUCKET, STACK = "rehearsed-artifacts", "rehearsed-prod"
DRINK = "rehearsed-drink"
PROJECTS = {
    "rehearsed-build": """
version: 0.2
env: {exported-variables: [DRINK]}
phases:
  build:
    commands:
      - export DRINK="$(cat drink)"
      - grep -q "[a-z]" drink || { echo "there is no drink"; exit 1; }
      - >-
        printf '{"Resources": {"Known": {"Type": "AWS::SSM::Parameter", "Properties":
        {"Name": "rehearsed-drink", "Type": "String", "Value": "%s"}}}}' "$DRINK" > template.json
artifacts: {files: template.json}
""",
    "rehearsed-smoke": """
version: 0.2
phases:
  build:
    commands:
      - test "$DRINK" != poison
""",
}


def pipeline() -> Mapping[str, Any]:
    """The whole of it. Its last stage is rolled back when it fails."""
    back = {"onFailure": {"result": "ROLLBACK"}}
    return {
        "name": "rehearsed",
        "version": 1,
        "roleArn": f"arn:aws:iam::{ACCOUNT}:role/pipeline",
        "artifactStore": {"type": "S3", "location": BUCKET},
        "stages": [
            {"name": "Source", "actions": [source()]},
            {"name": "Build", "actions": [build()]},
            {"name": "Approve", "actions": [approve()]},
            {"name": "Prod", "actions": [prepare(), execute(), smoke()], **back},
        ],
    }


def source() -> Any:
    return described(
        "Source",
        "Source",
        "CodeCommit",
        outputArtifacts=[{"name": "Source"}],
        configuration={"RepositoryName": "r", "BranchName": "main"},
        namespace="Source",
    )


def build() -> Any:
    return described(
        "Build",
        "Build",
        "CodeBuild",
        inputArtifacts=[{"name": "Source"}],
        outputArtifacts=[{"name": "Assembly"}],
        configuration={"ProjectName": "rehearsed-build"},
        namespace="Build",
    )


def approve() -> Any:
    asked = {"CustomData": "#{Build.DRINK} of #{Source.CommitMessage}"}
    return described("Approve", "Approval", "Manual", configuration=asked)


def prepare() -> Any:
    return described(
        "Prepare",
        "Deploy",
        "CloudFormation",
        inputArtifacts=[{"name": "Assembly"}],
        configuration={
            **change_set("CHANGE_SET_REPLACE"),
            "TemplatePath": "Assembly::template.json",
        },
    )


def execute() -> Any:
    settings = change_set("CHANGE_SET_EXECUTE")
    return described("Deploy", "Deploy", "CloudFormation", 2, configuration=settings)


def smoke() -> Any:
    variables = [{"name": "DRINK", "value": "#{Build.DRINK}"}]
    return described(
        "Smoke",
        "Test",
        "CodeBuild",
        3,
        inputArtifacts=[{"name": "Assembly"}],
        configuration={
            "ProjectName": "rehearsed-smoke",
            "EnvironmentVariables": json.dumps(variables),
        },
    )


def change_set(mode: str) -> dict[str, str]:
    return {"ActionMode": mode, "StackName": STACK, "ChangeSetName": "PipelineChange"}


def described(name: str, category: str, provider: str, order: int = 1, **more: Any) -> Any:
    kind = {"category": category, "owner": "AWS", "provider": provider, "version": "1"}
    return {"name": name, "actionTypeId": kind, "runOrder": order, **more}
