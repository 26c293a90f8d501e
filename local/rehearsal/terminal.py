"""Asks whoever sits at the terminal, for as long as there is time, and until Ctrl-C."""

import select
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TextIO

from local.rehearsal.actions import ActionFailedError
from local.rehearsal.actions.waiting import TimeLimit

_LOOKS = 0.2  # seconds between two looks at whether somebody typed
_NOBODY = "The terminal was closed before somebody answered."


class AskedTerminal:
    """A terminal. ``paused`` keeps whatever draws on it still meanwhile."""

    def __init__(
        self,
        paused: Callable[[], AbstractContextManager[None]],
        *,
        lines: TextIO | None = None,
        out: TextIO | None = None,
    ) -> None:
        self._paused = paused
        self._lines = lines or sys.stdin
        self._out = out or sys.stdout

    def ask(self, question: str, limit: TimeLimit) -> str:
        """The line that somebody types. Raises ActionFailedError when nobody does in time."""
        with self._paused():
            self._out.write(question)
            self._out.flush()
            while not select.select([self._lines], [], [], _LOOKS)[0]:
                limit.check("Nobody answered")
            line = self._lines.readline()
        if not line:
            raise ActionFailedError(_NOBODY)
        return line


def find(paused: Callable[[], AbstractContextManager[None]]) -> AskedTerminal | None:
    """The terminal of this command, or None when it has none to ask on."""
    both = sys.stdin.isatty() and sys.stdout.isatty()
    return AskedTerminal(paused) if both else None
