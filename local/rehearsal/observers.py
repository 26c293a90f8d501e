"""Tells several observers of every change, one change at a time."""

import threading
from collections.abc import Sequence

from local.rehearsal.execution import ActionExecution, Execution, Observer, StageExecution


class Observers:
    """Actions run in threads; those who watch them hear of one thing after the other."""

    def __init__(self, observers: Sequence[Observer]) -> None:
        self._observers = tuple(observers)
        self._lock = threading.RLock()

    def execution_changed(self, execution: Execution) -> None:
        """It began, ended, was superseded."""
        with self._lock:
            for observer in self._observers:
                observer.execution_changed(execution)

    def stage_changed(self, execution: Execution, stage: StageExecution) -> None:
        """A stage began or ended."""
        with self._lock:
            for observer in self._observers:
                observer.stage_changed(execution, stage)

    def action_changed(self, execution: Execution, action: ActionExecution) -> None:
        """An action began or ended."""
        with self._lock:
            for observer in self._observers:
                observer.action_changed(execution, action)
