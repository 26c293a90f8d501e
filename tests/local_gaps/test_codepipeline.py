"""CodePipeline's API: pipelines and their structure.

https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_Operations.html
https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-pipeline-structure.html
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from tests.local_gaps.pipelines import STORE, action, pipeline, source, stage
from tests.local_gaps.running import REGION, Aws


def refusal(call: Callable[..., Any], **arguments: Any) -> tuple[str, str]:
    """The code and the message with which a call is refused."""
    with pytest.raises(ClientError) as refused:
        call(**arguments)
    error = refused.value.response["Error"]
    return error["Code"], error["Message"]


def test_a_pipeline_is_made_read_listed_changed_and_deleted(aws: Aws) -> None:
    client = aws.client("codepipeline")
    made = client.create_pipeline(pipeline=pipeline("plain"))["pipeline"]
    assert made == {**pipeline("plain"), "version": 1}
    found = client.get_pipeline(name="plain")
    assert found["pipeline"] == made
    arn = f"arn:aws:codepipeline:{REGION}:000000000000:plain"
    assert found["metadata"]["pipelineArn"] == arn
    assert found["metadata"]["created"] == found["metadata"]["updated"]
    [listed] = [one for one in client.list_pipelines()["pipelines"] if one["name"] == "plain"]
    assert listed["version"] == 1
    changed = pipeline("plain", stage("Wait", action("Ask", "Approval", "Manual")))
    assert client.update_pipeline(pipeline=changed)["pipeline"]["version"] == 2
    assert client.get_pipeline(name="plain")["pipeline"] == {**changed, "version": 2}
    client.delete_pipeline(name="plain")
    client.delete_pipeline(name="plain")
    code, message = refusal(client.get_pipeline, name="plain")
    assert code == "PipelineNotFoundException"
    assert message == "Account 000000000000 does not have a pipeline with name 'plain'"


def test_pipelines_belong_to_an_account_and_a_region(aws: Aws) -> None:
    aws.client("codepipeline").create_pipeline(pipeline=pipeline("here"))
    for account, region in (("111111111111", REGION), ("000000000000", "eu-west-1")):
        session: Any = boto3.Session(
            aws_access_key_id=account, aws_secret_access_key="local", region_name=region
        )
        there = session.client("codepipeline", endpoint_url=aws.endpoint)
        assert there.list_pipelines()["pipelines"] == []


def test_what_is_not_there_or_there_already_is_refused(aws: Aws) -> None:
    client = aws.client("codepipeline")
    client.create_pipeline(pipeline=pipeline("taken"))
    assert refusal(client.create_pipeline, pipeline=pipeline("taken"))[0] == (
        "PipelineNameInUseException"
    )
    assert refusal(client.get_pipeline, name="taken", version=7)[0] == (
        "PipelineVersionNotFoundException"
    )
    assert refusal(client.update_pipeline, pipeline=pipeline("absent"))[0] == (
        "PipelineNotFoundException"
    )


def test_an_operation_that_is_not_here_is_named(aws: Aws) -> None:
    client = aws.client("codepipeline")
    code, message = refusal(client.start_pipeline_execution, name="any")
    assert code == "UnknownOperationException"
    assert "StartPipelineExecution" in message


INVALID: dict[str, tuple[dict[str, Any], str, str]] = {
    "one-stage": (
        {**pipeline("p"), "stages": [stage("Source", source())]},
        "InvalidStructureException",
        "at least 2 stages",
    ),
    "no-source-first": (
        {**pipeline("p"), "stages": [stage("A", action("A")), stage("B", action("B"))]},
        "InvalidStructureException",
        "only contains source actions",
    ),
    "source-later": (
        pipeline("p", stage("Later", source("Again", "again"))),
        "InvalidStructureException",
        "Only the first stage can contain source actions, not Later",
    ),
    "stage-twice": (
        pipeline("p", stage("Build", action("A")), stage("Build", action("B"))),
        "InvalidStageDeclarationException",
        "Build has been used more than once",
    ),
    "empty-stage": (
        pipeline("p", stage("Empty")),
        "InvalidStageDeclarationException",
        "Stage Empty has no actions",
    ),
    "action-twice": (
        pipeline("p", stage("Build", action("A"), action("A"))),
        "InvalidActionDeclarationException",
        "A has been used more than once in Build",
    ),
    "output-twice": (
        pipeline("p", stage("Build", action("A", outputArtifacts=[{"name": "code"}]))),
        "InvalidActionDeclarationException",
        "code has been used more than once",
    ),
    "input-of-nobody": (
        pipeline("p", stage("Build", action("A", inputArtifacts=[{"name": "absent"}]))),
        "InvalidActionDeclarationException",
        "Input Artifact Bundle absent in action A is not declared",
    ),
    "input-of-the-same-moment": (
        pipeline(
            "p",
            stage(
                "Build",
                action("A", outputArtifacts=[{"name": "a"}]),
                action("B", inputArtifacts=[{"name": "a"}]),
            ),
        ),
        "InvalidActionDeclarationException",
        "Input Artifact Bundle a in action B",
    ),
    "two-kinds-of-stores": (
        pipeline("p", artifactStores={REGION: STORE}),
        "InvalidStructureException",
        "either artifactStore or artifactStores",
    ),
    "no-store-for-a-region": (
        pipeline("p", stage("Build", action("A", region="eu-west-1"))),
        "InvalidStructureException",
        "no artifact store for region eu-west-1",
    ),
    "long-configuration": (
        pipeline("p", stage("Build", action("A", configuration={"UserParameters": "x" * 1001}))),
        "ValidationException",
        "'pipeline.stages.2.member.actions.1.member.configuration.UserParameters.member' failed to "
        "satisfy constraint: Member must have length less than or equal to 1000",
    ),
    "late-run-order": (
        pipeline("p", stage("Build", action("A", runOrder=1000))),
        "ValidationException",
        "Member must have value less than or equal to 999",
    ),
    "category": (
        pipeline("p", stage("Build", action("A", "Guess"))),
        "ValidationException",
        "Member must satisfy enum value set: [Source, Build, Deploy",
    ),
    "name": (
        pipeline("two words"),
        "ValidationException",
        "Value at 'pipeline.name' failed to satisfy constraint: Member must satisfy regular",
    ),
}


@pytest.mark.parametrize(("declared", "code", "words"), INVALID.values(), ids=INVALID)
def test_a_structure_that_codepipeline_does_not_take(
    aws: Aws, declared: dict[str, Any], code: str, words: str
) -> None:
    found_code, message = refusal(aws.client("codepipeline").create_pipeline, pipeline=declared)
    assert found_code == code
    assert words in message


def test_a_later_run_order_takes_what_an_earlier_one_made(aws: Aws) -> None:
    declared = pipeline(
        "ordered",
        stage(
            "Build",
            action("B", runOrder=2, inputArtifacts=[{"name": "a"}]),
            action("A", outputArtifacts=[{"name": "a"}]),
        ),
    )
    made = aws.client("codepipeline").create_pipeline(pipeline=declared)["pipeline"]
    assert made["stages"] == declared["stages"]
