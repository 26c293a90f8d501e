"""Shows a rehearsal as it goes: in place on a terminal, else a line for each change.

The lines are also kept in ``pipeline.log`` of each execution's folder.
"""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self, TextIO

from rich.console import Console
from rich.live import Live

from local.rehearsal.execution import ActionExecution, Execution, StageExecution, State
from local.rehearsal.lines import action_lines, execution_lines, note_lines, stage_lines
from local.rehearsal.live_view import LiveView
from local.rehearsal.summary import summary, summary_text

LOG = "pipeline.log"


class Screen:
    """Watches executions. Used as a context, it leaves the terminal as it was.

    ``out`` is where it shows them; whether that is a terminal decides how.
    """

    def __init__(self, out: TextIO | None = None) -> None:
        self._out = out or sys.stdout
        self._console = Console(file=self._out, highlight=False)
        self._live: Live | None = None
        self._executions: list[Execution] = []
        self._told: dict[str, tuple[State, str]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._stop()

    def execution_changed(self, execution: Execution) -> None:
        """It began, ended, was superseded; or something was noted of it."""
        told, now = self._told.get(execution.id), (execution.state, execution.note)
        self._told[execution.id] = now
        if told is None:
            self._executions.append(execution)
            self._start(execution)
        if told is None or told[0] != execution.state:
            self._tell(execution, execution_lines(execution))
        elif told != now:
            self._tell(execution, note_lines(execution))
        if execution.state != State.IN_PROGRESS:
            self._stop()

    def stage_changed(self, execution: Execution, stage: StageExecution) -> None:
        """A stage began or ended."""
        self._tell(execution, stage_lines(execution, stage))

    def action_changed(self, execution: Execution, action: ActionExecution) -> None:
        """An action began or ended."""
        self._tell(execution, action_lines(execution, action))

    def finish(self) -> None:
        """The summary of all executions, on the screen and in each one's log."""
        self._stop()
        if self._console.is_terminal:
            self._console.print(summary(self._executions), crop=False)
        else:
            self._out.write(summary_text(self._executions))
        for execution in self._executions:
            _keep(execution, summary_text([execution]))

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Draw nothing meanwhile, so that somebody can be asked something."""
        live = self._live
        if live:
            live.stop()
        try:
            yield
        finally:
            if live and live is self._live:
                live.start(refresh=True)

    def _tell(self, execution: Execution, lines: Iterable[str]) -> None:
        text = "".join(f"{line}\n" for line in lines)
        _keep(execution, text)
        if not self._console.is_terminal:
            self._out.write(text)
            self._out.flush()

    def _start(self, execution: Execution) -> None:
        self._stop()
        if self._console.is_terminal:
            self._live = Live(LiveView(execution), console=self._console, refresh_per_second=8)
            self._live.start()

    def _stop(self) -> None:
        live, self._live = self._live, None
        if live:
            live.stop()


def _keep(execution: Execution, text: str) -> None:
    if execution.folder:
        execution.folder.mkdir(parents=True, exist_ok=True)
        with (execution.folder / LOG).open("a") as log:
            log.write(text)
