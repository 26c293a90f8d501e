"""Which step it is, from the time alone."""

import pytest

from gatewright.canary.schedule import step_at


@pytest.mark.parametrize(
    ("elapsed", "number", "percent", "left"),
    [(0, 1, 5, 60), (9.9, 1, 5, 50.1), (10, 2, 20, 50), (29, 2, 20, 31), (30, 3, 80, 30)],
)
def test_the_step_and_what_is_left(elapsed: float, number: int, percent: int, left: float) -> None:
    step = step_at((5, 20, 80), (10, 20, 30), elapsed)
    assert step is not None
    assert (step.number, step.percent, step.seconds_left) == (number, percent, left)


@pytest.mark.parametrize("elapsed", [60, 61, 1e9])
def test_after_the_last_there_is_none(elapsed: float) -> None:
    assert step_at((5, 20, 80), (10, 20, 30), elapsed) is None
