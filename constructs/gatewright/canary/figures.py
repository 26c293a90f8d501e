"""The figures that a canary is judged by, for people. AWS: GetMetricData."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from gatewright.canary.release import Release

CANARY = "/Canary"
"""What a canary's stage is called in the metrics: `live/Canary`.

AWS: "Set up an API Gateway canary release deployment".
"""
_FIGURES = {
    "requests": ("Count", "Sum"),
    "errors_5xx": ("5XXError", "Sum"),
    "errors_4xx": ("4XXError", "Sum"),
    "latency_p99_ms": ("Latency", "p99"),
}
# A stage's own metrics are of all its requests, the canary's among them.
_WHO = {"canary": CANARY, "stage": ""}


def figures(cloudwatch: Any, release: Release, since: float, until: float) -> dict[str, Any]:
    """Those of the canary and of the whole stage, since a time; absent without data."""
    # At most 300 data points: 50 minutes of periods of 10 seconds.
    seconds = int(release.period_seconds)
    answer = cloudwatch.get_metric_data(
        MetricDataQueries=[
            _query(f"{who}_{name}", release, suffix, metric, statistic, seconds)
            for who, suffix in _WHO.items()
            for name, (metric, statistic) in _FIGURES.items()
        ],
        StartTime=datetime.fromtimestamp(since, UTC),
        EndTime=datetime.fromtimestamp(until + 1, UTC),
    )
    found: dict[str, dict[str, float]] = {who: {} for who in _WHO}
    for result in answer["MetricDataResults"]:
        who, _, name = result["Id"].partition("_")
        if result["Values"]:
            total = name != "latency_p99_ms"
            found[who][name] = sum(result["Values"]) if total else max(result["Values"])
    return found


def _query(
    query_id: str, release: Release, suffix: str, metric: str, statistic: str, seconds: int
) -> dict[str, Any]:
    return {
        "Id": query_id,
        "MetricStat": {
            "Metric": {
                "Namespace": "AWS/ApiGateway",
                "MetricName": metric,
                "Dimensions": [
                    {"Name": "ApiName", "Value": release.api_name},
                    {"Name": "Stage", "Value": release.stage_name + suffix},
                ],
            },
            "Period": seconds,
            "Stat": statistic,
        },
    }
