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
    for name, contender in contenders.items():
        begun = time.monotonic()
        try:
            first = contender()
        except NotMeasuredError as error:
            problems[name] = str(error)
            say(f"  {name}: not measured: {error}")
            continue
        slow = time.monotonic() - begun > slow_seconds
        values[name] = [first] if slow else []
    repeated = [name for name, found in values.items() if not found]
    for _ in range(runs):
        for name in repeated:
            values[name].append(contenders[name]())
    rows = [_row(name, unit, values.get(name), problems.get(name, "")) for name in contenders]
    for row in rows:
        if row.summary:
            say(f"  {row.name}: {row.summary.median:.4g} {unit}")
    return rows


def _row(name: str, unit: str, values: list[float] | None, note: str) -> Row:
    return Row(name=name, unit=unit, summary=Summary.of(values) if values else None, note=note)
