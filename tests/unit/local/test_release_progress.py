"""What is worth a line while a release is on its way."""

from typing import Any

import pytest

from local.release_progress import is_news

BAKING = {"request": "a", "state": "baking", "step": 1, "seconds_left": 20}


@pytest.mark.parametrize(
    ("now", "always", "with_figures"),
    [
        (BAKING, False, False),
        ({**BAKING, "seconds_left": 10}, False, True),
        ({**BAKING, "step": 2}, True, True),
        ({**BAKING, "state": "settling"}, True, True),
        ({"request": "b", "state": "rolled-back"}, True, True),
        ({"request": "b", "state": "idle"}, False, False),
        ({}, False, False),
    ],
)
def test_a_move_is_told_at_once_and_figures_now_and_then(
    now: dict[str, Any], *, always: bool, with_figures: bool
) -> None:
    assert is_news(BAKING, now, with_figures=False) == always
    assert is_news(BAKING, now, with_figures=True) == with_figures


def test_what_has_ended_long_ago_is_not_told_again() -> None:
    ended = {"request": "a", "state": "promoting"}
    assert not is_news(ended, {**ended, "updated": 2}, with_figures=True)
