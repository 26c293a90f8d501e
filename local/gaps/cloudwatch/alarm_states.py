"""Which state an alarm is in, from the data points of its evaluation range.

"CloudWatch attempts to retrieve a higher number of data points than the number specified as
Evaluation Periods"; missing ones are filled in "only as few times as possible".
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

OK, ALARM, INSUFFICIENT = "OK", "ALARM", "INSUFFICIENT_DATA"
BREACHING, NOT_BREACHING, IGNORE, MISSING = "breaching", "notBreaching", "ignore", "missing"
MORE_POINTS = 2  # are looked at than are evaluated, as in the tables of the page

COMPARISONS: Mapping[str, tuple[Callable[[Any, Any], bool], str]] = {
    "GreaterThanOrEqualToThreshold": (operator.ge, "greater than or equal to"),
    "GreaterThanThreshold": (operator.gt, "greater than"),
    "LessThanThreshold": (operator.lt, "less than"),
    "LessThanOrEqualToThreshold": (operator.le, "less than or equal to"),
}


@dataclass(frozen=True)
class Point:
    """The beginning of a period, in seconds since 1970, and its value; None where it is missing."""

    when: int
    value: float | None
    samples: float | None = None


@dataclass(frozen=True)
class Rule:
    """When data points breach, and how many of how many must."""

    comparison: str
    threshold: float
    evaluated: int = 1  # EvaluationPeriods
    to_alarm: int = 1  # DatapointsToAlarm
    missing: str = MISSING

    @classmethod
    def of(cls, alarm: Mapping[str, Any]) -> Rule:
        """From the settings of an alarm, as DescribeAlarms shows them."""
        evaluated = int(alarm.get("EvaluationPeriods") or 1)
        return cls(
            str(alarm.get("ComparisonOperator")),
            float(alarm.get("Threshold") or 0),
            evaluated,
            int(alarm.get("DatapointsToAlarm") or evaluated),
            str(alarm.get("TreatMissingData") or MISSING),
        )

    @property
    def words(self) -> str:
        """The comparison as the reason of a state names it."""
        return COMPARISONS[self.comparison][1]

    def breaches(self, point: Point) -> bool:
        """Whether the value of a data point is beyond the threshold."""
        return COMPARISONS[self.comparison][0](point.value, self.threshold)


@dataclass(frozen=True)
class Verdict:
    """The state, None where the alarm keeps its own, and the data points that were evaluated."""

    state: str | None
    evaluated: tuple[Point, ...] = ()  # the newest first
    filled: int = 0


def verdict(points: Sequence[Point], rule: Rule) -> Verdict:
    """Judge the data points of the evaluation range, the oldest first."""
    newest_first = list(reversed(points))
    there = [point for point in newest_first if point.value is not None]
    used = tuple(there[: rule.evaluated])
    filled = rule.evaluated - len(used)
    breaching = sum(map(rule.breaches, used))
    if filled and rule.missing == BREACHING:
        breaching += filled
    if breaching >= rule.to_alarm:
        return Verdict(ALARM, used, filled)
    if not filled or rule.missing in (BREACHING, NOT_BREACHING) or breaching < len(used):
        return Verdict(OK, used, filled)
    if rule.missing == IGNORE:
        return Verdict(None, used, filled)
    return Verdict(_with_gaps(newest_first, used, rule), used, filled)


def _with_gaps(newest_first: list[Point], used: tuple[Point, ...], rule: Rule) -> str:
    """Of breaching data points alone, and too few: "premature", until the oldest is old enough."""
    if not used:
        return INSUFFICIENT
    age = newest_first.index(used[-1]) + 1
    return ALARM if age >= rule.to_alarm else INSUFFICIENT
