"""An outside service that passes, fails, is slow, is down or talks nonsense."""

import json
import time
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

from gatewright.checks.http import Http
from gatewright.checks.job import continuation_token, read_job
from gatewright.checks.outcome import Continued, Failed, Outcome, Passed
from gatewright.checks.parameters import ParameterError
from gatewright.checks.third_party.check import check_by_third_party
from gatewright.checks.third_party.signature import signature
from gatewright.checks.time_left import TimeLeft
from tests.third_party_service import ThirdPartyService
from tests.unit.checks.fakes import (
    BUCKET,
    JOB_ID,
    PLACE,
    Context,
    FakeCloudFormation,
    FakeS3,
    job_event,
)

URL = "https://abc.execute-api.eu-central-1.amazonaws.com/live/"


class Aws:
    """The AWS around the check, and a clock that only sleeping moves."""

    def __init__(self) -> None:
        self.s3 = FakeS3()
        self.clock = float(int(time.time()))
        self.slept: list[float] = []
        self.secret = "shared-secret"

    def client(self, service: str) -> Any:
        stacks = {
            "shop-beta-identity": {"UserPoolId": "p", "UserPoolClientId": "u", "TokenUrl": "t"},
            "shop-beta-foods-v1": {"Url": URL, "RestApiId": "abc", "StageName": "live"},
        }
        return {
            "s3": self.s3,
            "cloudformation": FakeCloudFormation(stacks),
            "secretsmanager": SimpleNamespace(
                get_secret_value=lambda **_: {"SecretString": self.secret}
            ),
        }[service]

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.clock += seconds


@pytest.fixture(autouse=True)
def bucket(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPORTS_BUCKET", BUCKET)
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)


@pytest.fixture
def service() -> Iterator[ThirdPartyService]:
    with ThirdPartyService() as found:
        yield found


@pytest.fixture
def aws() -> Aws:
    return Aws()


def _job(
    aws: Aws, service: ThirdPartyService, token: str | None, seconds: float = 900, **more: Any
) -> Outcome:
    parameters = {
        **PLACE,
        "url": service.url,
        "secret": "probes",
        "apis": ["foods-v1"],
        "poll_seconds": 20,
        **more,
    }
    return check_by_third_party(
        read_job(job_event(parameters, token)),
        TimeLeft(Context(seconds)),
        own=aws.client,
        environment=aws.client,
        http=Http(1000, timeout=0.3),
        sleep=aws.sleep,
        now=lambda: aws.clock,
    )


def _run(aws: Aws, service: ThirdPartyService, most: int = 10, **more: Any) -> Outcome:
    """Job after job, as CodePipeline gives them."""
    token = None
    for _ in range(most):
        outcome = _job(aws, service, token, **more)
        if not isinstance(outcome, Continued):
            break
        token = continuation_token(outcome.progress)
    return outcome


def test_a_run_that_passes(aws: Aws, service: ThirdPartyService) -> None:
    service.polls = 3
    outcome = _run(aws, service)
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
    outcome = _run(aws, service)
    assert isinstance(outcome, Failed)
    assert "3 of 12 probes saw the wrong greeting" in outcome.message
    [check] = aws.s3.report(suite="third-party")["checks"]
    assert check["outcome"] == "failed"


def test_a_job_that_is_given_twice_starts_one_run(aws: Aws, service: ThirdPartyService) -> None:
    for _ in range(2):
        _job(aws, service, None)
    [run] = service.runs.values()
    assert run.starts == 2


@pytest.mark.parametrize(
    ("behaviour", "reason"),
    [
        ("error", "500"),
        ("hang", "it took too long"),
        ("malformed", 'no "state" that is one of passed, failed, running'),
        ("redirect", "302: a redirect is not followed"),
        ("run", "no result within 2 minutes"),
    ],
)
def test_a_service_that_is_down_blocks_or_warns(
    aws: Aws, service: ThirdPartyService, behaviour: str, reason: str
) -> None:
    service.behaviour, service.hang_seconds = behaviour, 1
    blocked = _run(aws, service, time_limit_minutes=2)
    assert isinstance(blocked, Failed), blocked
    host = service.origin.removeprefix("http://")
    assert blocked.message.startswith(f"The service at {host} did not answer: ")
    assert reason in blocked.message
    warned = _run(aws, service, time_limit_minutes=2, on_outage="warn")
    assert isinstance(warned, Passed)
    assert warned.summary == f"WARNING: released without its check. {blocked.message}"


