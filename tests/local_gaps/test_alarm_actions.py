"""Who is told of an alarm: once, and although nobody looks.

'Alarm actions':
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-actions.html
"""

from __future__ import annotations

import contextlib
import itertools
import json
from typing import Any

import pytest

from tests.local_gaps.judged import alarm, dimensions, put, shown
from tests.local_gaps.running import Aws, document, mock

pytestmark = pytest.mark.long

_numbers = itertools.count()


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
