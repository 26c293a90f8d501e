"""A healthy release: its share of the callers grows by steps, and nobody gets an error."""

from __future__ import annotations

import math
from statistics import NormalDist

import pytest

from tests.canary.releasing import Till
from tests.canary.traffic import Traffic

pytestmark = pytest.mark.long

# Of a fair canary one run in ten thousand is outside.
CONFIDENCE = 0.9999
LEAST = 2000


def interval(share: float, count: int) -> tuple[float, float]:
    """Between which a share of ``count`` is, by the binomial distribution's normal limit."""
    z = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)
    margin = z * math.sqrt(share * (1 - share) / count) + 0.5 / count
    return share - margin, share + margin


@pytest.fixture(scope="module")
def released(deployed: Till) -> tuple[Till, Traffic]:
    """One release under load, which everybody got. Each bake has time for enough answers."""
    deployed.configure({"canary": {"steps": [10, 50], "bake_seconds": 14, "period_seconds": 10}})
    deployed.change(RELEASE="two", RAISES=0.0, SECONDS=0.0)
    with deployed.traffic() as traffic:
        deployed.deploy()
        deployed.call()
    return deployed, traffic


def test_nobody_gets_an_error(released: tuple[Till, Traffic]) -> None:
    _, traffic = released
    assert set(traffic.statuses) == {200}


@pytest.mark.parametrize("percent", [10, 50])
def test_each_step_has_its_share(released: tuple[Till, Traffic], percent: int) -> None:
    _, traffic = released
    answers = traffic.at_share(percent)
    assert len(answers) >= LEAST
    share = sum(answer.release == "two" for answer in answers) / len(answers)
    low, high = interval(percent / 100, len(answers))
    assert low <= share <= high


def test_before_nobody_has_it_and_after_everybody(released: tuple[Till, Traffic]) -> None:
    till, traffic = released
    began = traffic.at_share(10)[0].at
    early = {answer.release for answer in traffic.answers if answer.at < began - 0.5}
    assert len(early) == 1
    assert "two" not in early
    assert till.call().json() == {"release": "two"}
    assert not till.canary
    assert till.record["state"] == "promoting"


def test_a_deployment_without_a_change_starts_none(released: tuple[Till, Traffic]) -> None:
    till, _ = released
    before = till.record
    till.deploy()
    assert till.record == before
