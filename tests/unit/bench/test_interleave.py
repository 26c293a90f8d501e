"""Contenders run in turn."""

from collections.abc import Callable

import pytest

from bench.interleave import interleaved
from bench.report import NotMeasuredError, Row

CONTENDERS = ("a", "b")


def _silent(_line: str) -> None:
    pass


def _by_name(rows: list[Row]) -> dict[str, Row]:
    return {row.name: row for row in rows}


def test_contenders_take_turns_after_a_round_that_does_not_count() -> None:
    order: list[str] = []

    def contender(name: str) -> Callable[[], float]:
        def run() -> float:
            order.append(name)
            return 100.0 if order.count(name) == 1 else float(order.count(name))

        return run

    rows = interleaved(
        {name: contender(name) for name in CONTENDERS}, runs=3, unit="s", say=_silent
    )
    assert order == ["a", "b"] * 4
    assert [(row.summary.median, row.summary.runs) for row in rows if row.summary] == [(3, 3)] * 2


def test_a_slow_contender_runs_once() -> None:
    runs: list[float] = []

    def slow() -> float:
        runs.append(20)
        return 20

    [row] = interleaved({"slow": slow}, runs=5, unit="s", say=_silent, slow_seconds=-1)
    assert row.summary is not None
    assert (runs, row.summary.runs) == ([20], 1)


def test_what_cannot_be_measured_says_why_and_stops_nobody() -> None:
    def impossible() -> float:
        raise NotMeasuredError("more than 500 resources")

    rows = _by_name(interleaved({"a": impossible, "b": lambda: 1.0}, runs=1, unit="s", say=_silent))
    assert (rows["a"].summary, rows["a"].note) == (None, "more than 500 resources")
    assert rows["b"].summary is not None


@pytest.mark.parametrize("fails_in_run", [2, 3])
def test_a_later_failure_keeps_the_others_results(fails_in_run: int) -> None:
    runs = iter(range(1, 10))

    def unsteady() -> float:
        if next(runs) == fails_in_run:
            raise NotMeasuredError("it went away")
        return 1.0

    rows = _by_name(interleaved({"a": unsteady, "b": lambda: 1.0}, runs=3, unit="s", say=_silent))
    assert (rows["a"].summary, rows["a"].note) == (None, "it went away")
    assert rows["b"].summary is not None
    assert rows["b"].summary.runs == 3
