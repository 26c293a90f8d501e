"""What the report says of an execution, ready to be filled in."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from local.rehearsal.execution import ActionExecution, Execution, StageExecution, State
from local.rehearsal.summary import conclusions
from local.rehearsal.times import execution_seconds, spoken, stage_seconds

Link = Callable[[Path], str]

# What an action leaves beside its log that is worth a link; a build's folder holds more.
_ARTIFACTS = ("*.zip", "*.json", "*.html", "*.xml")
_AT_MOST = 12
_NARROWEST = 0.4  # per cent of the timeline's width that can still be seen
_WORDS = {
    State.WAITING: "not reached",
    State.IN_PROGRESS: "in progress",
    State.SUCCEEDED: "succeeded",
    State.FAILED: "failed",
    State.SUPERSEDED: "superseded",
}


@dataclass(frozen=True, kw_only=True)
class FileView:
    """A file beside the report."""

    name: str
    href: str


@dataclass(frozen=True, kw_only=True)
class ActionView:
    """One action. ``left`` and ``width`` place its bar, in per cent of the execution's time."""

    name: str
    provider: str
    state: str
    word: str
    time: str
    summary: str
    reason: str
    files: tuple[FileView, ...]
    anchor: str
    left: float | None
    width: float


@dataclass(frozen=True, kw_only=True)
class StageView:
    """One stage, with its actions in their order."""

    name: str
    state: str
    word: str
    time: str
    actions: tuple[ActionView, ...]


@dataclass(frozen=True, kw_only=True)
class ExecutionView:
    """One execution. ``failed_in`` names the stage that failed, if one did."""

    id: str
    kind: str
    revision: str
    subject: str
    state: str
    word: str
    began: str
    time: str
    failed_in: str
    conclusions: tuple[str, ...]
    stages: tuple[StageView, ...]


def execution_view(
    execution: Execution, executions: Sequence[Execution], link: Link
) -> ExecutionView:
    """The view of one of ``executions``. ``link`` makes the relative path of a file."""
    return ExecutionView(
        id=execution.id,
        kind="Rollback" if execution.kind == "ROLLBACK" else "Execution",
        revision=execution.revision[:12],
        subject=execution.subject,
        state=execution.state,
        word=_WORDS[execution.state],
        began=f"{execution.began.astimezone():%Y-%m-%d %H:%M:%S}" if execution.began else "",
        time=spoken(execution_seconds(execution)),
        failed_in=", ".join(s.name for s in execution.stages if s.state == State.FAILED),
        conclusions=tuple(_without_logs(conclusions(execution, executions))),
        stages=tuple(_stage(execution, stage, link) for stage in execution.stages),
    )


def _without_logs(lines: Iterator[str]) -> Iterator[str]:
    # The report links to them.
    return (line for line in lines if not line.startswith("Log of "))


def _stage(execution: Execution, stage: StageExecution, link: Link) -> StageView:
    return StageView(
        name=stage.name,
        state=stage.state,
        word=_WORDS[stage.state],
        time=spoken(stage_seconds(stage)),
        actions=tuple(_action(execution, action, link) for action in stage.actions),
    )


def _action(execution: Execution, action: ActionExecution, link: Link) -> ActionView:
    left, width = bar(execution, action)
    return ActionView(
        name=action.name,
        provider=action.provider,
        state=action.state,
        word=_WORDS[action.state],
        time=spoken(action.seconds),
        summary=action.summary,
        reason=action.reason,
        files=tuple(FileView(name=f.name, href=quote(link(f))) for f in _files(action)),
        anchor=f"{execution.id[:8]}-{action.stage}-{action.name}",
        left=left,
        width=width,
    )


def bar(execution: Execution, action: ActionExecution) -> tuple[float | None, float]:
    """Where an action's bar begins and how wide it is, in per cent; no begin, no bar."""
    if not (execution.began and action.began):
        return None, 0.0
    whole = _seconds(execution.began, _end(execution))
    if whole <= 0:
        return None, 0.0
    left = 100 * _seconds(execution.began, action.began) / whole
    width = 100 * _seconds(action.began, action.ended or _end(execution)) / whole
    width = min(max(width, _NARROWEST), 100.0)
    return round(max(0.0, min(left, 100 - width)), 2), round(width, 2)


def _end(execution: Execution) -> datetime:
    times = [a.ended or a.began for stage in execution.stages for a in stage.actions]
    known = [time for time in (execution.ended, execution.began, *times) if time]
    return max(known)


def _seconds(start: datetime, end: datetime) -> float:
    return (end - start).total_seconds()


def _files(action: ActionExecution) -> list[Path]:
    if action.log is None:
        return []
    folder = action.log.parent
    kept = sorted({file for pattern in _ARTIFACTS for file in folder.glob(pattern)})
    return [action.log, *kept[:_AT_MOST]]
