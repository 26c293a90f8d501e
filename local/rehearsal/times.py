"""When a stage or an execution began and ended, and how long that was, for people."""

from datetime import datetime

from local.rehearsal.execution import Execution, StageExecution


def began(stage: StageExecution) -> datetime | None:
    """When its first action began; none before that."""
    return min((action.began for action in stage.actions if action.began), default=None)


def ended(stage: StageExecution) -> datetime | None:
    """When the last of its actions that ended did; none before that."""
    return max((action.ended for action in stage.actions if action.ended), default=None)


def stage_seconds(stage: StageExecution) -> float | None:
    """From its first action's begin to its last one's end, if there was one."""
    first, last = began(stage), ended(stage)
    return (last - first).total_seconds() if first and last else None


def execution_seconds(execution: Execution) -> float | None:
    """From its begin to its end; none unless it ended."""
    if not (execution.began and execution.ended):
        return None
    return (execution.ended - execution.began).total_seconds()


def spoken(seconds: float | None) -> str:
    """As ``2.1 s`` or ``3 min 05 s``; empty for none."""
    if seconds is None:
        return ""
    if seconds < 99.95:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02d} s"
