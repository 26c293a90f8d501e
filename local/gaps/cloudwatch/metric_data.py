"""GetMetricData with expressions, GetMetricStatistics and ListMetrics, over all metrics.

ministack answers no expression, reads a metric without dimensions as the sum of all, and has the
oldest values first.
https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html
https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricStatistics.html
https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_ListMetrics.html
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from local.gaps.cloudwatch import store
from local.gaps.cloudwatch.buckets import Bucket, Query, buckets, is_percentile
from local.gaps.cloudwatch.protocols import Call
from local.gaps.cloudwatch.queries import Result, results
from local.gaps.patch import Function, Patch

CLOUDWATCH = "ministack.services.cloudwatch"
INVALID = "InvalidParameterValue"


def data(_original: Function) -> Function:
    """Replace GetMetricData."""

    def get(*arguments: Any) -> Any:
        call = Call(*arguments)
        parameters = call.parameters()
        try:
            start, end = _window(parameters)
            queries = [_normal(query) for query in parameters.get("MetricDataQueries") or []]
            found = results(queries, start, end)
        except ValueError as problem:
            return call.refusal("ValidationError", str(problem))
        ascending = parameters.get("ScanBy") == "TimestampAscending"
        shown = [
            _shown(result, series, ascending=ascending)
            for result in found
            if str(result.query.get("ReturnData", True)).lower() == "true"
            for series in result.series or [{}]
        ]
        return call.answer("GetMetricData", {"MetricDataResults": shown, "Messages": []})

    return get


def _normal(query: Mapping[str, Any]) -> dict[str, Any]:
    if not query.get("Id"):
        raise ValueError("The parameter MetricDataQueries.member.1.Id is required.")
    return dict(query)


def _window(parameters: Mapping[str, Any]) -> tuple[float, float]:
    from ministack.services import cloudwatch

    times = [cloudwatch._parse_ts(parameters.get(name)) for name in ("StartTime", "EndTime")]
    if None in times:
        raise ValueError("The parameters StartTime and EndTime are required.")
    if times[0] >= times[1]:
        raise ValueError("The parameter StartTime must be less than the parameter EndTime.")
    return times[0], times[1]


def _shown(result: Result, series: Mapping[int, float], *, ascending: bool) -> dict[str, Any]:
    times = sorted(series, reverse=not ascending)
    metric = (result.query.get("MetricStat") or {}).get("Metric") or {}
    label = result.query.get("Label") or metric.get("MetricName") or result.query["Id"]
    shown = {
        "Id": result.query["Id"],
        "Label": label,
        "Timestamps": times,
        "Values": [series[when] for when in times],
        "StatusCode": "InternalError" if result.error else "Complete",
    }
    if result.error:
        shown["Messages"] = [{"Code": "ArgumentError", "Value": result.error}]
    return shown


def statistics(_original: Function) -> Function:
    """Replace GetMetricStatistics."""

    def get(*arguments: Any) -> Any:
        call = Call(*arguments)
        parameters = call.parameters()
        names = list(parameters.get("Statistics") or [])
        extended = list(parameters.get("ExtendedStatistics") or [])
        try:
            start, end = _window(parameters)
            query = Query.of(parameters, parameters.get("Period"))
            if not names and not extended:
                raise ValueError("At least one of Statistics, ExtendedStatistics must be given.")
            found = buckets(query, start - start % min(query.period, 60), end)
            unit = _unit(query)
            points = [_point(found[when], when, names, extended, unit) for when in found]
        except ValueError as problem:
            return call.refusal(INVALID, str(problem))
        return call.answer("GetMetricStatistics", {"Label": query.name, "Datapoints": points})

    return get


def _point(
    bucket: Bucket, when: int, names: list[str], extended: list[str], unit: str
) -> dict[str, Any]:
    point = {"Timestamp": when, **{name: bucket.statistic(name) for name in names}, "Unit": unit}
    wrong = [name for name in extended if not is_percentile(name)]
    if wrong:
        raise ValueError(f"The value {wrong[0]} for parameter ExtendedStatistics is not supported.")
    values = {name: bucket.statistic(name) for name in extended}
    there = {name: value for name, value in values.items() if value is not None}
    return {**point, "ExtendedStatistics": there} if there else point


def _unit(query: Query) -> str:
    from ministack.core.responses import get_account_id, get_region
    from ministack.services import cloudwatch

    place = (get_account_id(), get_region(), query.namespace, query.name)
    series = store.series_of(store.Metric(*place, query.dimensions))
    if series is not None:
        return series.unit
    key = cloudwatch._dims_key(dict(query.dimensions))
    points = cloudwatch._metrics.get((query.namespace, query.name, key)) or [{}]
    return str(points[0].get("Unit") or "None")


def listing(_original: Function) -> Function:
    """Replace ListMetrics."""

    def list_metrics(*arguments: Any) -> Any:
        call = Call(*arguments)
        parameters = call.parameters()
        wanted = parameters.get("Dimensions") or []
        shown = [
            {
                "Namespace": namespace,
                "MetricName": name,
                "Dimensions": [{"Name": key, "Value": value} for key, value in dimensions],
            }
            for namespace, name, dimensions in _all()
            if namespace == parameters.get("Namespace", namespace)
            and name == parameters.get("MetricName", name)
            and all(_has(dict(dimensions), each) for each in wanted)
        ]
        return call.answer("ListMetrics", {"Metrics": shown})

    return list_metrics


def _all() -> list[tuple[str, str, store.Dimensions]]:
    from ministack.core.responses import get_account_id, get_region
    from ministack.services import cloudwatch

    found = [
        (metric.namespace, metric.name, metric.dimensions)
        for metric in store.metrics_of(get_account_id(), get_region())
    ]
    for (namespace, name, _key), points in cloudwatch._metrics.items():
        given = points[0].get("Dimensions", {}) if points else {}
        found.append((namespace, name, store.dimensions(given)))
    return list(dict.fromkeys(found))


def _has(dimensions: Mapping[str, str], wanted: Mapping[str, Any]) -> bool:
    value = wanted.get("Value") or dimensions.get(wanted["Name"])
    return value is not None and dimensions.get(wanted["Name"]) == value


PATCHES = (
    Patch(CLOUDWATCH, "_get_metric_data", data),
    Patch(CLOUDWATCH, "_get_metric_statistics", statistics),
    Patch(CLOUDWATCH, "_list_metrics", listing),
)
