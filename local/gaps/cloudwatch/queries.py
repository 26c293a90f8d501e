"""`MetricDataQueries`, and the `Metrics` of an alarm: metrics, and expressions over them.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDataQuery.html
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from local.gaps.cloudwatch.buckets import Query, buckets
from local.gaps.cloudwatch.formula import calculated
from local.gaps.cloudwatch.formula_functions import Data
from local.gaps.cloudwatch.formula_values import FormulaError, TimeSeries, Value

_ID = re.compile(r"(?<![\w\"'])[a-z]\w*(?![\w\"'])")
DEFAULT_PERIOD = 60


@dataclass(frozen=True)
class Result:
    """The time series of a query, of which an expression may have several or an error."""

    query: Mapping[str, Any]
    series: list[TimeSeries]
    error: str | None = None


def results(queries: Sequence[Mapping[str, Any]], start: float, end: float) -> list[Result]:
    """What each query results in, in their order. `start` and `end` are seconds since 1970."""
    found: dict[str, Result] = {}
    metrics = [query for query in queries if not query.get("Expression")]
    for query in metrics:
        found[query["Id"]] = _of_metric(query, start, end)
    waiting = [query for query in queries if query.get("Expression")]
    while waiting:
        later = {query["Id"] for query in waiting}
        ready = [query for query in waiting if not _named(query) & later]
        if not ready:
            raise FormulaError(f"These expressions need each other: {', '.join(sorted(later))}")
        for query in ready:
            found[query["Id"]] = _of_expression(query, metrics, found, (start, end))
        waiting = [query for query in waiting if query not in ready]
    return [found[query["Id"]] for query in queries]


def period_of(query: Mapping[str, Any], metrics: Sequence[Mapping[str, Any]] = ()) -> int:
    """The period of a query in seconds; an expression's is its own, or the longest of metrics."""
    own = (query.get("MetricStat") or {}).get("Period") or query.get("Period")
    # Of metrics alone: the expression is among them, and has none of its own.
    others = [each for each in metrics if each.get("MetricStat") or each.get("Period")]
    return int(own) if own else max(map(period_of, others), default=DEFAULT_PERIOD)


def _named(query: Mapping[str, Any]) -> set[str]:
    return set(_ID.findall(query["Expression"]))


def _of_metric(query: Mapping[str, Any], start: float, end: float) -> Result:
    statistic = query.get("MetricStat") or {}
    period = period_of(query)
    asked = Query.of(statistic.get("Metric") or {}, period)
    found = buckets(asked, start - start % period, end)
    name = str(statistic.get("Stat") or "Average")
    values = {when: bucket.statistic(name) for when, bucket in found.items()}
    return Result(query, [{when: value for when, value in values.items() if value is not None}])


def _of_expression(
    query: Mapping[str, Any],
    metrics: Sequence[Mapping[str, Any]],
    found: Mapping[str, Result],
    window: tuple[float, float],
) -> Result:
    period = period_of(query, metrics)
    values: dict[str, Value] = {
        name: result.series[0] if len(result.series) == 1 else result.series
        for name, result in found.items()
    }
    first = int(window[0] - window[0] % period)
    times = range(first, int(-(-window[1] // 1)), period)
    data = Data(values, [each["Id"] for each in metrics], times, period)
    try:
        return Result(query, calculated(query["Expression"], data))
    except FormulaError as problem:
        return Result(query, [], str(problem))
