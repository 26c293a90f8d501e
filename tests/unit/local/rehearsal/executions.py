"""Executions for the cases: a pipeline of four stages, at known times."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from local.rehearsal.execution import ActionExecution, Execution, StageExecution, State

BEGAN = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
ID, FAILED_ID = "1a2b3c4d-0000-4000-8000-000000000001", "9f8e7d6c-0000-4000-8000-000000000002"
STAGES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "Source": (("Code", "S3"),),
    "Build": (("Synth", "CodeBuild"),),
    "Beta": (("Deploy-foods-v1", "CloudFormation"), ("Load", "Lambda")),
    "Prod": (("Deploy-foods-v1", "CloudFormation"),),
}


def at(seconds: float) -> datetime:
    return BEGAN + timedelta(seconds=seconds)


def execution(folder: Path | None = None, *, fails_in: str | None = None) -> Execution:
    """One that ended: each action took two seconds, and one failed in the named stage."""
    made = begun(folder)
    clock = 0.0
    for stage in made.stages:
        for action in stage.actions:
            clock = _ran(action, clock, folder)
        stage.state = State.SUCCEEDED
        if stage.name == fails_in:
            last = stage.actions[-1]
            last.state, last.reason = State.FAILED, "p99 was 412 ms\nand 250 ms is allowed"
            stage.state = made.state = State.FAILED
            break
    else:
        made.state = State.SUCCEEDED
    made.ended = at(clock)
    return made


def begun(folder: Path | None = None) -> Execution:
    """One that has only begun."""
    stages = [
        StageExecution(
            name=name,
            actions=[ActionExecution(stage=name, name=a, provider=p) for a, p in actions],
        )
        for name, actions in STAGES.items()
    ]
    return Execution(
        id=ID,
        pipeline="release",
        revision="88512240aabbccddeeff",
        subject="Count <b>every</b> call",
        stages=stages,
        began=BEGAN,
        folder=folder,
    )


def rollback(folder: Path | None = None) -> Execution:
    """What brought Beta back after ID failed in it."""
    made = execution(folder)
    made.id, made.kind = FAILED_ID, "ROLLBACK"
    made.stages = [stage for stage in made.stages if stage.name == "Beta"]
    made.rolls_back, made.target = ID, "77777777-0000-4000-8000-000000000003"
    made.revision, made.subject = "0badc0de00000000", "The good one"
    return made


def _ran(action: ActionExecution, clock: float, folder: Path | None) -> float:
    action.state, action.began, action.ended = State.SUCCEEDED, at(clock), at(clock + 2)
    if folder:
        own = folder / action.stage / action.name
        own.mkdir(parents=True)
        action.log = own / "log.txt"
        action.log.write_text("said\n")
    return clock + 2
