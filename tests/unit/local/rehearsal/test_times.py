"""Times of stages and executions, and how they are said."""

from __future__ import annotations

import pytest

from local.rehearsal.times import began, ended, execution_seconds, spoken, stage_seconds
from tests.unit.local.rehearsal.executions import at, begun, execution


def test_a_stage_lasts_from_its_first_action_to_its_last() -> None:
    beta = execution().stages[2]
    assert (began(beta), ended(beta), stage_seconds(beta)) == (at(4), at(8), 4)


def test_what_has_not_begun_has_no_time() -> None:
    waiting = begun()
    assert (began(waiting.stages[0]), ended(waiting.stages[0])) == (None, None)
    assert (stage_seconds(waiting.stages[0]), execution_seconds(waiting)) == (None, None)


def test_an_execution_lasts_to_its_end() -> None:
    assert execution_seconds(execution()) == 10


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (None, ""),
        (0, "0.0 s"),
        (2.14, "2.1 s"),
        (99.94, "99.9 s"),
        (99.96, "1 min 40 s"),
        (119.6, "2 min 00 s"),
        (3725, "62 min 05 s"),
    ],
)
def test_seconds_are_said_for_people(seconds: float | None, said: str) -> None:
    assert spoken(seconds) == said
