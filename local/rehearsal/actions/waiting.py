"""How long an action may take, and how it waits."""

import time

from local.rehearsal.actions import ActionContext, ActionFailedError
from local.rehearsal.definition import Action

STOPPED = "The rehearsal was stopped."


class TimeLimit:
    """The time limit of an action: its own ``timeoutInMinutes``, or CodePipeline's default."""

    def __init__(self, action: Action, context: ActionContext, default_minutes: float) -> None:
        self._minutes = action.timeout_minutes or default_minutes
        self._end = time.monotonic() + 60 * self._minutes
        self._stopped = context.stopped

    @property
    def seconds_left(self) -> float:
        """What is left of it, never below zero."""
        return max(0.0, self._end - time.monotonic())

    def wait(self, seconds: float, what: str) -> None:
        """Sleep. Raises ActionFailedError when the time is up, or the rehearsal was stopped."""
        self._stopped.wait(min(seconds, self.seconds_left))
        self.check(what)

    def check(self, what: str) -> None:
        """As ``wait``, without sleeping. ``what`` is what did not come in time."""
        if self._stopped.is_set():
            raise ActionFailedError(STOPPED)
        if self.seconds_left == 0:
            raise ActionFailedError(f"{what} within {self._minutes:g} minutes, the time limit.")
