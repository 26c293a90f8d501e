"""An outside service that passes and fails, is asked and calls back."""

import json
from typing import Any

import pytest

from gatewright.checks.job import continuation_token
from gatewright.checks.outcome import Continued, Failed, Outcome, Passed
from gatewright.checks.parameters import ParameterError
from gatewright.checks.third_party.signature import signature
from tests.third_party_service import ThirdPartyService
from tests.unit.checks.fakes import BUCKET, JOB_ID
from tests.unit.checks.outside import URL, Aws, all_jobs, one_job


def test_a_run_that_passes(aws: Aws, service: ThirdPartyService) -> None:
    service.polls = 3
    outcome = all_jobs(aws, service)
    assert isinstance(outcome, Passed), outcome
    assert "12 probes, all good Report: https://probes.example.com/" in outcome.summary
    assert service.refused == 0
    [(run_id, run)] = service.runs.items()
    assert (run.starts, run.asked) == (1, 3)
    assert run.request == {
        "run_id": run_id,
        "project": "shop",
        "environment": "beta",
        "execution": JOB_ID,
        "apis": {"foods-v1": URL},
    }
    # Asked every twenty seconds, and never sooner.
    assert [round(seconds) for seconds in aws.slept] == [20] * 3
    [check] = aws.s3.report(suite="third-party")["checks"]
    assert check["outcome"] == "passed"


def test_a_run_that_fails(aws: Aws, service: ThirdPartyService) -> None:
    service.behaviour = "fail"
    outcome = all_jobs(aws, service)
    assert isinstance(outcome, Failed)
    assert "3 of 12 probes saw the wrong greeting" in outcome.message
    [check] = aws.s3.report(suite="third-party")["checks"]
    assert check["outcome"] == "failed"


def test_a_result_at_once(aws: Aws, service: ThirdPartyService) -> None:
    service.behaviour = "at once"
    outcome = one_job(aws, service, None)
    assert isinstance(outcome, Passed)
    assert "12 probes, all good" in outcome.summary


def test_a_job_that_is_given_twice_starts_onerun(aws: Aws, service: ThirdPartyService) -> None:
    for _ in range(2):
        one_job(aws, service, None)
    [run] = service.runs.values()
    assert run.starts == 2


def test_a_pause_that_is_longer_than_the_function_may_take(
    aws: Aws, service: ThirdPartyService
) -> None:
    outcome: Outcome = one_job(aws, service, None)
    for asked in (0, 0, 1):
        assert isinstance(outcome, Continued)
        token = continuation_token(outcome.progress)
        outcome = one_job(aws, service, token, seconds=45 + 8)
        assert [started.asked for started in service.runs.values()] == [asked]
    assert isinstance(outcome, Passed)
    assert aws.slept == [8, 8, 4]


def test_a_service_may_call_back(aws: Aws, service: ThirdPartyService) -> None:
    service.behaviour = "run"
    outcome: Outcome = one_job(aws, service, None, mode="callback", time_limit_minutes=10)
    [(run_id, run)] = service.runs.items()
    assert run.request["callback_url"] == (
        f"https://s3/{BUCKET}/results/{run_id}.json?put_object&600"
    )
    assert isinstance(outcome, Continued)
    outcome = one_job(aws, service, continuation_token(outcome.progress), mode="callback")
    assert isinstance(outcome, Continued)
    result = json.dumps(service.result(run_id, passed=True)).encode()
    aws.s3.put_object(Bucket=BUCKET, Key=f"results/{run_id}.json", Body=result)
    outcome = one_job(aws, service, continuation_token(outcome.progress), mode="callback")
    assert isinstance(outcome, Passed)
    assert run.asked == 0


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"url": "http://probes.example.com/runs"}, '"url" must be https'),
        ({"url": "ftp://probes.example.com"}, '"url" must be a text like'),
        ({"url": "https://user@probes.example.com"}, '"url" must be a text like'),
        ({"on_outage": "ignore"}, '"on_outage" must be "block" or "warn"'),
        ({"mode": "callback", "time_limit_minutes": 90}, "a number from 0.05 to 60"),
        ({"secret": ""}, '"secret" must be a text'),
    ],
)
def test_mistakes(
    aws: Aws, service: ThirdPartyService, fields: dict[str, Any], message: str
) -> None:
    with pytest.raises(ParameterError) as caught:
        one_job(aws, service, None, **fields)
    assert message in str(caught.value)


def test_a_signature_is_the_hmac_of_timestamp_and_body() -> None:
    # Made with: printf '1700000000.{}' | openssl dgst -sha256 -hmac key
    assert signature("key", "1700000000", b"{}") == (
        "sha256=9d713ed406bb7076d4123f0dc2c39d2df5c654ed4b0cd56b52c8b4c940bd63ae"
    )
