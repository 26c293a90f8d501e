"""Alarms: on what they look, when they change, and what they say.

'Using Amazon CloudWatch alarms', PutMetricAlarm, 'Alarm events and EventBridge':
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html
https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.local_gaps.judged import alarm, dimensions, last_minute, put, shown, stamp
from tests.local_gaps.running import Aws

# The values by how many minutes ago, the settings, the state and the reason. `{0}` is the time of
# the last whole minute and `{1}` that of the one before.
CASES: dict[str, tuple[dict[int, list[float]], dict[str, Any], str, str]] = {
    "above": (
        {0: [4, 3]},
        {},
        "ALARM",
        "Threshold Crossed: 1 datapoint [7.0 ({0})] was greater than the threshold (5.0).",
    ),
    "not above": (
        {0: [5]},
        {},
        "OK",
        "Threshold Crossed: 1 datapoint [5.0 ({0})] was not greater than the threshold (5.0).",
    ),
    "the average of the period": (
        {0: [4, 3]},
        {"Statistic": "Average"},
        "OK",
        "Threshold Crossed: 1 datapoint [3.5 ({0})] was not greater than the threshold (5.0).",
    ),
    "a percentile": (
        {0: [1.0] * 98 + [100.0] * 2},
        {"Statistic": None, "ExtendedStatistic": "p99"},
        "ALARM",
        "Threshold Crossed: 1 datapoint [100.0 ({0})] was greater than the threshold (5.0).",
    ),
    "M of N": (
        {0: [9], 1: [1], 2: [8]},
        {"EvaluationPeriods": 3, "DatapointsToAlarm": 2},
        "ALARM",
        "Threshold Crossed: 2 out of the last 3 datapoints [9.0 ({0}), 8.0 ({2})] were greater "
        "than the threshold (5.0) (minimum 2 datapoints for OK -> ALARM transition).",
    ),
    "too few of N": (
        {0: [9], 1: [1], 2: [2]},
        {"EvaluationPeriods": 3, "DatapointsToAlarm": 2},
        "OK",
        "Threshold Crossed: 2 out of the last 3 datapoints [1.0 ({1}), 2.0 ({2})] were not greater "
        "than the threshold (5.0) (minimum 2 datapoints for ALARM -> OK transition).",
    ),
    "no data": ({}, {}, "INSUFFICIENT_DATA", "Unchecked: Initial alarm creation"),
    "no data is good": (
        {},
        {"TreatMissingData": "notBreaching"},
        "OK",
        "Threshold Crossed: no datapoints were received for 1 period and 1 missing datapoint was "
        "treated as [NonBreaching].",
    ),
    "no data is bad": (
        {},
        {"TreatMissingData": "breaching", "EvaluationPeriods": 2},
        "ALARM",
        "Threshold Crossed: no datapoints were received for 2 periods and 2 missing datapoints "
        "were treated as [Breaching].",
    ),
    "some data": (
        {0: [9]},
        {"TreatMissingData": "notBreaching", "EvaluationPeriods": 2, "DatapointsToAlarm": 1},
        "ALARM",
        "Threshold Crossed: 1 out of the last 2 datapoints [9.0 ({0})] was greater than the "
        "threshold (5.0) and 1 missing datapoint was treated as [NonBreaching] (minimum 1 "
        "datapoint for OK -> ALARM transition).",
    ),
    "too old": (
        {9: [9]},
        {"TreatMissingData": "notBreaching"},
        "OK",
        "Threshold Crossed: no datapoints were received for 1 period and 1 missing datapoint was "
        "treated as [NonBreaching].",
    ),
    "few samples": (
        {0: [100.0]},
        {
            "Statistic": None,
            "ExtendedStatistic": "p99",
            "EvaluateLowSampleCountPercentile": "ignore",
        },
        "INSUFFICIENT_DATA",
        "Unchecked: Initial alarm creation",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_state_and_reason(aws: Aws, name: str) -> None:
    values, more, state, reason = CASES[name]
    put(aws, name, values)
    found = alarm(aws, name, **more)
    assert (found["StateValue"], found["StateReason"]) == (
        state,
        reason.format(*(stamp(ago) for ago in range(3))),
    )


def test_it_looks_at_its_own_dimensions_alone(aws: Aws) -> None:
    put(aws, "several", {0: [9]}, dimensions({"of": "another"}))
    put(aws, "several", {0: [9]}, [])
    put(aws, "several", {0: [1]})
    assert alarm(aws, "several")["StateValue"] == "OK"
    assert alarm(aws, "several", Dimensions=[])["StateValue"] == "ALARM"


def test_the_period_that_goes_on_is_not_judged(aws: Aws) -> None:
    put(aws, "going-on", {0: [1], -1: [100]})
    assert alarm(aws, "going-on")["StateValue"] == "OK"


def test_the_figures_are_told_as_data(aws: Aws) -> None:
    put(aws, "data", {0: [9], 1: [2, 4]})
    found = alarm(aws, "data", EvaluationPeriods=2, DatapointsToAlarm=1)
    data = json.loads(found["StateReasonData"])
    times = [datetime.fromtimestamp(last_minute() - 60 * ago, UTC) for ago in range(2)]
    texts = [f"{when:%Y-%m-%dT%H:%M:%S}.000+0000" for when in times]
    assert data.pop("queryDate")[:10] == datetime.now(UTC).date().isoformat()
    assert data == {
        "version": "1.0",
        "startDate": texts[1],
        "statistic": "Sum",
        "period": 60,
        "recentDatapoints": [6.0, 9.0],
        "threshold": 5.0,
        "evaluatedDatapoints": [
            {"timestamp": texts[0], "sampleCount": 1.0, "value": 9.0},
            {"timestamp": texts[1], "sampleCount": 2.0, "value": 6.0},
        ],
    }


def test_a_change_is_in_the_history(aws: Aws) -> None:
    put(aws, "history", {0: [1]})
    name = alarm(aws, "history")["AlarmName"]
    put(aws, "history", {0: [9]})
    assert shown(aws, name)["StateValue"] == "ALARM"
    items = aws.client("cloudwatch").describe_alarm_history(
        AlarmName=name, HistoryItemType="StateUpdate"
    )["AlarmHistoryItems"]
    assert items[0]["HistorySummary"] == "Alarm updated from OK to ALARM"
    assert "10.0" in json.loads(items[0]["HistoryData"])["newState"]["stateReason"]
