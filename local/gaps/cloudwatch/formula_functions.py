"""The functions of metric math.

Without those that search, sort, forecast or tell the day: ANOMALY_DETECTION_BAND, SEARCH, SORT and
their like are refused by name.
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
"""

from __future__ import annotations

import itertools
import math
import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from local.gaps.cloudwatch.formula_values import FormulaError, TimeSeries, Value, at

REPEAT, LINEAR = "REPEAT", "LINEAR"


@dataclass(frozen=True)
class Data:
    """What an expression is calculated from.

    `values` are by the ids of metrics and of the expressions before; `metrics` are the ids of the
    metrics; `times` are the beginnings of all periods, in their order; `period` is in seconds.
    """

    values: Mapping[str, Value]
    metrics: Sequence[str]
    times: Sequence[int]
    period: int


Function = Callable[[Data, list[Any]], Value]


def _of_each(calculate: Callable[[float], float]) -> Function:
    def function(_data: Data, arguments: list[Any]) -> Value:
        (value,) = arguments
        if isinstance(value, list):
            return [_calculated(calculate, each) for each in value]
        return _calculated(calculate, value) if isinstance(value, dict) else calculate(value)

    return function


def _calculated(calculate: Callable[[float], float], series: TimeSeries) -> TimeSeries:
    found: TimeSeries = {}
    for when, value in series.items():
        try:
            found[when] = float(calculate(value))
        except ValueError:
            continue  # a logarithm of nothing
    return found


def _together(calculate: Callable[[list[float]], float]) -> Function:
    """Of one series a number; of several a series, for which missing values are 0."""

    def function(_data: Data, arguments: list[Any]) -> Value:
        (value,) = arguments
        if isinstance(value, dict):
            return float(calculate(list(value.values()))) if value else 0.0
        if not isinstance(value, list):
            raise FormulaError("a time series is needed, and not a number")
        times = sorted({when for series in value for when in series})
        return {
            when: float(calculate([series.get(when, 0.0) for series in value])) for when in times
        }

    return function


def _by_step(calculate: Callable[[float, float, int], float]) -> Function:
    """Of each value and the one before it, with the seconds between them."""

    def function(_data: Data, arguments: list[Any]) -> Value:
        (value,) = arguments
        if isinstance(value, list):
            return [_steps(calculate, each) for each in value]
        return _steps(calculate, value)

    return function


def _steps(calculate: Callable[[float, float, int], float], series: TimeSeries) -> TimeSeries:
    times = sorted(series)
    return {
        when: float(calculate(series[when], series[before], when - before))
        for before, when in itertools.pairwise(times)
    }


def _fill(data: Data, arguments: list[Any]) -> Value:
    value, filler = arguments
    if isinstance(value, list):
        return [_filled(data, each, filler) for each in value]
    return _filled(data, value, filler)


def _filled(data: Data, series: TimeSeries, filler: Any) -> TimeSeries:
    if filler == LINEAR:
        raise FormulaError("FILL with LINEAR is not known to the embedded AWS")
    found: TimeSeries = {}
    last: float | None = None
    for when in data.times:
        here = series.get(when, last if filler == REPEAT else at(filler, when, None))
        if here is not None:
            found[when] = last = float(here)
    return found


def _if(data: Data, arguments: list[Any]) -> Value:
    condition, yes, *no = arguments
    otherwise: Any = no[0] if no else None
    if not isinstance(condition, dict):
        chosen = yes if condition else otherwise
        return chosen if isinstance(chosen, dict) else _constant(data, chosen)
    found: TimeSeries = {}
    for when, holds in condition.items():
        here = at(yes, when, 0.0) if holds else at(otherwise, when, None)
        if here is not None:
            found[when] = float(here)
    return found


def _constant(data: Data, number: Any) -> TimeSeries:
    return {} if number is None else dict.fromkeys(data.times, float(number))


def _metrics(data: Data, arguments: list[Any]) -> Value:
    part = arguments[0] if arguments else ""
    found = [data.values[name] for name in data.metrics if part in name]
    return [series for series in found if isinstance(series, dict)]


def _running_sum(_data: Data, arguments: list[Any]) -> Value:
    (series,) = arguments
    total, found = 0.0, {}
    for when in sorted(series):
        total += series[when]
        found[when] = total
    return found


def _count(values: list[float]) -> float:
    return float(len(values))


FUNCTIONS: dict[str, Function] = {
    "ABS": _of_each(abs),
    "AVG": _together(statistics.fmean),
    "CEIL": _of_each(math.ceil),
    "DATAPOINT_COUNT": _together(_count),
    "DIFF": _by_step(lambda value, before, _seconds: value - before),
    "FILL": _fill,
    "FIRST": lambda _data, arguments: arguments[0][0],
    "FLOOR": _of_each(math.floor),
    "IF": _if,
    "LAST": lambda _data, arguments: arguments[0][-1],
    "LOG": _of_each(math.log),
    "LOG10": _of_each(math.log10),
    "MAX": _together(max),
    "METRICS": _metrics,
    "METRIC_COUNT": lambda _data, arguments: float(len(arguments[0])),
    "MIN": _together(min),
    "PERIOD": lambda data, _arguments: float(data.period),
    "RATE": _by_step(lambda value, before, seconds: (value - before) / seconds),
    "REMOVE_EMPTY": lambda _data, arguments: [series for series in arguments[0] if series],
    "RUNNING_SUM": _running_sum,
    "STDDEV": _together(statistics.pstdev),
    "SUM": _together(math.fsum),
    "TIME_SERIES": lambda data, arguments: _constant(data, arguments[0]),
}
