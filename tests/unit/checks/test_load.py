"""Percentiles are nearest ranks; a load goes on over jobs; a threshold says what was measured."""

import json
import random
from typing import Any

import pytest

from gatewright.checks.errors import CheckError
from gatewright.checks.job import continuation_token, read_job
from gatewright.checks.load.check import check_load
from gatewright.checks.load.tally import Tally, read_tally, rounded_up
from gatewright.checks.load.thresholds import Thresholds
from gatewright.checks.outcome import Continued, Failed, Outcome, Passed
from gatewright.checks.parameters import ParameterError
from gatewright.checks.time_left import TimeLeft
from tests.unit.checks.fakes import PLACE, Context, job_event
from tests.unit.checks.parts import API, KEY, Parts

LOAD = {**PLACE, "key": "demo", "requests": 40, "callers": 3, "max_error_share": 0}


def _tally(*milliseconds: float) -> Tally:
    tally = Tally()
    for time in milliseconds:
        tally.add(time / 1000, "200", success=True)
    return tally


@pytest.mark.parametrize(
    ("percent", "expected"), [(5, 15), (30, 20), (40, 20), (50, 35), (99, 50), (100, 50)]
)
def test_the_worked_example_of_nearest_rank(percent: float, expected: float) -> None:
    # Wikipedia, "Percentile", the nearest-rank method: 15, 20, 35, 40, 50.
    assert _tally(50, 15, 40, 20, 35).percentile_ms(percent) == expected


def test_a_hundred_known_times() -> None:
    times = [float(number) for number in range(1, 101)]
    random.Random(4).shuffle(times)
    tally = _tally(*times)
    assert (tally.percentile_ms(50), tally.percentile_ms(99)) == (50, 99)
    assert _tally().percentile_ms(99) == 0
    assert _tally(7).percentile_ms(50) == 7


@pytest.mark.parametrize(
    ("exact", "rounded"), [(0, 0), (7, 7), (999, 999), (1000, 1000), (1001, 1010), (123456, 124000)]
)
def test_times_are_rounded_up_to_three_digits(exact: int, rounded: int) -> None:
    assert rounded_up(exact) == rounded


def test_tallies_add_up_and_come_back_from_json() -> None:
    first, second = _tally(1, 2, 3), _tally(3, 4)
    second.add(1.0, "500", success=False)
    first.merge(second)
    again = read_tally(json.loads(json.dumps(first.as_json())))
    assert again == first
    assert (again.requests, again.errors, again.statuses) == (6, 1, {"200": 5, "500": 1})
    assert again.error_share == pytest.approx(1 / 6)


def test_thresholds_name_what_was_measured_and_allowed() -> None:
    tally = _tally(*[10.0] * 98, 900, 900)
    tally.add(0.01, "502", success=False)
    demanded = Thresholds(min_requests_per_second=20, p50_ms=10, p99_ms=500, max_error_share=0.005)
    found = {r.name: (r.outcome, r.message) for r in demanded.results(tally, seconds=10)}
    assert found == {
        "min_requests_per_second": ("failed", "measured 10.1, at least 20 a second allowed"),
        "p50_ms": ("passed", "measured 10, at most 10 ms allowed"),
        "p99_ms": ("failed", "measured 900, at most 500 ms allowed"),
        "max_error_share": ("failed", "measured 0.009901, at most 0.005 of all allowed"),
    }


def _job(
    shop: Parts, parameters: Any, token: str | None = None, context: Context | None = None
) -> Outcome:
    return check_load(
        read_job(job_event(parameters, token)),
        TimeLeft(context or Context()),
        own=shop.client,
        artifact=shop.client,
        environment=shop.client,
    )


