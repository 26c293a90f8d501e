"""A small pipeline from a commit to what it deploys, against a running embedded AWS."""

from __future__ import annotations

import subprocess
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
from tests.local_gaps.rehearsed_pipeline import BUCKET, DRINK, PROJECTS, pipeline
from tests.local_gaps.running import ACCOUNT, REGION, Aws


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

    def release(self, drink: str) -> list[Execution]:
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
        return engine.run(Revision(id=commit.id, subject=commit.subject))

    def deployed(self) -> str:
        found = self.aws.client("ssm").get_parameter(Name=DRINK)
        return str(found["Parameter"]["Value"])

    def _git(self, *arguments: str) -> None:
        who = ("-c", "user.name=Ann", "-c", "user.email=ann@example.com")
        command = ["git", "-C", str(self.folder / "repository"), *who, *arguments]
        subprocess.run(command, check=True)


@pytest.fixture
def releasing(aws: Aws, tmp_path: Path) -> Releasing:
    aws.client("s3").create_bucket(Bucket=BUCKET)
    for name, buildspec in PROJECTS.items():
        aws.client("codebuild").create_project(
            name=name,
            source={"type": "CODEPIPELINE", "buildspec": buildspec},
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


@pytest.mark.long
def test_commits_are_released(releasing: Releasing) -> None:
    [execution] = releasing.release("tea")
    assert execution.state == State.SUCCEEDED, execution
    assert releasing.deployed() == "tea"
    assert releasing.approving.asked == ["tea of Sell tea"]

    [failed] = releasing.release("")
    assert [stage.state for stage in failed.stages] == [
        State.SUCCEEDED,
        State.FAILED,
        State.WAITING,
        State.WAITING,
    ]
    assert failed.stages[1].actions[0].reason.endswith("The last lines:\n  there is no drink")
    assert releasing.deployed() == "tea"

    failed, rollback = releasing.release("poison")
    assert [action.state for action in failed.stages[3].actions] == [
        *(State.SUCCEEDED, State.SUCCEEDED, State.FAILED),
    ]
    assert (rollback.state, rollback.target) == (State.SUCCEEDED, execution.id)
    assert releasing.deployed() == "tea"

    [execution] = releasing.release("milk")
    assert execution.state == State.SUCCEEDED
    assert releasing.deployed() == "milk"
    artifacts = releasing.aws.client("s3").list_objects_v2(Bucket=BUCKET)["Contents"]
    assert {item["Key"].rpartition("/")[0] for item in artifacts} == {
        "rehearsed/Source",
        "rehearsed/Assembly",
    }
