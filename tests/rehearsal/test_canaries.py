"""Releases whose prod goes by a canary: a good one, and one that the canary stops."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import httpx
import pytest

from local.rehearsal.execution import ActionExecution, Execution, State
from local.rehearse import released
from tests.rehearsal.conftest import unreleased
from tests.rehearsal.corner import ACCOUNT, Corner
from tests.rehearsal.test_releases import HANDLER, OPEN, stopped_at
from tests.third_party_service import ThirdPartyService

PROD = 'prod: {account: "111111111111", region: us-east-1, plans: [checks]}'
# What API Gateway reports each minute is judged each minute: a bake of two of them is watched.
CANARY = "release: {canary: {steps: [50], bake_seconds: 120}}, keep_releases: 1"
ALARM = "corner-prod-shop-v1-canary-5xx"


@pytest.fixture(scope="module")
def careful(
    outside: ThirdPartyService, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Corner]:
    """A platform of its own, whose prod has canaries; its first release is out."""
    with unreleased(tmp_path_factory.mktemp("careful"), outside) as corner:
        corner.change("platform.yaml", PROD, PROD.replace("}", f", {CANARY}}}", 1))
        corner.change("platform.yaml", "  sdks:", "  notify: [owner@example.com]\n  sdks:")
        assert released(corner.release("Open the shop, carefully"))
        yield corner


@pytest.fixture(scope="module")
def told(careful: Corner) -> Callable[[], list[str]]:
    """What the owner was told since the last look: a queue gets it too."""
    aws = replace(careful.aws, account=ACCOUNT)
    stack = aws.client("cloudformation").describe_stack_resources(StackName="corner-pipeline")
    [topic] = [
        resource["PhysicalResourceId"]
        for resource in stack["StackResources"]
        if resource["LogicalResourceId"].startswith("NotificationsReleases")
        and resource["ResourceType"] == "AWS::SNS::Topic"
    ]
    sqs = aws.client("sqs")
    queue = sqs.create_queue(QueueName="owner")["QueueUrl"]
    arn = f"arn:aws:sqs:us-east-1:{ACCOUNT}:owner"
    aws.client("sns").subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn)

    def messages() -> list[str]:
        found: list[str] = []
        while batch := sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages"):
            found += [json.loads(message["Body"])["Message"] for message in batch]
            for message in batch:
                sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
        return found

    return messages


def in_prod(executions: list[Execution], name: str) -> ActionExecution:
    """An action of the release's prod."""
    [forward] = [one for one in executions if one.kind == "FORWARD"]
    [prod] = [stage for stage in forward.stages if stage.name == "prod"]
    [action] = [action for action in prod.actions if action.name == name]
    return action


def record(corner: Corner) -> dict[str, Any]:
    ssm = replace(corner.aws, account=ACCOUNT).client("ssm")
    name = "/gatewright/corner/prod/shop-v1/release"
    return dict(json.loads(ssm.get_parameter(Name=name)["Parameter"]["Value"]))


@contextmanager
def callers(corner: Corner) -> Iterator[list[int]]:
    """Somebody calls prod all the while."""
    statuses: list[int] = []
    done, url = threading.Event(), corner.url("prod")

    def call() -> None:
        with httpx.Client(timeout=30) as client:
            while not done.wait(0.2):
                statuses.append(client.get(url).status_code)

    thread = threading.Thread(target=call)
    thread.start()
    try:
        yield statuses
    finally:
        done.set()
        thread.join()


def test_a_good_release_goes_through_by_its_canary(careful: Corner) -> None:
    careful.change("lambda_src/shop/v1/prices.py", '"apple": 2', '"apple": 3')
    careful.change("tests/test_prices.py", "== 5", "== 6")
    with callers(careful) as statuses:
        executions = careful.release("Raise the price of an apple")
    assert released(executions)
    assert set(statuses) == {200}
    assert (record(careful)["state"], record(careful)["steps"]) == ("promoting", [50])
    assert careful.prices("prod").json()["apple"] == 3
    action = in_prod(executions, "prod-canary")
    assert action.state == State.SUCCEEDED
    assert re.search(r"shop-v1: release r-\S+: promot.*; healthy", action.summary)
    log = (careful.aws.folder / "rehearsal" / "executions").glob("*/prod/prod-canary/log.txt")
    said = max(log, key=lambda file: file.stat().st_mtime).read_text()
    assert re.search(r"shop-v1: .*baking; step 1 of 1, 50 %, \d+ s left; canary requests", said)
    sweep = in_prod(executions, "prod-sweep")
    assert sweep.state == State.SUCCEEDED
    assert re.match(r"shop-v1: removed r-\S+.*; the last release stays", sweep.summary)
    assert careful.prices("prod").json()["apple"] == 3


def test_a_bad_release_is_stopped_by_its_canary(
    careful: Corner, told: Callable[[], list[str]]
) -> None:
    only_prod = 'if "prod" in str(__import__("os").environ): raise RuntimeError("not here")'
    careful.change(HANDLER, OPEN, f"{only_prod}\n    {OPEN}")
    with callers(careful) as statuses:
        executions = careful.release("Forget prod")
    careful.undo()
    stage, reason = stopped_at(executions)
    assert stage == "prod"
    assert ALARM in reason
    action = in_prod(executions, "prod-canary")
    assert action.state == State.FAILED
    assert ALARM in action.reason
    messages = told()
    assert any("A release has failed: corner" in message for message in messages), messages
    assert record(careful)["state"] == "rolled-back"
    assert 500 in statuses or 502 in statuses
    assert careful.answer("prod").json() == {"open": "yes"}
