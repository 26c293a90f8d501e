"""The contract suite against a server that keeps its contract, and against one that does not."""

import json
from typing import Any

import pytest

from gatewright.checks.contract.suite import check_contract
from gatewright.checks.errors import CheckError
from gatewright.checks.job import continuation_token, read_job
from gatewright.checks.outcome import Continued, Failed, Outcome, Passed
from gatewright.checks.parameters import ParameterError
from gatewright.checks.time_left import TimeLeft
from tests.unit.checks.documents import document
from tests.unit.checks.fakes import BUCKET, PLACE, Context, job_event
from tests.unit.checks.parts import API, CONFIGURATION, KEY, Parts

ALL = {**PLACE, "key": "demo", "users": True, "rate": 1000, "execution": "e-1"}


def _check(
    shop: Parts, parameters: Any = ALL, token: str | None = None, context: Context | None = None
) -> Outcome:
    return check_contract(
        read_job(job_event(parameters, token)),
        TimeLeft(context or Context()),
        own=shop.client,
        artifact=shop.client,
        environment=shop.client,
        patience=0,
    )


def _failure(shop: Parts, parameters: Any = ALL) -> str:
    outcome = _check(shop, parameters)
    assert isinstance(outcome, Failed)
    return outcome.message


def test_a_kept_contract_passes_and_nothing_is_left(shop: Parts) -> None:
    outcome = _check(shop)
    assert isinstance(outcome, Passed), outcome
    report = shop.s3.report("e-1")
    found = {check["name"]: check["outcome"] for check in report["checks"]}
    assert outcome.summary == (
        f"contract in beta: {len(found) - 1} passed, 1 skipped. "
        f"Report: s3://{BUCKET}/e-1/beta-contract.json"
    )
    assert found.pop("GET /partner: valid credentials") == "skipped"
    assert len(found) > 30
    assert set(found.values()) == {"passed"}
    assert shop.names == shop.cognito.users == shop.cognito.clients == set()


def test_a_report_says_what_was_seen_and_no_secret(shop: Parts) -> None:
    shop.overrides["GET /parts"] = (500, {"x-amzn-RequestId": "r-9"}, f"key {KEY} is odd")
    _check(shop)
    report = shop.s3.report("e-1")
    assert (report["suite"], report["environment"]) == ("contract", "beta")
    [check] = [c for c in report["checks"] if c["name"] == "GET /parts: valid credentials"]
    assert check["api"] == API
    assert (check["status"], check["expected"]) == (500, "200")
    assert check["request_id"] == "r-9"
    assert check["message"] == "expected 200, got 500 key *** is odd"
    text = json.dumps(report)
    assert KEY not in text
    assert CONFIGURATION["ClientSecret"] not in text


@pytest.mark.parametrize(
    ("operation", "status", "message"),
    [
        ("GET /me", 200, "GET /me: no credentials: expected 401, got 200"),
        ("GET /parts", 502, "GET /parts: no credentials: expected 403, got 502"),
        ("POST /parts", 200, "POST /parts: without Idempotency-Key: expected 400, got 200"),
        ("POST /parts", 400, "POST /parts: valid credentials: expected 201, got 400"),
        ("GET /", 404, "GET /: valid credentials: expected 200, got 404"),
    ],
)
def test_a_broken_contract_fails_with_the_check_in_the_message(
    shop: Parts, operation: str, status: int, message: str
) -> None:
    shop.overrides[operation] = (status, {}, "")
    assert f"{API} {message}" in _failure(shop)


def test_a_document_that_promises_more_than_there_is_fails(shop: Parts) -> None:
    api = document()
    api["paths"]["/"]["get"]["security"] = [{"api_key": []}]
    shop.put_artifact(api=api)
    message = _failure(shop)
    assert f"{API} GET /: no credentials: expected 403, got 200" in message
    assert "2 failed" in message


