"""What a rehearsal tells the world around its pipeline: events on the bus, approvals on a topic."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from local.embedded_aws import EmbeddedAws
from local.rehearsal.action_log import ActionLog
from local.rehearsal.actions import ActionContext
from local.rehearsal.approval import Approval
from local.rehearsal.definition import Action, Definition, Stage
from local.rehearsal.events import Events
from local.rehearsal.execution import ActionExecution, Execution, StageExecution, State
from tests.local_gaps.running import ACCOUNT, REGION, Aws
from tests.local_gaps.test_own_events import eventually

ASK = Action(name="Ask", category="Approval", provider="Manual")
ROLE = f"arn:aws:iam::{ACCOUNT}:role/pipeline"
DEFINITION = Definition(
    name="told",
    version=3,
    role_arn=ROLE,
    artifact_buckets={},
    stages=(Stage(name="Approve", actions=(ASK,)),),
)


@pytest.fixture(scope="module")
def topic(aws: Aws) -> str:
    return str(aws.client("sns").create_topic(Name="told")["TopicArn"])


@pytest.fixture(scope="module")
def messages(aws: Aws, topic: str) -> Callable[[], list[Any]]:
    """What the topic was told since the last look."""
    queue = aws.client("sqs").create_queue(QueueName="told")["QueueUrl"]
    arn = f"arn:aws:sqs:{REGION}:{ACCOUNT}:told"
    aws.client("sns").subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn)

    def received() -> list[Any]:
        found = aws.client("sqs").receive_message(QueueUrl=queue, MaxNumberOfMessages=10)
        for message in found.get("Messages", []):
            handle = message["ReceiptHandle"]
            aws.client("sqs").delete_message(QueueUrl=queue, ReceiptHandle=handle)
        return [json.loads(message["Body"]) for message in found.get("Messages", [])]

    return received


@pytest.fixture
def embedded(aws: Aws, tmp_path: Path) -> EmbeddedAws:
    port = int(aws.endpoint.rpartition(":")[2])
    return EmbeddedAws(port=port, account=ACCOUNT, region=REGION, folder=tmp_path)


def execution() -> Execution:
    action = ActionExecution(stage="Approve", name="Ask", provider="Manual")
    return Execution(
        id="1a2b3c4d-0000-4000-8000-000000000001",
        pipeline="told",
        revision="88512240aabb",
        subject="Count calls",
        stages=[StageExecution(name="Approve", actions=[action])],
        began=datetime.now(UTC),
    )


def test_a_rule_waits_for_an_approval_as_documented(
    aws: Aws, topic: str, messages: Callable[[], list[Any]], embedded: EmbeddedAws
) -> None:
    """The pattern of 'Monitoring CodePipeline events' for approvals, with another state."""
    pattern = {
        "source": ["aws.codepipeline"],
        "detail-type": ["CodePipeline Action Execution State Change"],
        "detail": {"state": ["STARTED"], "type": {"category": ["Approval"]}},
    }
    aws.client("events").put_rule(Name="asks", EventPattern=json.dumps(pattern))
    aws.client("events").put_targets(Rule="asks", Targets=[{"Id": "1", "Arn": topic}])
    told, observer = execution(), Events(embedded, lambda: DEFINITION, pytest.fail)
    observer.execution_changed(told)
    [stage] = told.stages
    stage.state = stage.actions[0].state = State.IN_PROGRESS
    stage.actions[0].began = datetime.now(UTC)
    observer.stage_changed(told, stage)
    observer.action_changed(told, stage.actions[0])
    [message] = eventually(messages)
    event = json.loads(message["Message"])
    assert event["resources"] == [f"arn:aws:codepipeline:{REGION}:{ACCOUNT}:told"]
    detail = event["detail"]
    assert (detail["action"], detail["version"], detail["execution-id"]) == ("Ask", 3, told.id)


def test_a_topic_is_told_of_an_approval(
    topic: str, messages: Callable[[], list[Any]], embedded: EmbeddedAws, tmp_path: Path
) -> None:
    log = ActionLog(tmp_path / "log.txt")
    context = ActionContext(
        execution=execution(),
        pipeline="told",
        stage="Approve",
        folder=tmp_path,
        log=log,
        role_arn=ROLE,
        account=ACCOUNT,
        pipeline_account=ACCOUNT,
        region=REGION,
        aws=embedded,
        stopped=threading.Event(),
    )
    action = Action(
        name="Ask",
        category="Approval",
        provider="Manual",
        configuration={"NotificationArn": topic, "CustomData": "Look at the load"},
    )
    Approval("yes", None).run(action, context)
    log.close()
    [message] = eventually(messages)
    assert message["Subject"] == "APPROVAL NEEDED: AWS CodePipeline told for action Ask"
    assert json.loads(message["Message"])["approval"]["customData"] == "Look at the load"
