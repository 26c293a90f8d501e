"""A small pipeline from a commit to what it deploys, against a running embedded AWS."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from local.embedded_aws import EmbeddedAws
from local.rehearsal.actions import ActionResult
from local.rehearsal.definition import read_definition
from local.rehearsal.engine import Engine, Revision
from local.rehearsal.execution import Execution, State
from local.rehearsal.git import head
from local.rehearsal.runners import runners
from tests.local_gaps.running import ACCOUNT, REGION, Aws

BUCKET, PROJECT, STACK = "rehearsed-artifacts", "rehearsed-build", "rehearsed-prod"
BUILDSPEC = """
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
"""


def described(name: str, category: str, provider: str, order: int = 1, **more: Any) -> Any:
    kind = {"category": category, "owner": "AWS", "provider": provider, "version": "1"}
    return {"name": name, "actionTypeId": kind, "runOrder": order, **more}


def deploys(name: str, order: int, mode: str, **more: Any) -> Any:
    settings = {"ActionMode": mode, "StackName": STACK, "ChangeSetName": "PipelineChange"}
    given = {**settings, **more.pop("configuration", {})}
    return described(name, "Deploy", "CloudFormation", order, configuration=given, **more)


def pipeline() -> Mapping[str, Any]:
    """As GetPipeline describes it."""
    source = described(
        "Source",
        "Source",
        "CodeCommit",
        outputArtifacts=[{"name": "Source"}],
        configuration={"RepositoryName": "r", "BranchName": "main"},
        namespace="Source",
    )
    build = described(
        "Build",
        "Build",
        "CodeBuild",
        inputArtifacts=[{"name": "Source"}],
        outputArtifacts=[{"name": "Assembly"}],
        configuration={"ProjectName": PROJECT},
        namespace="Build",
    )
    approve = described(
        "Approve",
        "Approval",
        "Manual",
        configuration={"CustomData": "#{Build.DRINK} of #{Source.CommitMessage}"},
    )
    prepare = deploys(
        "Prepare",
        1,
        "CHANGE_SET_REPLACE",
        inputArtifacts=[{"name": "Assembly"}],
        configuration={"TemplatePath": "Assembly::template.json"},
    )
    stages = {
        "Source": [source],
        "Build": [build],
        "Approve": [approve],
        "Prod": [prepare, deploys("Deploy", 2, "CHANGE_SET_EXECUTE")],
    }
    return {
        "name": "rehearsed",
        "version": 1,
        "roleArn": f"arn:aws:iam::{ACCOUNT}:role/pipeline",
        "artifactStore": {"type": "S3", "location": BUCKET},
        "stages": [{"name": name, "actions": actions} for name, actions in stages.items()],
    }


class Approving:
    """Approves, and notes what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def run(self, action: Any, _context: Any) -> ActionResult:
        self.asked.append(action.configuration["CustomData"])
        return ActionResult(summary="approved")


@dataclass
class Releasing:
    """A repository whose commits are released."""

    aws: Aws
    folder: Path
    approving: Approving

    def release(self, drink: str) -> Execution:
        repository = self.folder / "repository"
        (repository / "drink").write_text(f"{drink}\n")
        self._git("add", "--all")
        self._git("commit", "--quiet", "--message", f"Sell {drink or 'nothing'}")
        commit = head(repository)
        port = int(self.aws.endpoint.rpartition(":")[2])
        engine = Engine(
            aws=EmbeddedAws(port=port, account=ACCOUNT, region=REGION, folder=self.folder),
            read=lambda: read_definition(pipeline(), REGION),
            runners=runners(
                commit,
                folder=self.folder / "shared",
                jobs=lambda _account, _region: pytest.fail("no action is a function"),
                approval=self.approving,
                build_variables={},
            ),
            folder=self.folder / "rehearsal",
        )
        [execution] = engine.run(Revision(id=commit.id, subject=commit.subject))
        return execution

    def deployed(self) -> str:
        found = self.aws.client("ssm").get_parameter(Name="rehearsed-drink")
        return str(found["Parameter"]["Value"])

    def _git(self, *arguments: str) -> None:
        who = ("-c", "user.name=Ann", "-c", "user.email=ann@example.com")
        command = ["git", "-C", str(self.folder / "repository"), *who, *arguments]
        subprocess.run(command, check=True)


@pytest.fixture
def releasing(aws: Aws, tmp_path: Path) -> Releasing:
    aws.client("s3").create_bucket(Bucket=BUCKET)
    aws.client("codebuild").create_project(
        name=PROJECT,
        source={"type": "CODEPIPELINE", "buildspec": BUILDSPEC},
        artifacts={"type": "CODEPIPELINE"},
        environment={
            "type": "LINUX_CONTAINER",
            "image": "aws/codebuild/standard:7.0",
            "computeType": "BUILD_GENERAL1_SMALL",
        },
        serviceRole=f"arn:aws:iam::{ACCOUNT}:role/build",
    )
    subprocess.run(["git", "init", "--quiet", str(tmp_path / "repository")], check=True)  # noqa: S607
    return Releasing(aws, tmp_path, Approving())


def test_commits_are_released(releasing: Releasing) -> None:
    execution = releasing.release("tea")
    assert execution.state == State.SUCCEEDED, execution
    assert releasing.deployed() == "tea"
    assert releasing.approving.asked == ["tea of Sell tea"]

    failed = releasing.release("")
    assert [stage.state for stage in failed.stages] == [
        State.SUCCEEDED,
        State.FAILED,
        State.WAITING,
        State.WAITING,
    ]
    assert failed.stages[1].actions[0].reason.endswith("The last lines:\n  there is no drink")
    assert releasing.deployed() == "tea"

    assert releasing.release("milk").state == State.SUCCEEDED
    assert releasing.deployed() == "milk"
    artifacts = releasing.aws.client("s3").list_objects_v2(Bucket=BUCKET)["Contents"]
    assert {item["Key"].rpartition("/")[0] for item in artifacts} == {
        "rehearsed/Source",
        "rehearsed/Assembly",
    }
