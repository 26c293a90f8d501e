"""CloudFormation and Lambda actions of a rehearsal, against a running embedded AWS."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from local.embedded_aws import EmbeddedAws
from local.rehearsal.actions import ActionContext, ActionFailedError, ActionResult, Location
from local.rehearsal.actions.cloudformation import CloudFormationRunner
from local.rehearsal.actions.lambda_invoke import LambdaRunner
from local.rehearsal.definition import Action
from tests.local_gaps.running import ACCOUNT, REGION, Aws
from tests.unit.local.rehearsal.pipelines import action, context

pytestmark = pytest.mark.long

Template = dict[str, Any]
# It answers by a file, where the embedded AWS's CodePipeline would keep the result.
FUNCTION = """
import json, pathlib

def handler(event, context):
    job = event["CodePipeline.job"]
    data = job["data"]
    asked = json.loads(data["actionConfiguration"]["configuration"]["UserParameters"])
    print("asked for", job["id"])
    if asked.get("puts"):
        import boto3
        to = data["outputArtifacts"][0]["location"]["s3Location"]
        boto3.client("s3").put_object(Bucket=to["bucketName"], Key=to["objectKey"], Body=b"put")
    if asked.get("error"):
        raise ValueError(asked["error"])
    if asked.get("silent"):
        return
    again = asked.get("continue") and "continuationToken" not in data
    result = asked.get("result") or {
        "succeeded": True,
        "continuation_token": "half" if again else None,
        "summary": "token " + data.get("continuationToken", "none"),
        "output_variables": {} if again else {
            "Account": job["accountId"],
            "Input": data["inputArtifacts"][0]["location"]["s3Location"]["objectKey"],
            "Key": data["artifactCredentials"]["accessKeyId"],
            "Encryption": data["encryptionKey"]["id"],
        },
    }
    pathlib.Path(asked["folder"], job["id"]).write_text(json.dumps(result))
"""


@dataclass(frozen=True)
class Result:
    succeeded: bool
    continuation_token: str | None = None
    failure_type: str | None = None
    failure_message: str | None = None
    summary: str | None = None
    external_execution_id: str | None = None
    output_variables: Mapping[str, str] = field(default_factory=dict)


@dataclass
class FileJobs:
    """Jobs whose results are files in a folder."""

    folder: Path
    opened: list[str] = field(default_factory=list)

    def open(self, job_id: str, data: Mapping[str, Any]) -> None:
        assert data["actionConfiguration"]["configuration"]["FunctionName"]
        self.opened.append(job_id)

    def result(self, job_id: str) -> Result | None:
        file = self.folder / job_id
        return Result(**json.loads(file.read_text())) if file.exists() else None


def given(aws: Aws, folder: Path, **more: Any) -> ActionContext:
    port = int(aws.endpoint.rpartition(":")[2])
    embedded = EmbeddedAws(port=port, account=ACCOUNT, region=REGION, folder=folder)
    return context(folder, aws=embedded, **more)


def template(value: str, **parameters: str) -> Template:
    """A parameter with a value; the stack's output is its name."""
    return {
        "Parameters": {name: {"Type": "String"} for name in parameters},
        "Resources": {
            "Known": {
                "Type": "AWS::SSM::Parameter",
                "Properties": {"Type": "String", "Value": value},
            }
        },
        "Outputs": {"Name": {"Value": {"Ref": "Known"}}},
    }


BROKEN: Template = {
    "Resources": {
        "Broken": {
            "Type": "AWS::ApiGateway::RestApi",
            "Properties": {"Body": {"openapi": "3.1.0"}},
        }
    }
}


@dataclass
class Deploying:
    """Actions on one stack, each with its template in an artifact."""

    aws: Aws
    folder: Path
    stack: str

    def run(
        self, mode: str, made: Template | None = None, files: Mapping[str, Any] = {}, **more: str
    ) -> ActionResult:
        settings = {"ActionMode": mode, "StackName": self.stack, "ChangeSetName": "PipelineChange"}
        inputs = {}
        if made is not None:
            settings["TemplatePath"] = "Assembly::stack.template.json"
            inputs["Assembly"] = self.folder / "assembly.zip"
            with zipfile.ZipFile(inputs["Assembly"], "w") as archive:
                for name, content in {"stack.template.json": made, **files}.items():
                    archive.writestr(name, json.dumps(content))
        acted = Action(
            name=mode,
            category="Deploy",
            provider="CloudFormation",
            configuration={**settings, **more},
            outputs=("Outputs",) if "OutputFileName" in more else (),
        )
        return CloudFormationRunner().run(acted, given(self.aws, self.folder, inputs=inputs))

    def deploy(self, made: Template, **more: Any) -> ActionResult:
        self.run("CHANGE_SET_REPLACE", made, **more)
        return self.run("CHANGE_SET_EXECUTE")

    def value(self, result: ActionResult) -> str:
        name = result.variables["Name"]
        found = self.aws.client("ssm").get_parameter(Name=name)["Parameter"]["Value"]
        return str(found)

    @property
    def log(self) -> str:
        return (self.folder / "log.txt").read_text()


