"""Runs contenders in turn, so that a busy machine slows all of them alike."""

import time
from collections.abc import Callable, Mapping

from bench.report import NotMeasuredError, Row, Summary

# A contender that takes this long is not run again: one run of a minute says enough.
SLOW_SECONDS = 10.0
Contender = Callable[[], float]


def interleaved(
    contenders: Mapping[str, Contender],
    *,
    runs: int,
    unit: str,
    say: Callable[[str], None],
    slow_seconds: float = SLOW_SECONDS,
) -> list[Row]:
    """A row for each contender: A B C, A B C, ... after one round that is not counted.

    A contender returns what it measured, in ``unit``. It raises NotMeasuredError for what cannot
    be measured here.
    """
    values: dict[str, list[float]] = {}
    problems: dict[str, str] = {}
    waiting = dict(contenders)
    for turn in range(1 + runs):
        for name, contender in list(waiting.items()):
            begun = time.monotonic()
            try:
                found = contender()
            except NotMeasuredError as error:
                problems[name] = str(error)
                del waiting[name]
                continue
            is_slow = time.monotonic() - begun > slow_seconds
            if turn > 0 or is_slow:
                values.setdefault(name, []).append(found)
            if is_slow:
                del waiting[name]
    rows = [_row(name, unit, values.get(name, []), problems.get(name)) for name in contenders]
    for row in rows:
        say(f"  {row.name}: {_told(row)}")
    return rows


def _row(name: str, unit: str, values: list[float], problem: str | None) -> Row:
    if problem is not None:
        return Row.missing(name, unit, problem)
    return Row(name=name, unit=unit, summary=Summary.of(values))


def _told(row: Row) -> str:
    if row.summary is None:
        return f"not measured: {row.note}"
    return f"{row.summary.median:.4g} {row.unit}"
