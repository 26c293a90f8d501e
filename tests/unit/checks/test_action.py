"""Whatever happens, CodePipeline is told, and once."""

import threading
import time
from types import ModuleType
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from botocore.stub import Stubber

from gatewright.checks import contract_checks, load_check, third_party_check
from gatewright.checks.action import Work, run_action
from gatewright.checks.errors import CheckError
from gatewright.checks.job import JobEventError
from gatewright.checks.outcome import Continued, Failed, Passed
from gatewright.checks.parameters import ParameterError
from tests.unit.checks.fakes import JOB_ID, Context, FakePipeline, job_event


def _run(work: Work, seconds: float = 900) -> tuple[str, dict[str, Any]]:
    pipeline = FakePipeline()
    run_action(job_event({}), Context(seconds), work, pipeline)
    [result] = pipeline.results
    return result


def _raising(error: Exception) -> Work:
    def work(*_arguments: object) -> Passed:
        raise error

    return work


def test_success() -> None:
    kind, fields = _run(lambda _job, _left: Passed(summary="61 passed", variables={"report": "s3"}))
    assert (kind, fields) == (
        "success",
        {
            "jobId": JOB_ID,
            "executionDetails": {"summary": "61 passed"},
            "outputVariables": {"report": "s3"},
        },
    )


def test_continuation() -> None:
    kind, fields = _run(lambda _job, _left: Continued(summary="half", progress={"done": 3}))
    assert kind == "success"
    assert fields["continuationToken"] == '{"done":3}'


@pytest.mark.parametrize(
    ("error", "kind", "message"),
    [
        (ParameterError('"rate" must be'), "ConfigurationError", '"rate" must be'),
        (CheckError("no stack"), "JobFailed", "no stack"),
        (KeyError("Url"), "JobFailed", "KeyError: 'Url'"),
        (
            ClientError({"Error": {"Code": "AccessDenied", "Message": "no"}}, "AssumeRole"),
            "PermissionError",
            "AssumeRole",
        ),
    ],
)
def test_an_exception_is_a_failure(error: Exception, kind: str, message: str) -> None:
    result, fields = _run(_raising(error))
    assert result == "failure"
    assert fields["failureDetails"]["type"] == kind
    assert message in fields["failureDetails"]["message"]


def test_the_trace_of_what_nobody_expected_is_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    _run(_raising(KeyError("Url")))
    assert "Traceback" in caplog.text
    assert "_raising" in caplog.text or "raise error" in caplog.text


def test_long_texts_are_cut_to_codepipelines_limits() -> None:
    _, fields = _run(lambda _job, _left: Failed(message="x" * 6000))
    assert len(fields["failureDetails"]["message"]) == 5000
    _, fields = _run(lambda _job, _left: Passed(summary="x" * 6000))
    assert len(fields["executionDetails"]["summary"]) == 2048


def test_work_that_does_not_end_is_reported_before_lambda_ends_it() -> None:
    pipeline, goes_on = FakePipeline(), threading.Event()
    context = Context(46)

    def hang(*_arguments: object) -> Passed:
        assert goes_on.wait(30)
        return Passed(summary="too late")

    # The clock of the function: at the start of the timer there are six seconds left in all.
    context.seconds = 46
    thread = threading.Thread(target=run_action, args=(job_event({}), _Ending(), hang, pipeline))
    thread.start()
    deadline = time.monotonic() + 20
    while not pipeline.results and time.monotonic() < deadline:
        time.sleep(0.01)
    goes_on.set()
    thread.join(30)
    assert "time ran out" in pipeline.message


class _Ending(Context):
    """Says for the timer that five seconds are left, and for the work that there is time."""

    def __init__(self) -> None:
        super().__init__()
        self._asked = 0

    def get_remaining_time_in_millis(self) -> int:
        self._asked += 1
        return 5_100 if self._asked == 1 else 900_000


def test_a_function_with_too_little_time_says_so() -> None:
    kind, fields = _run(lambda _job, _left: Passed(summary="never"), seconds=30)
    assert kind == "failure"
    assert "timeout" in fields["failureDetails"]["message"]


def test_an_event_without_a_job_is_an_error_of_the_function() -> None:
    pipeline = FakePipeline()
    with pytest.raises(JobEventError):
        run_action({}, Context(), lambda _job, _left: Passed(summary=""), pipeline)
    assert pipeline.results == []


def test_a_job_that_has_its_result_is_left_alone() -> None:
    pipeline = FakePipeline()
    for _ in range(2):
        run_action(job_event({}), Context(), lambda _job, _left: Passed(summary="ok"), pipeline)
    assert len(pipeline.results) == 1


def test_botocore_knows_of_a_job_that_has_its_result() -> None:
    client = _client()
    with Stubber(client) as stubber:
        stubber.add_client_error("put_job_success_result", "InvalidJobStateException")
        run_action(job_event({}), Context(), lambda _job, _left: Passed(summary="ok"), client)
        stubber.assert_no_pending_responses()


@pytest.mark.parametrize("module", [contract_checks, third_party_check, load_check])
def test_each_handler_tells_of_a_mistake(
    module: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipeline = FakePipeline()
    monkeypatch.setattr(module, "own_clients", lambda: lambda _service: pipeline)
    module.handler(job_event({"colour": "red"}), Context())
    [(kind, fields)] = pipeline.results
    assert (kind, fields["failureDetails"]["type"]) == ("failure", "ConfigurationError")
    assert 'unknown field "colour"; known are project,' in pipeline.message


def _client() -> Any:
    session = boto3.Session(aws_access_key_id="a", aws_secret_access_key="b", region_name="x-y-1")
    return session.client("codepipeline")


@pytest.mark.parametrize(
    ("outcome", "operation"),
    [
        (Passed(summary="ok", variables={"report": "s3://a/b"}), "put_job_success_result"),
        (Continued(summary="ok", progress={"done": 1}), "put_job_success_result"),
        (Failed(message="no"), "put_job_failure_result"),
    ],
)
def test_botocore_takes_what_is_sent(outcome: Any, operation: str) -> None:
    client = _client()
    with Stubber(client) as stubber:
        stubber.add_response(operation, {})
        run_action(job_event({}), Context(), lambda _job, _left: outcome, client)
        stubber.assert_no_pending_responses()
