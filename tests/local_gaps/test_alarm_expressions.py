"""Alarms on expressions over metrics, and what no alarm may be made of.

PutMetricAlarm:
https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.local_gaps.judged import alarm, metrics, put, stamp
from tests.local_gaps.running import Aws

OF_EXPRESSION = dict.fromkeys(("Namespace", "MetricName", "Dimensions", "Statistic", "Period"))


def test_an_expression(aws: Aws) -> None:
    put(aws, "errors", {0: [3]})
    put(aws, "requests", {0: [40]})
    queries = metrics("100 * errors / requests", "errors", "requests")
    found = alarm(aws, "", **OF_EXPRESSION, Metrics=queries)
    assert found["Metrics"] == queries
    assert "MetricName" not in found
    assert found["StateReason"] == (
        f"Threshold Crossed: 1 datapoint [7.5 ({stamp(0)})] was greater than the threshold (5.0)."
    )
    assert "statistic" not in json.loads(found["StateReasonData"])


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "two results": (
        {
            **OF_EXPRESSION,
            "Metrics": [{**each, "ReturnData": True} for each in metrics("errors", "e", "r")],
        },
        "Exactly one element",
    ),
    "a metric and an expression": ({"Metrics": metrics("errors", "e", "r")}, "mutually exclusive"),
    "anomalies": (
        {"ComparisonOperator": "GreaterThanUpperThreshold"},
        "The embedded AWS detects no anomalies",
    ),
}


@pytest.mark.parametrize(("given", "message"), REFUSED.values(), ids=REFUSED)
def test_refused(aws: Aws, given: dict[str, Any], message: str) -> None:
    with pytest.raises(aws.client("cloudwatch").exceptions.ClientError, match=message):
        alarm(aws, "any", **given)


def test_an_expression_that_cannot_be_calculated_says_so(aws: Aws) -> None:
    queries = metrics("SEARCH('a', 'Sum', 60) + errors", "errors", "requests")
    found = alarm(aws, "", **OF_EXPRESSION, Metrics=queries)
    assert found["StateValue"] == "INSUFFICIENT_DATA"
    assert found["StateReason"].startswith("Unchecked: SEARCH is no function of metric math")
