"""Events of AWS's own services reach the rules of their account.

https://docs.aws.amazon.com/codepipeline/latest/userguide/detect-state-changes-cloudwatch-events.html
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
"""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from tests.local_gaps.running import ACCOUNT, REGION, Aws

KIND = "CodePipeline Pipeline Execution State Change"
PATTERN = {"source": ["aws.codepipeline"], "detail": {"pipeline": ["release"], "state": ["FAILED"]}}
TRANSFORMER = {
    "InputPathsMap": {"name": "$.detail.pipeline", "id": "$.detail.execution-id"},
    "InputTemplate": '"<name> failed: <id>"',
}
KEEPING = """
import boto3, json
def handler(event, context):
    name = event["detail"]["execution-id"] if "detail" in event else event["id"]
    boto3.client("ssm").put_parameter(Name=f"/seen/{name}", Value=json.dumps(event), Type="String")
"""


def send(
    aws: Aws,
    execution: str,
    state: str = "FAILED",
    account: str = ACCOUNT,
    pipeline: str = "release",
) -> Any:
    """Put the event of an execution on the default bus, as CodePipeline does."""
    detail = {"pipeline": pipeline, "execution-id": execution, "state": state}
    entry = {
        "Source": "aws.codepipeline",
        "DetailType": KIND,
        "Detail": json.dumps(detail),
        "Resources": [f"arn:aws:codepipeline:{REGION}:{account}:{pipeline}"],
    }
    url = f"{aws.endpoint}/_gatewright/{account}/{REGION}/events"
    return httpx.post(url, json=[entry]).raise_for_status().json()


def eventually(look: Callable[[], Any]) -> Any:
    """What ``look`` finds, as soon as it finds something; targets run in the background."""
    deadline = time.monotonic() + 20
    while not (found := look()):
        assert time.monotonic() < deadline, "nothing came"
        time.sleep(0.05)
    return found


def rule(aws: Aws, name: str, target: dict[str, Any]) -> None:
    events = aws.client("events")
    events.put_rule(Name=name, EventPattern=json.dumps(PATTERN))
    events.put_targets(Rule=name, Targets=[{"Id": "1", **target}])


@pytest.fixture(scope="module")
def messages(aws: Aws) -> Callable[[], list[str]]:
    """What a topic of a rule told its subscriber since the last look."""
    sns, sqs = aws.client("sns"), aws.client("sqs")
    topic = sns.create_topic(Name="failed-releases")["TopicArn"]
    queue = sqs.create_queue(QueueName="failed-releases")["QueueUrl"]
    arn = f"arn:aws:sqs:{REGION}:{ACCOUNT}:failed-releases"
    sns.subscribe(
        TopicArn=topic, Protocol="sqs", Endpoint=arn, Attributes={"RawMessageDelivery": "true"}
    )
    rule(aws, "to-topic", {"Arn": topic, "InputTransformer": TRANSFORMER})

    def received() -> list[str]:
        found = sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages", [])
        for message in found:
            sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
        return [message["Body"] for message in found]

    return received


@pytest.fixture(scope="module")
def seen(aws: Aws) -> Callable[[str], Any]:
    """What a function of a rule was given for an execution."""
    arn = aws.function("keeps-events", KEEPING)
    rule(aws, "to-function", {"Arn": arn})

    def parameter(execution: str) -> Any:
        found = aws.client("ssm").get_parameters(Names=[f"/seen/{execution}"])["Parameters"]
        return json.loads(found[0]["Value"]) if found else None

    return parameter


def test_anybody_else_may_not_send_them(aws: Aws) -> None:
    """'PutEventsRequestEntry': sources that begin with `aws.` are reserved."""
    entry = {"Source": "aws.codepipeline", "DetailType": KIND, "Detail": "{}"}
    answer = aws.client("events").put_events(Entries=[entry])
    assert answer["FailedEntryCount"] == 1
    assert answer["Entries"][0]["ErrorCode"] == "NotAuthorizedForSourceException"


def test_a_topic_is_told_what_the_rule_makes_of_it(
    aws: Aws, messages: Callable[[], list[str]]
) -> None:
    execution = str(uuid.uuid4())
    assert send(aws, str(uuid.uuid4()), state="SUCCEEDED")["FailedEntryCount"] == 0
    assert send(aws, execution)["FailedEntryCount"] == 0
    [message] = eventually(messages)
    assert message == f'"release failed: {execution}"'


def test_a_function_is_given_the_event(aws: Aws, seen: Callable[[str], Any]) -> None:
    execution = str(uuid.uuid4())
    send(aws, execution)
    event = eventually(lambda: seen(execution))
    assert (event["source"], event["detail-type"]) == ("aws.codepipeline", KIND)
    assert (event["account"], event["region"]) == (ACCOUNT, REGION)
    assert event["detail"]["execution-id"] == execution


def test_a_function_is_given_what_the_rule_makes_of_it(
    aws: Aws, seen: Callable[[str], Any]
) -> None:
    execution = str(uuid.uuid4())
    template = '{"id": "t-<id>", "text": "<name> failed"}'
    transformer = {**TRANSFORMER, "InputTemplate": template}
    arn = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:keeps-events"
    rule(aws, "to-function-changed", {"Arn": arn, "InputTransformer": transformer})
    send(aws, execution)
    given = eventually(lambda: seen(f"t-{execution}"))
    assert given == {"id": f"t-{execution}", "text": "release failed"}


def test_rules_of_another_account_do_not_see_them(aws: Aws, seen: Callable[[str], Any]) -> None:
    elsewhere, here = str(uuid.uuid4()), str(uuid.uuid4())
    send(aws, elsewhere, account="111111111111")
    send(aws, here)
    eventually(lambda: seen(here))
    assert seen(elsewhere) is None


def test_more_than_ten_at_once_are_refused(aws: Aws) -> None:
    url = f"{aws.endpoint}/_gatewright/{ACCOUNT}/{REGION}/events"
    entry = {"Source": "aws.codepipeline", "DetailType": KIND, "Detail": "{}"}
    answer = httpx.post(url, json=[entry] * 11)
    assert (answer.status_code, answer.json()["code"]) == (400, "ValidationException")
