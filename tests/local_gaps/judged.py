"""Values of a metric of users' own, and alarms on it."""

from __future__ import annotations

import itertools
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from tests.local_gaps.running import Aws


def dimensions(names: Mapping[str, str]) -> list[dict[str, str]]:
    """Dimensions as CloudWatch's requests have them."""
    return [{"Name": name, "Value": value} for name, value in names.items()]


NAMES = dimensions({"of": "one"})
_numbers = itertools.count()


def last_minute() -> int:
    """The beginning of the last whole minute. Near the end of one, the beginning of the next."""
    if time.time() % 60 > 55:
        time.sleep(60.1 - time.time() % 60)
    return int(time.time()) // 60 * 60 - 60


def put(aws: Aws, metric: str, values: Mapping[int, list[float]], names: Any = NAMES) -> None:
    """Values by how many minutes before the last whole one."""
    data = [
        {
            "MetricName": metric,
            "Dimensions": names,
            "Timestamp": last_minute() - 60 * ago,
            "Values": several,
        }
        for ago, several in values.items()
    ]
    aws.client("cloudwatch").put_metric_data(Namespace="judged", MetricData=data)


def alarm(aws: Aws, metric: str, **more: Any) -> dict[str, Any]:
    """A new alarm of this metric, above 5, and what DescribeAlarms shows of it."""
    name = f"alarm-{next(_numbers)}"
    given = {
        "Namespace": "judged",
        "MetricName": metric,
        "Dimensions": NAMES,
        "Statistic": "Sum",
        "Period": 60,
        "EvaluationPeriods": 1,
        "Threshold": 5,
        "ComparisonOperator": "GreaterThanThreshold",
        **more,
    }
    kept = {key: value for key, value in given.items() if value is not None}
    aws.client("cloudwatch").put_metric_alarm(AlarmName=name, **kept)
    return shown(aws, name)


def shown(aws: Aws, name: str) -> dict[str, Any]:
    found = aws.client("cloudwatch").describe_alarms(AlarmNames=[name])["MetricAlarms"]
    assert len(found) == 1
    return dict(found[0])


def stamp(ago: int) -> str:
    return datetime.fromtimestamp(last_minute() - 60 * ago, UTC).strftime("%d/%m/%y %H:%M:%S")


def metrics(expression: str, errors: str, requests: str) -> list[dict[str, Any]]:
    def of(name: str, metric: str) -> dict[str, Any]:
        named = {"Namespace": "judged", "MetricName": metric, "Dimensions": NAMES}
        statistic = {"Metric": named, "Period": 60, "Stat": "Sum"}
        return {"Id": name, "MetricStat": statistic, "ReturnData": False}

    return [
        {"Id": "percent", "Expression": expression, "Label": "percent", "ReturnData": True},
        of("errors", errors),
        of("requests", requests),
    ]
