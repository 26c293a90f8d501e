"""Jobs of actions: opened by the rehearsal, ended once by the function.

https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_PutJobSuccessResult.html
https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_PutJobFailureResult.html
"""

from __future__ import annotations

import json
import uuid
from pathlib import Path

import httpx
import pytest

from local.embedded_aws import EmbeddedAws, LocalError
from local.rehearsal.jobs import JobResult, Jobs
from tests.local_gaps.running import ACCOUNT, REGION, Aws
from tests.local_gaps.test_codepipeline import refusal

FAILURE = {"type": "JobFailed", "message": "list_foods: 500", "externalExecutionId": "e-1"}
REPORTING = """
import boto3
def handler(event, context):
    job = event["CodePipeline.job"]
    parameters = job["data"]["actionConfiguration"]["configuration"]["UserParameters"]
    boto3.client("codepipeline").put_job_success_result(
        jobId=job["id"], executionDetails={"summary": parameters})
"""


def embedded(aws: Aws) -> EmbeddedAws:
    """The server under test, as the commands know it."""
    port = int(aws.endpoint.rpartition(":")[2])
    return EmbeddedAws(port=port, account=ACCOUNT, region=REGION, folder=Path())


@pytest.fixture
def jobs(aws: Aws) -> Jobs:
    return Jobs(embedded(aws))


@pytest.fixture
def job(jobs: Jobs) -> str:
    """The id of a job that waits for its result."""
    job_id = str(uuid.uuid4())
    jobs.open(job_id, {"actionConfiguration": {"configuration": {"FunctionName": "checks"}}})
    return job_id


def test_a_job_tells_its_details(aws: Aws, job: str) -> None:
    details = aws.client("codepipeline").get_job_details(jobId=job)["jobDetails"]
    assert (details["id"], details["accountId"]) == (job, ACCOUNT)
    assert details["data"]["actionConfiguration"]["configuration"] == {"FunctionName": "checks"}


def test_a_success_is_told(aws: Aws, jobs: Jobs, job: str) -> None:
    assert jobs.result(job) is None
    aws.client("codepipeline").put_job_success_result(
        jobId=job,
        executionDetails={"summary": "12 checks", "externalExecutionId": "e-1"},
        outputVariables={"checks": "12"},
    )
    assert jobs.result(job) == JobResult(
        succeeded=True,
        summary="12 checks",
        external_execution_id="e-1",
        output_variables={"checks": "12"},
    )


def test_a_continuation_is_told(aws: Aws, jobs: Jobs, job: str) -> None:
    aws.client("codepipeline").put_job_success_result(jobId=job, continuationToken='{"run": 1}')
    assert jobs.result(job) == JobResult(succeeded=True, continuation_token='{"run": 1}')


def test_a_failure_is_told(aws: Aws, jobs: Jobs, job: str) -> None:
    aws.client("codepipeline").put_job_failure_result(jobId=job, failureDetails=FAILURE)
    assert jobs.result(job) == JobResult(
        succeeded=False,
        failure_type="JobFailed",
        failure_message="list_foods: 500",
        external_execution_id="e-1",
    )


def test_a_job_ends_once(aws: Aws, jobs: Jobs, job: str) -> None:
    client = aws.client("codepipeline")
    client.put_job_success_result(jobId=job)
    assert refusal(client.put_job_success_result, jobId=job)[0] == "InvalidJobStateException"
    again = refusal(client.put_job_failure_result, jobId=job, failureDetails=FAILURE)
    assert again[0] == "InvalidJobStateException"
    assert jobs.result(job) == JobResult(succeeded=True)


def test_a_job_that_nobody_opened_is_not_found(aws: Aws, jobs: Jobs) -> None:
    client, unknown = aws.client("codepipeline"), str(uuid.uuid4())
    for call, more in (
        (client.get_job_details, {}),
        (client.put_job_success_result, {}),
        (client.put_job_failure_result, {"failureDetails": FAILURE}),
    ):
        assert refusal(call, jobId=unknown, **more)[0] == "JobNotFoundException"
    with pytest.raises(LocalError, match="JobNotFoundException"):
        jobs.result(unknown)


@pytest.mark.parametrize(
    ("details", "words"),
    [
        ({"type": "Mood", "message": "m"}, "Member must satisfy enum value set: [JobFailed"),
        ({"type": "JobFailed", "message": "m" * 5001}, "length less than or equal to 5000"),
    ],
)
def test_a_result_that_codepipeline_does_not_take(
    aws: Aws, jobs: Jobs, job: str, details: dict[str, str], words: str
) -> None:
    client = aws.client("codepipeline")
    code, message = refusal(client.put_job_failure_result, jobId=job, failureDetails=details)
    assert code == "ValidationException"
    assert words in message
    assert jobs.result(job) is None


def test_output_variables_have_a_quota(aws: Aws, job: str) -> None:
    """'Quotas in AWS CodePipeline': 122880 bytes for all of an action."""
    client = aws.client("codepipeline")
    too_much = {"a": "x" * 122_880}
    code, _message = refusal(client.put_job_success_result, jobId=job, outputVariables=too_much)
    assert code == "OutputVariablesSizeExceededException"


@pytest.mark.parametrize("job_id", ["one", "1"])
def test_a_job_has_a_uuid(jobs: Jobs, job_id: str) -> None:
    with pytest.raises(LocalError, match="ValidationException"):
        jobs.open(job_id, {})


def test_a_job_is_opened_once(jobs: Jobs, job: str) -> None:
    with pytest.raises(LocalError, match="opened before"):
        jobs.open(job, {})


def test_a_job_belongs_to_an_account_and_a_region(aws: Aws, job: str) -> None:
    here = embedded(aws)
    for elsewhere in (Jobs(here, account="111111111111"), Jobs(here, region="eu-west-1")):
        with pytest.raises(LocalError, match="JobNotFoundException"):
            elsewhere.result(job)


def test_a_function_reports_to_its_job(aws: Aws, jobs: Jobs) -> None:
    """With nothing but the endpoint and the credentials of its environment."""
    aws.function("reporting", REPORTING)
    job_id = str(uuid.uuid4())
    data = {"actionConfiguration": {"configuration": {"UserParameters": "said"}}}
    jobs.open(job_id, data)
    event = {"CodePipeline.job": {"id": job_id, "accountId": ACCOUNT, "data": data}}
    answer = aws.client("lambda").invoke(FunctionName="reporting", Payload=json_of(event))
    assert "FunctionError" not in answer, answer["Payload"].read()
    assert jobs.result(job_id) == JobResult(succeeded=True, summary="said")


def json_of(event: object) -> bytes:
    return json.dumps(event).encode()


def test_a_web_page_of_elsewhere_opens_none(aws: Aws) -> None:
    url = f"{aws.endpoint}/_gatewright/{ACCOUNT}/{REGION}/codepipeline/jobs/{uuid.uuid4()}"
    answer = httpx.put(url, json={}, headers={"Origin": "https://example.com"})
    assert answer.status_code == 403
