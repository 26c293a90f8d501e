"""What changes in an execution, a line each, for logs and for terminals that are not one."""

from collections.abc import Iterator
from datetime import datetime

from local.rehearsal.execution import ActionExecution, Execution, StageExecution, State
from local.rehearsal.times import began, ended, execution_seconds, spoken, stage_seconds

REASON_LINES = 10
_FIRST_LINES = 2  # what failed, and what follows
_NAME_WIDTH = 46
_INDENT = " " * 12


def execution_lines(execution: Execution) -> Iterator[str]:
    """It began, or ended: what it is, or how it went."""
    at = execution.ended or execution.began
    if execution.state == State.IN_PROGRESS:
        yield _line(execution, at, f"{title(execution)} began")
        return
    took = spoken(execution_seconds(execution))
    name = f"Execution {short(execution.id)}"
    yield _line(execution, at, f"{name:{_NAME_WIDTH}} {execution.state:10} {took}")
    yield from note_lines(execution)


def note_lines(execution: Execution) -> Iterator[str]:
    """What a person should know besides."""
    if execution.note:
        yield f"{_INDENT}{execution.note}"


def stage_lines(execution: Execution, stage: StageExecution) -> Iterator[str]:
    """A stage began or ended."""
    over = stage.state != State.IN_PROGRESS
    # Nothing of a stage has begun when it begins, so its line has the time of what came before.
    at = (ended(stage) if over else began(stage)) or _latest(execution)
    took = spoken(stage_seconds(stage)) if over else ""
    yield _line(execution, at, f"{stage.name:{_NAME_WIDTH}} {stage.state:10} {took}")


def action_lines(execution: Execution, action: ActionExecution) -> Iterator[str]:
    """An action began or ended; when it failed, why, and where its output is."""
    name = f"{action.stage} / {action.name}"
    at = action.ended or action.began
    line = f"{name:{_NAME_WIDTH}} {action.state:10} {spoken(action.seconds)}"
    yield _line(execution, at, f"{line}  {action.summary}" if action.summary else line)
    if action.state == State.FAILED:
        yield from (f"{_INDENT}{line}" for line in reason_lines(action.reason))
        yield f"{_INDENT}Its log: {action.log}"


def reason_lines(reason: str) -> list[str]:
    """A few lines of why an action failed; the rest is in its log.

    What a program says last tells most, so what is left out is between its first lines and those.
    """
    lines = [line.rstrip() for line in reason.splitlines() if line.strip()]
    left_out = len(lines) - REASON_LINES
    if left_out <= 0:
        return lines
    first, last = lines[:_FIRST_LINES], lines[_FIRST_LINES - REASON_LINES :]
    return [*first, f"... {left_out} more lines ...", *last]


def title(execution: Execution) -> str:
    """The execution and what it releases, or brings back."""
    kind = "Rollback" if execution.kind == "ROLLBACK" else "Execution"
    what = f"{short(execution.revision, 12)} {execution.subject}".rstrip()
    return f"{kind} {short(execution.id)} of {execution.pipeline}: {what}"


def short(identity: str, length: int = 8) -> str:
    """The begin of an id or a commit, which is enough for people."""
    return identity[:length]


def _line(execution: Execution, at: datetime | None, text: str) -> str:
    since = (at - execution.began).total_seconds() if at and execution.began else 0.0
    return f"[{since:5.1f} s] {text}".rstrip()


def _latest(execution: Execution) -> datetime | None:
    times = [ended(stage) for stage in execution.stages]
    return max((time for time in times if time), default=execution.began)
