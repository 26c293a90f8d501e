"""What happens in one execution of a pipeline, as CodePipeline keeps it."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Protocol


class State(StrEnum):
    """Where an execution, a stage or an action is. The values are CodePipeline's."""

    WAITING = "Waiting"  # not begun
    IN_PROGRESS = "InProgress"
    SUCCEEDED = "Succeeded"
    FAILED = "Failed"
    SUPERSEDED = "Superseded"  # the pipeline changed itself, and began again


@dataclass(kw_only=True)
class ActionExecution:
    """One action of one execution.

    ``reason`` is why it failed, for people; ``summary`` what it did; ``log`` has its output.
    """

    stage: str
    name: str
    provider: str
    state: State = State.WAITING
    began: datetime | None = None
    ended: datetime | None = None
    reason: str = ""
    summary: str = ""
    log: Path | None = None

    @property
    def seconds(self) -> float | None:
        """How long it took; none unless it ended."""
        return (self.ended - self.began).total_seconds() if self.began and self.ended else None


@dataclass(kw_only=True)
class StageExecution:
    """One stage of one execution."""

    name: str
    actions: list[ActionExecution]
    state: State = State.WAITING


@dataclass(kw_only=True)
class Execution:
    """One run of the pipeline: FORWARD, or the ROLLBACK of a stage to what it had before.

    ``revision`` is the commit, ``subject`` its first line. ``rolls_back`` is the id of the
    execution that failed, ``target`` the one that is brought back; both only of a rollback.
    ``note`` says what a person should know besides, such as that nothing could be rolled back to.
    """

    id: str
    pipeline: str
    revision: str
    subject: str
    stages: list[StageExecution]
    state: State = State.IN_PROGRESS
    began: datetime | None = None
    ended: datetime | None = None
    kind: str = "FORWARD"
    rolls_back: str | None = None
    target: str | None = None
    note: str = ""
    folder: Path | None = field(default=None)


class Observer(Protocol):
    """Told of every change, in order, from one thread at a time."""

    def execution_changed(self, execution: Execution) -> None:
        """It began, ended, was superseded."""

    def stage_changed(self, execution: Execution, stage: StageExecution) -> None:
        """A stage began or ended."""

    def action_changed(self, execution: Execution, action: ActionExecution) -> None:
        """An action began or ended."""