def test_a_server_that_does_not_answer_fails(shop: Parts) -> None:
    shop.url = "http://127.0.0.1:9/"
    assert f"{API} GET /: valid credentials: no answer: " in _failure(shop)


def test_smoke_needs_neither_user_nor_change(shop: Parts) -> None:
    outcome = _check(shop, {**ALL, "suite": "smoke"})
    assert isinstance(outcome, Passed), outcome
    checks = shop.s3.report("e-1", "smoke")["checks"]
    assert {check["outcome"] for check in checks} == {"passed", "skipped"}
    assert not shop.cognito.clients
    assert len(checks) == 11


def test_a_report_may_have_a_name(shop: Parts) -> None:
    outcome = _check(shop, {**ALL, "suite": "smoke", "name": "twice"})
    assert isinstance(outcome, Passed)
    assert outcome.variables == {"report": f"s3://{BUCKET}/e-1/beta-twice.json"}
    assert shop.s3.report("e-1", "twice")["suite"] == "smoke"


def test_without_a_key_what_asks_for_one_is_skipped(shop: Parts) -> None:
    outcome = _check(shop, {**PLACE, "rate": 1000})
    assert isinstance(outcome, Passed)
    checks = shop.s3.report()["checks"]
    [check] = [c for c in checks if c["name"] == "GET /parts: valid credentials"]
    assert (check["outcome"], check["message"]) == ("skipped", 'no "key" is named to call with')


def test_a_long_run_goes_on_where_it_stopped(shop: Parts) -> None:
    whole = _check(shop)
    assert isinstance(whole, Passed)
    names = [check["name"] for check in shop.s3.report("e-1")["checks"]]

    class Short(Context):
        """Time for seven checks."""

        def get_remaining_time_in_millis(self) -> int:
            self.seconds -= 1
            return super().get_remaining_time_in_millis()

    token, jobs = None, 0
    while True:
        outcome = _check(shop, token=token, context=Short(45 + 8))
        if not isinstance(outcome, Continued):
            break
        token, jobs = continuation_token(outcome.progress), jobs + 1
        assert f"{jobs * 7} of {len(names)} checks done" in outcome.summary
        assert not shop.cognito.users
    assert jobs == (len(names) - 1) // 7
    assert isinstance(outcome, Passed), outcome
    assert [check["name"] for check in shop.s3.report("e-1")["checks"]] == names
    assert not shop.names


OWN = """
APIS = ("parts-v1",)

def check_unknown_part(api):
    answer = api.call("get_part", path={"name": "no-such"})
    assert answer.status == 404

def check_that_fails(api):
    answer = api.call("get_part", path={"name": "no-such"}, credentials="none")
    assert answer.status == 200, answer.text
"""


def test_a_services_own_checks_run_too(shop: Parts) -> None:
    shop.put_artifact({"checks/parts/v1.py": OWN})
    message = _failure(shop)
    assert "1 failed" in message
    assert (
        f"{API} checks/parts/v1.py:check_that_fails: checks/parts/v1.py:10: "
        "assert answer.status == 200, answer.text (AssertionError: " in message
    )


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({**ALL, "suite": "all"}, '"suite" must be "contract" or "smoke"'),
        ({**ALL, "rate": 0}, '"rate" must be a number from 0.1 to 1000'),
        ({**ALL, "roel": "x"}, 'unknown field "roel"'),
    ],
)
def test_mistakes_in_user_parameters(shop: Parts, parameters: Any, message: str) -> None:
    with pytest.raises(ParameterError) as caught:
        _check(shop, parameters)
    assert message in str(caught.value)


def test_an_unknown_key_is_named(shop: Parts) -> None:
    with pytest.raises(CheckError, match='no API key "dmeo"; it has demo'):
        _check(shop, {**ALL, "key": "dmeo"})


def test_a_function_without_a_bucket_says_so(shop: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REPORTS_BUCKET")
    with pytest.raises(ParameterError, match="REPORTS_BUCKET"):
        _check(shop)
