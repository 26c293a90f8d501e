"""An outside service that is slow, is down or talks nonsense."""

import time

import httpx
import pytest

from gatewright.checks.job import continuation_token
from gatewright.checks.outcome import Continued, Failed, Passed
from gatewright.checks.third_party.signature import signature
from tests.third_party_service import ThirdPartyService
from tests.unit.checks.fakes import BUCKET
from tests.unit.checks.outside import Aws, all_jobs, one_job


@pytest.mark.parametrize(
    ("behaviour", "reason"),
    [
        ("error", "500"),
        ("hang", "it took too long"),
        ("malformed", 'no "state" that is one of passed, failed, running'),
        ("redirect", "302: a redirect is not followed"),
        ("run", "no result within 2 minutes"),
        ("going on", "a run that goes on is answered with 202, and not 200"),
    ],
)
def test_a_service_that_is_down_blocks_or_warns(
    aws: Aws, service: ThirdPartyService, behaviour: str, reason: str
) -> None:
    service.behaviour, service.hang_seconds = behaviour, 1
    blocked = all_jobs(aws, service, time_limit_minutes=2)
    assert isinstance(blocked, Failed), blocked
    host = service.origin.removeprefix("http://")
    assert blocked.message.startswith(f"The service at {host} did not answer: ")
    assert reason in blocked.message
    warned = all_jobs(aws, service, time_limit_minutes=2, on_outage="warn")
    assert isinstance(warned, Passed)
    assert warned.summary == f"WARNING: released without its check. {blocked.message}"


def test_a_service_that_went_down_while_it_ran(aws: Aws, service: ThirdPartyService) -> None:
    first = one_job(aws, service, None)
    assert isinstance(first, Continued)
    service.behaviour = "error"
    outcome = one_job(aws, service, continuation_token(first.progress))
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
    assert isinstance(all_jobs(aws, service), Passed)


def test_nobody_listens(aws: Aws, service: ThirdPartyService) -> None:
    outcome = all_jobs(aws, service, url="http://127.0.0.1:9/runs")
    assert isinstance(outcome, Failed)
    assert outcome.message.startswith("The service at 127.0.0.1:9 did not answer: ")


@pytest.mark.parametrize("on_outage", ["block", "warn"])
def test_a_wrong_secret_is_refused_and_no_outage(
    aws: Aws, service: ThirdPartyService, on_outage: str
) -> None:
    aws.secret = "another"
    outcome = all_jobs(aws, service, on_outage=on_outage)
    assert isinstance(outcome, Failed)
    assert 'refused: 401 {"message": "the signature is wrong"}' in outcome.message
    assert "another" not in outcome.message
    assert service.refused == 1


def test_a_status_elsewhere_is_not_asked(aws: Aws, service: ThirdPartyService) -> None:
    service.status_origin = "https://elsewhere.example.com"
    outcome = all_jobs(aws, service)
    assert isinstance(outcome, Failed)
    assert "refused: its status_url is not at 127.0.0.1" in outcome.message


def test_a_result_that_is_put_and_is_none(aws: Aws, service: ThirdPartyService) -> None:
    service.behaviour = "run"
    first = one_job(aws, service, None, mode="callback")
    assert isinstance(first, Continued)
    [run_id] = service.runs
    aws.s3.put_object(Bucket=BUCKET, Key=f"results/{run_id}.json", Body=b"<html>")
    outcome = one_job(aws, service, continuation_token(first.progress), mode="callback")
    assert isinstance(outcome, Failed)
    assert "did not answer" in outcome.message


def test_the_fake_service_refuses_an_old_signature(service: ThirdPartyService) -> None:
    old = str(int(time.time()) - 600)
    headers = {
        "X-Gatewright-Timestamp": old,
        "X-Gatewright-Signature": signature(service.secret, old, b"{}"),
    }
    assert httpx.post(service.url, content=b"{}", headers=headers).status_code == 401
