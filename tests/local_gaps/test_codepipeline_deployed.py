"""A pipeline of CDK Pipelines goes on and off the embedded AWS with the ordinary CDK CLI."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from local.cdk_cli import run_cdk
from local.embedded_aws import EmbeddedAws
from tests.local_gaps.pipeline_app import NAME, STACK, synthesise
from tests.local_gaps.running import ACCOUNT, REGION, Aws
from tests.local_gaps.test_own_events import eventually, send

pytestmark = pytest.mark.long


@dataclass(frozen=True)
class Deployer:
    """Runs the CDK CLI against the server under test, in a folder of its own."""

    aws: Aws
    folder: Path

    def run(self, *arguments: str) -> None:
        port = int(self.aws.endpoint.rpartition(":")[2])
        own = EmbeddedAws(port=port, account=ACCOUNT, region=REGION, folder=self.folder)
        said: list[str] = []
        run_cdk(
            arguments,
            variables=own.variables(),
            log=self.folder / "cdk.log",
            say=said.append,
            folder=self.folder,
        )

    def deploy(self, comment: str) -> None:
        """The pipeline whose approval has this comment."""
        assembly = synthesise(self.folder, comment)
        self.run("deploy", "--app", str(assembly), STACK, "--require-approval", "never")

    def status(self) -> str:
        stacks = self.aws.client("cloudformation").describe_stacks(StackName=STACK)["Stacks"]
        return str(stacks[0]["StackStatus"])

    def pipeline(self) -> dict[str, Any]:
        found = self.aws.client("codepipeline").get_pipeline(name=NAME)
        return dict(found["pipeline"])


@pytest.fixture(scope="module")
def deployed(aws: Aws, tmp_path_factory: pytest.TempPathFactory) -> Deployer:
    """The pipeline's stack, deployed once; the last test destroys it."""
    deployer = Deployer(aws, tmp_path_factory.mktemp("deployed"))
    deployer.run("bootstrap", f"aws://{ACCOUNT}/{REGION}")
    deployer.deploy("first")
    return deployer


def actions(pipeline: dict[str, Any]) -> dict[str, Any]:
    return {action["name"]: action for stage in pipeline["stages"] for action in stage["actions"]}


def test_it_is_there(deployed: Deployer) -> None:
    assert deployed.status() == "CREATE_COMPLETE"
    pipeline = deployed.pipeline()
    assert [stage["name"] for stage in pipeline["stages"]] == [
        "Source",
        "Build",
        "UpdatePipeline",
        "Assets",
        "Beta",
        "Approval",
    ]
    assert pipeline["artifactStore"]["encryptionKey"]["type"] == "KMS"
    assert actions(pipeline)["Approve"]["configuration"]["CustomData"] == "first"


def test_what_its_actions_name_is_there(deployed: Deployer) -> None:
    """What the rehearsal reads: projects with their build specifications, functions, roles."""
    found = actions(deployed.pipeline())
    builds = [one for one in found.values() if one["actionTypeId"]["provider"] == "CodeBuild"]
    names = [build["configuration"]["ProjectName"] for build in builds]
    projects = deployed.aws.client("codebuild").batch_get_projects(names=names)
    assert len(builds) >= 3
    assert projects["projectsNotFound"] == []
    assert all("phases" in project["source"]["buildspec"] for project in projects["projects"])
    function = found["Checks"]["configuration"]["FunctionName"]
    deployed.aws.client("lambda").get_function(FunctionName=function)
    for action in found.values():
        role = action["roleArn"].rpartition("/")[2]
        deployed.aws.client("iam").get_role(RoleName=role)


def test_its_rules_hear_of_it(deployed: Deployer) -> None:
    aws, found = deployed.aws, actions(deployed.pipeline())
    topic = found["Approve"]["configuration"]["NotificationArn"]
    sns, sqs = aws.client("sns"), aws.client("sqs")
    queue = sqs.create_queue(QueueName="notices")["QueueUrl"]
    arn = f"arn:aws:sqs:{REGION}:{ACCOUNT}:notices"
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn)
    send(aws, "e-1", pipeline=NAME)
    [message] = eventually(lambda: sqs.receive_message(QueueUrl=queue).get("Messages"))
    assert json.loads(message["Body"])["Message"] == f'"{NAME} failed"'


def test_a_change_is_the_next_version_and_then_it_is_destroyed(deployed: Deployer) -> None:
    deployed.deploy("second")
    assert deployed.status() == "UPDATE_COMPLETE"
    pipeline = deployed.pipeline()
    assert actions(pipeline)["Approve"]["configuration"]["CustomData"] == "second"
    assert pipeline["version"] == 2
    assembly = str(deployed.folder / "assembly-second")
    deployed.run("destroy", "--app", assembly, STACK, "--force")
    listed = deployed.aws.client("codepipeline").list_pipelines()["pipelines"]
    assert NAME not in [one["name"] for one in listed]
