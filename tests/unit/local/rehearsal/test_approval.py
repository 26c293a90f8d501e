"""Approvals: who is told, who is asked, and what their answer means."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError

from local.embedded_aws import EmbeddedAws, LocalError
from local.rehearsal.action_log import ActionLog
from local.rehearsal.actions import ActionContext, ActionFailedError
from local.rehearsal.actions.waiting import TimeLimit
from local.rehearsal.approval import (
    Approval,
    answer_from_environment,
    meaning,
    message,
    text,
)
from local.rehearsal.definition import Action
from tests.unit.local.rehearsal.executions import execution

TOPIC = "arn:aws:sns:eu-west-1:222222222222:approvals"
ACTION = Action(
    name="Release",
    category="Approval",
    provider="Manual",
    configuration={"CustomData": "Look at the load", "ExternalEntityLink": "https://example.com/1"},
)
TOLD = Action(
    name="Release", category="Approval", provider="Manual", configuration={"NotificationArn": TOPIC}
)


class Topics(ActionContext):
    """A context whose SNS keeps what is published, or refuses it."""

    def client(
        self,
        service: str,
        *,
        account: str | None = None,
        region: str | None = None,
        config: Any = None,  # noqa: ARG002
    ) -> Any:
        PUBLISHED.append({"service": service, "account": account, "region": region})
        return self

    def publish(self, **arguments: str) -> None:
        if REFUSED:
            error = {"Error": {"Code": "NotFound", "Message": "Topic does not exist"}}
            raise ClientError(error, "Publish")  # type: ignore[arg-type]
        PUBLISHED[-1].update(arguments)


PUBLISHED: list[dict[str, Any]] = []
REFUSED: list[bool] = []


@pytest.fixture
def context(tmp_path: Path) -> Iterator[Topics]:
    PUBLISHED.clear()
    REFUSED.clear()
    log = ActionLog(tmp_path / "log.txt")
    yield Topics(
        execution=execution(),
        pipeline="release",
        stage="Approve",
        folder=tmp_path,
        log=log,
        role_arn="arn:aws:iam::000000000000:role/pipeline",
        account="000000000000",
        pipeline_account="000000000000",
        region="us-east-1",
        aws=EmbeddedAws(port=1, account="000000000000", region="us-east-1", folder=tmp_path),
        stopped=threading.Event(),
    )
    log.close()


class Person:
    """Types these lines."""

    def __init__(self, *lines: str) -> None:
        self.lines = list(lines)
        self.questions: list[str] = []

    def ask(self, question: str, limit: TimeLimit) -> str:
        self.questions.append(question)
        limit.check("Nobody answered")
        return self.lines.pop(0)


def test_the_environment_approves(context: Topics) -> None:
    result = Approval("yes", Person()).run(ACTION, context)
    assert result.summary == "Approved by APPROVE=yes"
    assert "Look at the load" in context.log.path.read_text()


def test_the_environment_refuses(context: Topics) -> None:
    with pytest.raises(ActionFailedError, match="The approval was refused by APPROVE=no"):
        Approval("no", None).run(ACTION, context)


def test_a_person_is_asked_with_the_text_and_the_link(context: Topics) -> None:
    person = Person("yes\n")
    assert Approval(None, person).run(ACTION, context).summary == "Approved on the terminal"
    assert person.questions == [
        "Approve / Release of release waits for approval.\n"
        "  Commit: 88512240aabb Count <b>every</b> call\n"
        "  Comment: Look at the load\n"
        "  Review: https://example.com/1\n"
        "Approve? [yes/no] "
    ]


def test_a_person_may_refuse(context: Topics) -> None:
    with pytest.raises(ActionFailedError, match="refused on the terminal"):
        Approval(None, Person("n\n")).run(ACTION, context)


def test_a_person_is_asked_until_it_is_an_answer(context: Topics) -> None:
    person = Person("\n", "perhaps\n", "Yes \n")
    Approval(None, person).run(ACTION, context)
    assert person.questions[1:] == ["Please answer yes or no: "] * 2


def test_without_anybody_it_says_how_to_answer(context: Topics) -> None:
    with pytest.raises(ActionFailedError) as failed:
        Approval(None, None).run(ACTION, context)
    assert "APPROVE=yes make rehearse" in failed.value.reason
    assert "APPROVE=no make rehearse" in failed.value.reason


def test_nobody_is_waited_for_after_ctrl_c(context: Topics) -> None:
    context.stopped.set()
    with pytest.raises(ActionFailedError, match="stopped"):
        Approval(None, Person("yes\n")).run(ACTION, context)


def test_the_topic_is_told_in_its_account_and_region(context: Topics) -> None:
    Approval("yes", None).run(TOLD, context)
    [told] = PUBLISHED
    assert (told["service"], told["account"], told["region"]) == (
        "sns",
        "222222222222",
        "eu-west-1",
    )
    assert told["TopicArn"] == TOPIC
    assert told["Subject"] == "APPROVAL NEEDED: AWS CodePipeline release for action Release"
    assert json.loads(told["Message"])["approval"]["actionName"] == "Release"


def test_without_a_topic_nobody_is_told(context: Topics) -> None:
    Approval("yes", None).run(ACTION, context)
    assert PUBLISHED == []


def test_a_topic_that_is_not_there_fails_the_action(context: Topics) -> None:
    REFUSED.append(True)
    with pytest.raises(ActionFailedError, match=f"{TOPIC} could not be told: Topic does not exist"):
        Approval("yes", None).run(TOLD, context)


def test_the_message_is_the_documented_one(context: Topics) -> None:
    """The example of 'JSON data format for manual approval notifications', with our names."""
    expires = datetime(2026, 12, 2, 20, 22, tzinfo=UTC)
    link = "https://console.aws.amazon.com/codepipeline/home?region=us-east-2#/view/release"
    assert message(ACTION, context, region="us-east-2", token="t", expires=expires) == {
        "region": "us-east-2",
        "consoleLink": link,
        "approval": {
            "pipelineName": "release",
            "stageName": "Approve",
            "actionName": "Release",
            "token": "t",
            "expires": "2026-12-02T20:22Z",
            "externalEntityLink": "https://example.com/1",
            "approvalReviewLink": f"{link}/Approve/Release/approve/t",
            "customData": "Look at the load",
        },
    }


def test_text_without_comment_or_link_has_neither(context: Topics) -> None:
    assert "Comment" not in text(TOLD, context)
    assert "Review" not in text(TOLD, context)


@pytest.mark.parametrize("answer", ["maybe", "YES", ""])
def test_another_answer_is_refused_at_once(answer: str) -> None:
    with pytest.raises(LocalError, match="is no answer"):
        Approval(answer, None)


@pytest.mark.parametrize(
    ("given", "found"), [("YES", "yes"), (" no ", "no"), ("", None), ("x", "x")]
)
def test_the_environment_is_read_in_small_letters(
    monkeypatch: pytest.MonkeyPatch, given: str, found: str | None
) -> None:
    monkeypatch.setenv("APPROVE", given)
    assert answer_from_environment() == found


@pytest.mark.parametrize(
    ("line", "said"),
    [("yes\n", True), ("Y", True), (" no ", False), ("N\n", False), ("", None), ("nope", None)],
)
def test_what_a_line_means(line: str, said: bool | None) -> None:
    assert meaning(line) is said