def test_what_only_reads_is_called(shop: Parts) -> None:
    shop.requests.clear()
    outcome = _job(shop, LOAD)
    assert isinstance(outcome, Passed), outcome
    assert "40 requests" in outcome.summary
    assert "(40 x 200)" in outcome.summary
    called = [r for r in shop.requests if not r.path.startswith("/oauth2")]
    # Without users nobody can call /me, and /parts/{name} names what was not created.
    assert {(r.method, r.path) for r in called} == {
        ("GET", "/"),
        ("GET", "/parts"),
        ("GET", "/find?q=a+b"),
    }
    # A request of each caller to each of the three is not counted.
    assert len(called) == 40 + 3 * 3
    numbers = shop.s3.report(suite="load")["numbers"]
    assert (numbers["requests"], numbers["statuses"]) == (40, {"200": 40})
    assert KEY not in json.dumps(numbers)


def test_operations_can_be_chosen(shop: Parts) -> None:
    outcome = _job(shop, {**LOAD, "operations": [f"{API}.list_parts"]})
    assert isinstance(outcome, Passed)
    assert {r.path for r in shop.requests} == {"/parts"}


def test_errors_are_counted(shop: Parts) -> None:
    shop.overrides["GET /"] = (503, {}, "")
    outcome = _job(shop, {**LOAD, "operations": [f"{API}.hello", f"{API}.list_parts"]})
    assert isinstance(outcome, Failed)
    first, rest = outcome.message.split("\n")
    assert first == "max_error_share: measured 0.5, at most 0 of all allowed"
    assert "50.00% errors (20 x 200, 20 x 503)" in rest


def test_no_answer_is_an_error(shop: Parts) -> None:
    shop.url = "http://127.0.0.1:9/"
    outcome = _job(shop, {**LOAD, "operations": [f"{API}.hello"]})
    assert isinstance(outcome, Failed)
    assert "(40 x no answer)" in outcome.message


def test_a_load_goes_on_in_another_job(shop: Parts) -> None:
    class Short(Context):
        """Time for about fifteen requests."""

        def get_remaining_time_in_millis(self) -> int:
            self.seconds -= 1
            return super().get_remaining_time_in_millis()

    token, jobs = None, 1
    while True:
        outcome = _job(shop, LOAD, token, Short(45 + 16))
        if not isinstance(outcome, Continued):
            break
        token, jobs = continuation_token(outcome.progress), jobs + 1
    assert jobs > 2
    assert isinstance(outcome, Passed), outcome
    assert shop.s3.report(suite="load")["numbers"]["requests"] == 40


def test_a_load_of_some_seconds(shop: Parts) -> None:
    fields = {name: value for name, value in LOAD.items() if name != "requests"}
    outcome = _job(shop, {**fields, "seconds": 1})
    assert isinstance(outcome, Passed), outcome
    numbers = shop.s3.report(suite="load")["numbers"]
    assert 1 <= numbers["sending_seconds"] < 10
    assert numbers["requests"] > 3


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"seconds": 3}, 'give either "requests" or "seconds"'),
        ({"callers": 0}, '"callers" must be a whole number from 1 to 256'),
        ({"max_error_share": 2}, '"max_error_share" must be a number from 0 to 1'),
        (
            {"operations": ["parts-v1.create_part"]},
            '"operations" has parts-v1.create_part; what only reads is parts-v1.hello, ',
        ),
    ],
)
def test_mistakes(shop: Parts, fields: dict[str, Any], message: str) -> None:
    with pytest.raises(ParameterError) as caught:
        _job(shop, {**LOAD, **fields})
    assert message in str(caught.value)


def test_a_load_without_thresholds_checks_nothing(shop: Parts) -> None:
    fields = {name: value for name, value in LOAD.items() if name != "max_error_share"}
    with pytest.raises(ParameterError, match="give one at least of min_requests_per_second"):
        _job(shop, fields)


def test_an_operation_without_credentials_cannot_be_chosen(shop: Parts) -> None:
    with pytest.raises(CheckError, match='"users": true'):
        _job(shop, {**LOAD, "operations": [f"{API}.me"]})