@pytest.fixture
def deploying(aws: Aws, tmp_path: Path, request: pytest.FixtureRequest) -> Deploying:
    name: str = request.node.name
    return Deploying(aws, tmp_path, name.replace("_", "-")[:60])


def test_a_stack_is_created_and_updated_by_change_sets(deploying: Deploying) -> None:
    created = deploying.deploy(template("tea"))
    assert deploying.value(created) == "tea"
    assert created.summary == f"{deploying.stack}: CREATE_COMPLETE"
    updated = deploying.deploy(template("milk"))
    assert deploying.value(updated) == "milk"
    assert updated.summary == f"{deploying.stack}: UPDATE_COMPLETE"
    assert "Add AWS::SSM::Parameter Known" in deploying.log
    assert "Modify AWS::SSM::Parameter Known" in deploying.log


def test_an_empty_change_set_is_no_failure(deploying: Deploying) -> None:
    first = deploying.deploy(template("tea"))
    again = deploying.deploy(template("tea"))
    assert again.summary == f"{deploying.stack}: no changes"
    assert again.variables == first.variables


def test_a_change_set_that_was_not_prepared(deploying: Deploying) -> None:
    with pytest.raises(ActionFailedError, match=r"ChangeSet \[PipelineChange\] does not exist"):
        deploying.run("CHANGE_SET_EXECUTE")


def test_a_failed_creation_gives_its_reason_and_blocks_the_next(deploying: Deploying) -> None:
    with pytest.raises(ActionFailedError) as failed:
        deploying.deploy(BROKEN)
    assert "ended as ROLLBACK_COMPLETE. AWS::ApiGateway::RestApi Broken: " in failed.value.reason
    with pytest.raises(ActionFailedError, match="is in ROLLBACK_COMPLETE state and can not be"):
        deploying.deploy(template("tea"))
    assert deploying.run("DELETE_ONLY").summary.endswith(": deleted")
    assert deploying.value(deploying.deploy(template("tea"))) == "tea"


def test_a_failed_update_leaves_the_stack_as_it_was(deploying: Deploying) -> None:
    created = deploying.deploy(template("tea"))
    both = {"Resources": {**template("milk")["Resources"], **BROKEN["Resources"]}}
    with pytest.raises(ActionFailedError, match=r"UPDATE_ROLLBACK_COMPLETE\. AWS::ApiGateway"):
        deploying.deploy(both)
    assert deploying.value(created) == "tea"
    assert deploying.value(deploying.deploy(template("water"))) == "water"


def test_parameters_and_tags(deploying: Deploying) -> None:
    made = template("x", Colour="", Size="")
    made["Resources"]["Known"]["Properties"]["Value"] = {"Fn::Sub": "${Colour} ${Size}"}
    result = deploying.deploy(
        made,
        files={
            "configuration.json": {
                "Parameters": {"Colour": "green", "Size": "1"},
                "Tags": {"owner": "me"},
            },
            "other.json": {"size": "2"},
        },
        TemplateConfiguration="Assembly::configuration.json",
        ParameterOverrides='{"Size": {"Fn::GetParam": ["Assembly", "other.json", "size"]}}',
    )
    assert deploying.value(result) == "green 2"
    formation = deploying.aws.client("cloudformation")
    [stack] = formation.describe_stacks(StackName=deploying.stack)["Stacks"]
    assert stack["Tags"] == [{"Key": "owner", "Value": "me"}]


def test_a_large_template_goes_by_the_bucket(deploying: Deploying) -> None:
    made = {**template("tea"), "Description": "d" * 1000, "Metadata": {"filler": "x" * 60_000}}
    assert deploying.value(deploying.deploy(made)) == "tea"


