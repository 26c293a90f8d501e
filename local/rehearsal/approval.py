"""The manual approval: tells its topic, and takes the answer from APPROVE or from the terminal.

https://docs.aws.amazon.com/codepipeline/latest/userguide/approvals-action-add.html
"""

import json
import os
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from botocore.exceptions import ClientError

from local.embedded_aws import LocalError
from local.rehearsal.actions import ActionContext, ActionFailedError, ActionResult
from local.rehearsal.actions.waiting import TimeLimit
from local.rehearsal.definition import Action

VARIABLE = "APPROVE"
YES, NO = "yes", "no"
_DEFAULT_MINUTES = 7 * 24 * 60  # 'Quotas in AWS CodePipeline': approval actions
_HOW = f"`{VARIABLE}=yes make rehearse` approves, `{VARIABLE}=no make rehearse` refuses"


class Terminal(Protocol):
    """Where somebody can be asked."""

    def ask(self, question: str, limit: TimeLimit) -> str:
        """The line that somebody types. Raises ActionFailedError when nobody does in time."""


class Approval:
    """Runs approvals. ``answer`` is ``yes``, ``no`` or None, and then ``terminal`` is asked.

    ``terminal`` is None where there is none. Raises LocalError for another answer.
    """

    def __init__(self, answer: str | None, terminal: Terminal | None) -> None:
        if answer not in (YES, NO, None):
            raise LocalError(
                f"{VARIABLE}={answer!r} is no answer. {_HOW}; without it, you are asked."
            )
        self._answer = answer
        self._terminal = terminal

    def run(self, action: Action, context: ActionContext) -> ActionResult:
        """Tell the topic, and wait for the answer.

        Raises ActionFailedError when it is no, when nobody can be asked, and when nobody answers
        in the action's time limit, which is seven days by default.
        """
        limit = TimeLimit(action, context, _DEFAULT_MINUTES)
        expires = datetime.now(UTC) + timedelta(seconds=limit.seconds_left)
        _notify(action, context, expires)
        question = text(action, context)
        context.log.say(question)
        approved, by = self._ask(question, limit)
        context.log.say(f"{'Approved' if approved else 'Refused'} {by}.")
        if not approved:
            raise ActionFailedError(f"The approval was refused {by}.")
        return ActionResult(summary=f"Approved {by}")

    def _ask(self, question: str, limit: TimeLimit) -> tuple[bool, str]:
        if self._answer is not None:
            return self._answer == YES, f"by {VARIABLE}={self._answer}"
        if self._terminal is None:
            raise ActionFailedError(f"Nobody can be asked: this is no terminal. {_HOW}.")
        asked = f"{question}\nApprove? [yes/no] "
        while True:
            approved = meaning(self._terminal.ask(asked, limit))
            if approved is not None:
                return approved, "on the terminal"
            asked = "Please answer yes or no: "


def answer_from_environment() -> str | None:
    """What APPROVE says, in small letters; None when it says nothing."""
    return os.environ.get(VARIABLE, "").strip().lower() or None


def meaning(line: str) -> bool | None:
    """Whether a line says yes or no; None when it says neither."""
    return {"yes": True, "y": True, "no": False, "n": False}.get(line.strip().lower())


def text(action: Action, context: ActionContext) -> str:
    """What is asked: what for, with the words and the link of the action."""
    execution = context.execution
    lines = [
        f"{context.stage} / {action.name} of {context.pipeline} waits for approval.",
        f"  Commit: {execution.revision[:12]} {execution.subject}",
    ]
    for label, key in (("Comment", "CustomData"), ("Review", "ExternalEntityLink")):
        if action.configuration.get(key):
            lines.append(f"  {label}: {action.configuration[key]}")
    return "\n".join(lines)


def message(
    action: Action, context: ActionContext, *, region: str, token: str, expires: datetime
) -> dict[str, Any]:
    """'JSON data format for manual approval notifications in CodePipeline'.

    https://docs.aws.amazon.com/codepipeline/latest/userguide/approvals-json-format.html
    """
    console = f"https://console.aws.amazon.com/codepipeline/home?region={region}#/view"
    pipeline = f"{console}/{context.pipeline}"
    approval = {
        "pipelineName": context.pipeline,
        "stageName": context.stage,
        "actionName": action.name,
        "token": token,
        "expires": f"{expires.astimezone(UTC):%Y-%m-%dT%H:%MZ}",
        "externalEntityLink": action.configuration.get("ExternalEntityLink"),
        "approvalReviewLink": f"{pipeline}/{context.stage}/{action.name}/approve/{token}",
        "customData": action.configuration.get("CustomData"),
    }
    return {"region": region, "consoleLink": pipeline, "approval": approval}


def _notify(action: Action, context: ActionContext, expires: datetime) -> None:
    topic = action.configuration.get("NotificationArn")
    if not topic:
        return
    _arn, _partition, _service, region, account, _name = topic.split(":", 5)
    told = message(action, context, region=context.region, token=str(uuid.uuid4()), expires=expires)
    subject = f"APPROVAL NEEDED: AWS CodePipeline {context.pipeline} for action {action.name}"
    try:
        context.client("sns", account=account, region=region).publish(
            TopicArn=topic,
            Subject=subject[:100],  # SNS: a subject has fewer than 101 characters
            Message=json.dumps(told),
        )
    except ClientError as error:
        said = error.response["Error"]["Message"]
        raise ActionFailedError(f"The approval's topic {topic} could not be told: {said}") from None
    context.log.say(f"Told {topic}")
