"""A release that makes mistakes, is slow, or breaks a route: rolled back by itself, with why."""

from __future__ import annotations

from collections.abc import Callable
from http.client import OK

import pytest

from tests.canary.releasing import Till
from tests.canary.test_good_release import interval

# Until the alarm is red: one period of 10 seconds, and 10 more.
MOST_SECONDS = 20


Change = Callable[[Till], None]


def raises(till: Till) -> None:
    till.change(RELEASE="bad", RAISES=0.3)


def is_slow(till: Till) -> None:
    till.change(RELEASE="bad", SECONDS=2.0)


def breaks_a_route(till: Till) -> None:
    till.change_contract("/price:", "/cost:")


@pytest.mark.long
@pytest.mark.parametrize(
    ("change", "alarm"),
    [
        (raises, "till-v1-canary-5xx"),
        pytest.param(is_slow, "till-v1-canary-latency", marks=pytest.mark.slow),
        pytest.param(breaks_a_route, "till-v1-canary-4xx", marks=pytest.mark.slow),
    ],
)
def test_it_is_rolled_back_with_the_reason(till: Till, change: Change, alarm: str) -> None:
    stable = till.call().json()["release"]
    before = till.stage
    change(till)
    with till.traffic() as traffic:
        reason = till.failure()
    assert f"canary-local-{alarm}" in reason

    tried = [answer for answer in traffic.answers if traffic.share_around(answer) & {10}]
    affected = [a for a in traffic.answers if a.release == "bad" or a.status != OK]
    assert affected
    assert len(affected) <= interval(0.1, len(tried))[1] * len(tried)
    assert not traffic.at_share(50)
    record = till.record
    assert record["state"] == "rolled-back"
    assert record["updated"] - record["started"] <= MOST_SECONDS

    after = till.stage
    assert (after["deploymentId"], after["variables"]) == (
        before["deploymentId"],
        before["variables"],
    )
    assert not till.canary
    assert {till.call().json()["release"] for _ in range(20)} == {stable}


@pytest.mark.slow
def test_the_next_good_release_goes_through(till: Till) -> None:
    till.change(RELEASE="good again")
    till.deploy()
    assert till.call().json() == {"release": "good again"}
