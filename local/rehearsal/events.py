"""CodePipeline's own events, so that the pipeline's notification and metric rules run here too.

'Monitoring CodePipeline events':
https://docs.aws.amazon.com/codepipeline/latest/userguide/detect-state-changes-cloudwatch-events.html
"""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from local.embedded_aws import EmbeddedAws, LocalError
from local.rehearsal.definition import Action, Definition
from local.rehearsal.execution import ActionExecution, Execution, StageExecution, State
from local.rehearsal.private_path import PrivatePath
from local.rehearsal.times import began

SOURCE = "aws.codepipeline"
# A change of the pipeline's structure cancels the execution that is under way.
STATES: Mapping[State, str] = {
    State.IN_PROGRESS: "STARTED",
    State.SUCCEEDED: "SUCCEEDED",
    State.FAILED: "FAILED",
    State.SUPERSEDED: "CANCELED",
}
Detail = dict[str, Any]


class Events:
    """Puts each change on the default bus of the pipeline's account and region.

    ``read`` gives the pipeline as it is when an execution begins. AWS delivers these events as
    well as it can: what cannot be put is told to ``complain``, and the execution goes on.
    """

    def __init__(
        self,
        aws: EmbeddedAws,
        read: Callable[[], Definition],
        complain: Callable[[str], None],
    ) -> None:
        self._aws = aws
        self._read = read
        self._complain = complain
        self._definitions: dict[str, Definition] = {}
        self._told: dict[str, State] = {}

    def execution_changed(self, execution: Execution) -> None:
        """It began, ended, was superseded; or something is noted of it, which is no event."""
        if execution.id not in self._definitions:
            self._definitions[execution.id] = self._read()
        if self._told.get(execution.id) != execution.state:
            self._told[execution.id] = execution.state
            self._put("Pipeline", execution, pipeline_detail(execution))

    def stage_changed(self, execution: Execution, stage: StageExecution) -> None:
        """A stage began or ended."""
        self._put("Stage", execution, stage_detail(execution, stage))

    def action_changed(self, execution: Execution, action: ActionExecution) -> None:
        """An action began or ended."""
        declared = declaration(self._definitions[execution.id], action)
        region = declared.region or self._aws.region
        self._put("Action", execution, action_detail(execution, action, declared, region))

    def _put(self, level: str, execution: Execution, detail: Detail) -> None:
        definition = self._definitions[execution.id]
        account = definition.role_arn.split(":")[4]
        entry = {
            "Source": SOURCE,
            "DetailType": f"CodePipeline {level} Execution State Change",
            "Resources": [f"arn:aws:codepipeline:{self._aws.region}:{account}:{definition.name}"],
            "Detail": json.dumps({**detail, "version": definition.version}),
        }
        try:
            PrivatePath(self._aws, account=account).call("POST", "events", [entry])
        except LocalError as error:
            self._complain(f"An event of CodePipeline was not sent: {error}")


def pipeline_detail(execution: Execution) -> Detail:
    """Of the whole execution, except for the pipeline's version."""
    return {**_common(execution, execution.began, execution.state), **_ended(execution.ended)}


def stage_detail(execution: Execution, stage: StageExecution) -> Detail:
    """Of a stage, except for the pipeline's version."""
    return {**_common(execution, began(stage), stage.state), "stage": stage.name}


def action_detail(
    execution: Execution, action: ActionExecution, declared: Action, region: str
) -> Detail:
    """Of an action, except for the pipeline's version."""
    return {
        **_common(execution, action.began, action.state),
        "stage": action.stage,
        "action": action.name,
        "region": region,
        "type": {
            "owner": "AWS",
            "category": declared.category,
            "provider": declared.provider,
            "version": "1",
        },
        "input-artifacts": [{"name": name} for name in declared.inputs],
        "output-artifacts": [{"name": name} for name in declared.outputs],
        **_result(action),
    }


def declaration(definition: Definition, action: ActionExecution) -> Action:
    """The action as the pipeline declares it."""
    return next(
        declared
        for stage in definition.stages
        if stage.name == action.stage
        for declared in stage.actions
        if declared.name == action.name
    )


def _common(execution: Execution, start: datetime | None, state: State) -> Detail:
    return {
        "pipeline": execution.pipeline,
        "execution-id": execution.id,
        "start-time": _time(start or execution.began),
        "execution-trigger": _trigger(execution),
        "state": STATES[state],
        "pipeline-execution-attempt": 1,
    }


def _trigger(execution: Execution) -> Detail:
    if execution.kind != "ROLLBACK":
        return {"trigger-type": "StartPipelineExecution", "trigger-detail": execution.revision}
    failed = json.dumps({"FailedPipelineExecutionId": execution.rolls_back})
    return {"trigger-type": "AutomatedRollback", "trigger-detail": failed}


def _result(action: ActionExecution) -> Detail:
    summary = action.reason or action.summary
    if not summary:
        return {}
    failed = {"error-code": "JobFailed"} if action.state == State.FAILED else {}
    return {"execution-result": {"external-execution-summary": summary, **failed}}


def _ended(at: datetime | None) -> Detail:
    return {"stop-time": _time(at)} if at else {}


def _time(at: datetime | None) -> str | None:
    return (
        at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z") if at else None
    )
