"""Alarms: on what they look, when they change, and what they say.

'Using Amazon CloudWatch alarms', PutMetricAlarm, 'Alarm events and EventBridge':
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html
https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html
"""

from __future__ import annotations

import contextlib
import itertools
import json
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.local_gaps.running import Aws, document, mock
from tests.local_gaps.test_canary import settings
from tests.local_gaps.test_metrics import dimensions

_numbers = itertools.count()
NAMES = dimensions({"of": "one"})


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


def told(aws: Aws) -> tuple[str, str]:
    """A topic, and the URL of a queue that has what it is told."""
    sns, sqs = aws.client("sns"), aws.client("sqs")
    name = f"told-{next(_numbers)}"
    topic = sns.create_topic(Name=name)["TopicArn"]
    url = sqs.create_queue(QueueName=name)["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn["QueueArn"])
    return topic, url


def received(aws: Aws, url: str) -> Any:
    """The next message of the queue, which comes soon."""
    answer = aws.client("sqs").receive_message(QueueUrl=url, WaitTimeSeconds=15)
    return json.loads(json.loads(answer["Messages"][0]["Body"])["Message"])


def test_a_topic_is_told_once(aws: Aws) -> None:
    topic, url = told(aws)
    put(aws, "told", {0: [9]})
    name = alarm(aws, "told", AlarmActions=[topic])["AlarmName"]
    shown(aws, name)
    message = received(aws, url)
    assert (message["AlarmName"], message["NewStateValue"]) == (name, "ALARM")
    assert "[9.0 (" in message["NewStateReason"]
    assert "Messages" not in aws.client("sqs").receive_message(QueueUrl=url)


def test_a_topic_is_told_although_nobody_looks(aws: Aws) -> None:
    """The API's requests come after the alarm, and the next period ends with nobody asking."""
    topic, url = told(aws)
    content = document({"/a": {"get": mock("a")}}, info={"title": "unwatched", "version": "1"})
    alarm(
        aws,
        "Count",
        Namespace="AWS/ApiGateway",
        Dimensions=dimensions({"ApiName": "unwatched", "Stage": "live"}),
        Threshold=0,
        Period=10,
        AlarmActions=[topic],
        TreatMissingData="ignore",
    )
    aws.call(aws.import_api(content), "/a")
    for _ in range(2):
        with contextlib.suppress(KeyError):
            assert received(aws, url)["NewStateValue"] == "ALARM"
            return
    raise AssertionError("nobody was told")


def test_a_canary_is_judged_apart_from_its_stage(aws: Aws) -> None:
    """Half of the canary's answers are errors, and few of all."""
    good, bad = mock("good"), mock("", request='{"statusCode": 500}')
    bad["x-amazon-apigateway-integration"]["responses"]["500"] = {"statusCode": "500"}
    bad["responses"]["500"] = {"description": "bad"}
    content = document({"/a": {"get": good}}, info={"title": "judged", "version": "1"})
    api = aws.import_api(content)
    gateway = aws.client("apigateway")
    names = {"restApiId": api, "stageName": "live"}
    content["paths"] = {"/a": {"get": good}, "/b": {"get": bad}}
    gateway.put_rest_api(restApiId=api, mode="overwrite", body=json.dumps(content).encode())
    new = gateway.create_deployment(restApiId=api)["id"]
    if time.time() % 10 > 5:
        time.sleep(10.05 - time.time() % 10)
    for _ in range(40):
        aws.call(api, "/a")
    gateway.update_stage(**names, patchOperations=settings(new, 100))
    for path in ("/a", "/b"):
        aws.call(api, path)
    found = {
        stage: alarm(
            aws,
            "5XXError",
            Namespace="AWS/ApiGateway",
            Dimensions=dimensions({"ApiName": "judged", "Stage": stage}),
            Statistic="Average",
            Threshold=0.1,
            Period=10,
            TreatMissingData="notBreaching",
        )["AlarmName"]
        for stage in ("live", "live/Canary")
    }
    time.sleep(10.05 - time.time() % 10)
    assert shown(aws, found["live/Canary"])["StateValue"] == "ALARM"
    assert "[0.5 (" in shown(aws, found["live/Canary"])["StateReason"]
    assert shown(aws, found["live"])["StateValue"] == "OK"
