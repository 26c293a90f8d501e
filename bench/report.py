"""What a measurement found: rows of numbers, and ratios between them."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field


class NotMeasuredError(Exception):
    """Something could not be measured here. The text says why, and stands in the table."""


@dataclass(frozen=True, kw_only=True)
class Summary:
    """Several runs of one thing, in the unit of its row."""

    median: float
    least: float
    most: float
    runs: int

    @classmethod
    def of(cls, values: Sequence[float]) -> Summary:
        """The summary of at least one value."""
        return cls(
            median=statistics.median(values), least=min(values), most=max(values), runs=len(values)
        )


@dataclass(frozen=True, kw_only=True)
class Row:
    """One thing measured in ``unit``. Without a ``summary`` it was not, and ``note`` says why.

    ``at_most`` is the bound that the project set itself for the median.
    """

    name: str
    unit: str
    summary: Summary | None
    note: str = ""
    at_most: float | None = None

    @classmethod
    def once(cls, name: str, value: float, unit: str) -> Row:
        """Something that is the same in every run, such as a size."""
        return cls(name=name, unit=unit, summary=Summary.of([value]))

    @classmethod
    def missing(cls, name: str, unit: str, why: str) -> Row:
        """Something that could not be measured."""
        return cls(name=name, unit=unit, summary=None, note=why)


@dataclass(frozen=True, kw_only=True)
class Ratio:
    """One median by another of the same run; ``at_most`` is the project's bound for it."""

    name: str
    value: float
    at_most: float | None = None


@dataclass(frozen=True, kw_only=True)
class Report:
    """All that one measurement found."""

    title: str
    rows: Sequence[Row]
    ratios: Sequence[Ratio] = field(default_factory=tuple)


def is_kept(value: float, at_most: float | None) -> bool:
    """Whether a bound holds; without a bound there is none to break."""
    return at_most is None or value <= at_most


def ratio(
    rows: Iterable[Row], name: str, base: str, *, at_most: float | None = None
) -> list[Ratio]:
    """The ratio of the medians of two rows, or nothing where one of them was not measured."""
    medians = {row.name: row.summary.median for row in rows if row.summary}
    if name not in medians or base not in medians:
        return []
    value = medians[name] / medians[base]
    return [Ratio(name=f"{name} / {base}", value=value, at_most=at_most)]