def test_a_pause_that_is_longer_than_the_function_may_take(
    aws: Aws, service: ThirdPartyService
) -> None:
    outcome: Outcome = _job(aws, service, None)
    for asked in (0, 0, 1):
        assert isinstance(outcome, Continued)
        token = continuation_token(outcome.progress)
        outcome = _job(aws, service, token, seconds=45 + 8)
        assert [run.asked for run in service.runs.values()] == [asked]
    assert isinstance(outcome, Passed)
    assert aws.slept == [8, 8, 4]


def test_a_service_that_went_down_while_it_ran(aws: Aws, service: ThirdPartyService) -> None:
    first = _job(aws, service, None)
    assert isinstance(first, Continued)
    service.behaviour = "error"
    outcome = _job(aws, service, continuation_token(first.progress))
    assert isinstance(outcome, Failed)
    # Four tries, with more time between each.
    assert [round(seconds) for seconds in aws.slept] == [20, 1, 2, 4]
    assert service.calls == 1 + 4


def test_a_short_outage_does_not_matter(aws: Aws, service: ThirdPartyService) -> None:
    service.behaviour = "error"

    def mend(seconds: float) -> None:
        Aws.sleep(aws, seconds)
        service.behaviour = "pass"

    aws.sleep = mend  # type: ignore[method-assign]
    assert isinstance(_run(aws, service), Passed)


def test_nobody_listens(aws: Aws, service: ThirdPartyService) -> None:
    outcome = _run(aws, service, url="http://127.0.0.1:9/runs")
    assert isinstance(outcome, Failed)
    assert outcome.message.startswith("The service at 127.0.0.1:9 did not answer: ")


@pytest.mark.parametrize("on_outage", ["block", "warn"])
def test_a_wrong_secret_is_refused_and_no_outage(
    aws: Aws, service: ThirdPartyService, on_outage: str
) -> None:
    aws.secret = "another"
    outcome = _run(aws, service, on_outage=on_outage)
    assert isinstance(outcome, Failed)
    assert 'refused: 401 {"message": "the signature is wrong"}' in outcome.message
    assert "another" not in outcome.message
    assert service.refused == 1


def test_a_status_elsewhere_is_not_asked(aws: Aws, service: ThirdPartyService) -> None:
    service.status_origin = "https://elsewhere.example.com"
    outcome = _run(aws, service)
    assert isinstance(outcome, Failed)
    assert "refused: its status_url is not at 127.0.0.1" in outcome.message


def test_a_service_may_call_back(aws: Aws, service: ThirdPartyService) -> None:
    service.behaviour = "run"
    outcome: Outcome = _job(aws, service, None, mode="callback", time_limit_minutes=10)
    [(run_id, run)] = service.runs.items()
    assert run.request["callback_url"] == (
        f"https://s3/{BUCKET}/results/{run_id}.json?put_object&600"
    )
    assert isinstance(outcome, Continued)
    outcome = _job(aws, service, continuation_token(outcome.progress), mode="callback")
    assert isinstance(outcome, Continued)
    result = json.dumps(service.result(run_id, passed=True)).encode()
    aws.s3.put_object(Bucket=BUCKET, Key=f"results/{run_id}.json", Body=result)
    outcome = _job(aws, service, continuation_token(outcome.progress), mode="callback")
    assert isinstance(outcome, Passed)
    assert run.asked == 0


def test_a_result_that_is_put_and_is_none(aws: Aws, service: ThirdPartyService) -> None:
    service.behaviour = "run"
    first = _job(aws, service, None, mode="callback")
    assert isinstance(first, Continued)
    [run_id] = service.runs
    aws.s3.put_object(Bucket=BUCKET, Key=f"results/{run_id}.json", Body=b"<html>")
    outcome = _job(aws, service, continuation_token(first.progress), mode="callback")
    assert isinstance(outcome, Failed)
    assert "did not answer" in outcome.message


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
        _job(aws, service, None, **fields)
    assert message in str(caught.value)


def test_the_fake_service_refuses_an_old_signature(service: ThirdPartyService) -> None:
    old = str(int(time.time()) - 600)
    headers = {
        "X-Gatewright-Timestamp": old,
        "X-Gatewright-Signature": signature(service.secret, old, b"{}"),
    }
    assert httpx.post(service.url, content=b"{}", headers=headers).status_code == 401


def test_a_signature_is_the_hmac_of_timestamp_and_body() -> None:
    # Made with: printf '1700000000.{}' | openssl dgst -sha256 -hmac key
    assert signature("key", "1700000000", b"{}") == (
        "sha256=9d713ed406bb7076d4123f0dc2c39d2df5c654ed4b0cd56b52c8b4c940bd63ae"
    )