def test_create_update_and_delete(deploying: Deploying) -> None:
    created = deploying.run("CREATE_UPDATE", template("tea"), OutputFileName="out.json")
    with zipfile.ZipFile(created.outputs["Outputs"]) as archive:
        assert json.loads(archive.read("out.json")) == created.variables
    assert deploying.run("CREATE_UPDATE", template("tea")).summary.endswith("no changes")
    assert deploying.value(deploying.run("CREATE_UPDATE", template("milk"))) == "milk"
    assert deploying.run("DELETE_ONLY").summary.endswith(": deleted")
    assert deploying.run("DELETE_ONLY").summary.endswith(": not there")


def test_what_cannot_be_run_is_said(deploying: Deploying) -> None:
    with pytest.raises(ActionFailedError, match="ActionMode 'REPLACE_ON_FAILURE'"):
        deploying.run("REPLACE_ON_FAILURE", template("x"))
    with pytest.raises(ActionFailedError, match=r"Artifact Assembly has no file none\.json"):
        deploying.run("CHANGE_SET_REPLACE", template("x"), TemplatePath="Assembly::none.json")


@pytest.fixture(scope="session")
def function(aws: Aws) -> str:
    aws.function("rehearsed", FUNCTION)
    return "rehearsed"


def invoke(
    aws: Aws, folder: Path, function: str, asked: Mapping[str, Any], **more: Any
) -> tuple[ActionResult, FileJobs]:
    jobs = FileJobs(folder)
    acted = action(
        "Check",
        provider="Lambda",
        configuration={
            "FunctionName": function,
            "UserParameters": json.dumps({"folder": str(folder), **asked}),
        },
        inputs=("documents",),
        **more,
    )
    made = given(
        aws,
        folder,
        locations={
            "documents": Location(bucket="artifacts", key="release/documents/abc"),
            "report": Location(bucket="artifacts", key="release/report/abc"),
        },
        pipeline_account=ACCOUNT,
        encryption_key="alias/artifacts",
    )
    return LambdaRunner(lambda _account, _region: jobs).run(acted, made), jobs


def test_a_function_succeeds(aws: Aws, tmp_path: Path, function: str) -> None:
    result, jobs = invoke(aws, tmp_path, function, {})
    assert result.summary == "token none"
    assert result.variables == {
        "Account": ACCOUNT,
        "Input": "release/documents/abc",
        "Key": ACCOUNT,
        "Encryption": "alias/artifacts",
    }
    assert f"asked for {jobs.opened[0]}" in (tmp_path / "log.txt").read_text()


def test_a_function_is_invoked_again(aws: Aws, tmp_path: Path, function: str) -> None:
    result, jobs = invoke(aws, tmp_path, function, {"continue": True})
    assert result.summary == "token half"
    assert len(set(jobs.opened)) == 2


@pytest.mark.parametrize(
    ("asked", "more", "said"),
    [
        (
            {
                "result": {
                    "succeeded": False,
                    "failure_type": "JobFailed",
                    "failure_message": "GET /foods answered 500",
                }
            },
            {},
            r"JobFailed: GET /foods answered 500",
        ),
        ({"error": "no table"}, {}, r"failed with .*Error: no table CodePipeline .* 24 hours"),
        ({"silent": True}, {}, r"ended without a result for its job. CodePipeline .* 24 hours"),
        (
            {"silent": True},
            {"timeout_minutes": 0.01},
            r"put no result within 0.01 minutes, the time limit",
        ),
    ],
)
def test_a_function_fails(
    aws: Aws,
    tmp_path: Path,
    function: str,
    asked: dict[str, Any],
    more: dict[str, Any],
    said: str,
) -> None:
    with pytest.raises(ActionFailedError, match=said):
        invoke(aws, tmp_path, function, asked, **more)


def test_a_function_that_is_not_there(aws: Aws, tmp_path: Path) -> None:
    with pytest.raises(ActionFailedError, match=r"Function none could not be invoked: .*not found"):
        invoke(aws, tmp_path, "none", {})


def test_an_output_is_what_the_function_put(aws: Aws, tmp_path: Path, function: str) -> None:
    aws.client("s3").create_bucket(Bucket="artifacts")
    with pytest.raises(ActionFailedError, match="did not put its artifact report"):
        invoke(aws, tmp_path, function, {}, outputs=("report",))
    result, _jobs = invoke(aws, tmp_path, function, {"puts": True}, outputs=("report",))
    assert result.outputs["report"].read_bytes() == b"put"
