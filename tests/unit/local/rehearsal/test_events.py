"""What CodePipeline tells EventBridge.

'Monitoring CodePipeline events':
https://docs.aws.amazon.com/codepipeline/latest/userguide/detect-state-changes-cloudwatch-events.html
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from local.embedded_aws import EmbeddedAws, LocalError
from local.rehearsal import events as module
from local.rehearsal.definition import Action, Definition, Stage
from local.rehearsal.events import Events, action_detail, pipeline_detail, stage_detail
from local.rehearsal.execution import State
from tests.unit.local.rehearsal.executions import FAILED_ID, ID, STAGES, begun, execution, rollback

AWS = EmbeddedAws(port=1, account="000000000000", region="us-east-1", folder=Path())
LOAD = Action(name="Load", category="Invoke", provider="Lambda", inputs=("code",))
DEFINITION = Definition(
    name="release",
    version=7,
    role_arn="arn:aws:iam::111111111111:role/pipeline",
    artifact_buckets={"us-east-1": "artifacts"},
    stages=tuple(
        Stage(
            name=name,
            actions=tuple(Action(name=a, category="Build", provider=p) for a, p in actions),
        )
        for name, actions in STAGES.items()
    ),
)


def test_the_pipeline_s_detail() -> None:
    assert pipeline_detail(execution()) == {
        "pipeline": "release",
        "execution-id": ID,
        "start-time": "2026-11-25T12:00:00.000Z",
        "stop-time": "2026-11-25T12:00:10.000Z",
        "execution-trigger": {
            "trigger-type": "StartPipelineExecution",
            "trigger-detail": "88512240aabbccddeeff",
        },
        "state": "SUCCEEDED",
        "pipeline-execution-attempt": 1,
    }


def test_a_rollback_names_what_failed() -> None:
    detail = pipeline_detail(rollback())
    assert detail["execution-id"] == FAILED_ID
    assert detail["execution-trigger"]["trigger-type"] == "AutomatedRollback"
    failed = json.loads(detail["execution-trigger"]["trigger-detail"])
    assert failed == {"FailedPipelineExecutionId": ID}


def test_a_stage_s_detail() -> None:
    told = execution(fails_in="Beta")
    detail = stage_detail(told, told.stages[2])
    assert (detail["stage"], detail["state"]) == ("Beta", "FAILED")
    assert detail["start-time"] == "2026-11-25T12:00:04.000Z"


def test_an_action_s_detail() -> None:
    told = execution(fails_in="Beta")
    detail = action_detail(told, told.stages[2].actions[1], LOAD, "eu-west-1")
    assert detail["type"] == {
        "owner": "AWS",
        "category": "Invoke",
        "provider": "Lambda",
        "version": "1",
    }
    assert (detail["stage"], detail["action"], detail["region"]) == ("Beta", "Load", "eu-west-1")
    assert detail["input-artifacts"] == [{"name": "code"}]
    assert detail["execution-result"] == {
        "external-execution-summary": "p99 was 412 ms\nand 250 ms is allowed",
        "error-code": "JobFailed",
    }


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (State.IN_PROGRESS, "STARTED"),
        (State.SUCCEEDED, "SUCCEEDED"),
        (State.FAILED, "FAILED"),
        (State.SUPERSEDED, "CANCELED"),
    ],
)
def test_states_have_their_names_in_events(state: State, said: str) -> None:
    told = begun()
    told.state = state
    assert pipeline_detail(told)["state"] == said


class Bus:
    """Takes what would be sent."""

    sent: list[tuple[str, dict[str, Any]]]

    def __init__(self, _aws: EmbeddedAws, *, account: str) -> None:
        self.account = account

    def call(self, _method: str, _path: str, body: list[dict[str, Any]]) -> None:
        [entry] = body
        Bus.sent.append((self.account, entry))


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, Any]]]:
    Bus.sent = []
    monkeypatch.setattr(module, "PrivatePath", Bus)
    return Bus.sent


def test_they_go_to_the_pipeline_s_account(sent: list[tuple[str, dict[str, Any]]]) -> None:
    told, observer = execution(), Events(AWS, lambda: DEFINITION, pytest.fail)
    observer.execution_changed(told)
    observer.stage_changed(told, told.stages[0])
    observer.action_changed(told, told.stages[0].actions[0])
    assert [entry["DetailType"] for _account, entry in sent] == [
        f"CodePipeline {level} Execution State Change" for level in ("Pipeline", "Stage", "Action")
    ]
    for account, entry in sent:
        assert account == "111111111111"
        assert entry["Source"] == "aws.codepipeline"
        assert entry["Resources"] == ["arn:aws:codepipeline:us-east-1:111111111111:release"]
        assert json.loads(entry["Detail"])["version"] == 7


def test_a_note_is_no_event(sent: list[tuple[str, dict[str, Any]]]) -> None:
    told, observer = execution(fails_in="Beta"), Events(AWS, lambda: DEFINITION, pytest.fail)
    observer.execution_changed(told)
    told.note = "Beta is rolled back."
    observer.execution_changed(told)
    assert len(sent) == 1


def test_what_cannot_be_sent_is_complained_of(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object) -> None:
        raise LocalError("no bus")

    monkeypatch.setattr(Bus, "call", refuse)
    monkeypatch.setattr(module, "PrivatePath", Bus)
    complaints: list[str] = []
    Events(AWS, lambda: DEFINITION, complaints.append).execution_changed(begun())
    assert complaints == ["An event of CodePipeline was not sent: no bus"]
