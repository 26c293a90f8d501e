"""The pipeline on a terminal, drawn again and again in the same place."""

from collections.abc import Iterator
from datetime import UTC, datetime

from rich.console import Console, ConsoleOptions, RenderResult
from rich.spinner import Spinner
from rich.table import Table
from rich.text import Text

from local.rehearsal.execution import ActionExecution, Execution, StageExecution, State
from local.rehearsal.lines import reason_lines, title
from local.rehearsal.summary import COLOURS
from local.rehearsal.times import began, spoken, stage_seconds

MARKS = {
    State.WAITING: "·",
    State.SUCCEEDED: "✓",
    State.FAILED: "✗",
    State.SUPERSEDED: "↻",
}


class LiveView:
    """An execution as it is whenever it is drawn.

    Only stages at work and failed ones show their actions, so that it fits on a screen.
    """

    def __init__(self, execution: Execution) -> None:
        self._execution = execution
        self._spinner = Spinner("dots", style=COLOURS[State.IN_PROGRESS])

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield Text(title(self._execution), style="bold", no_wrap=True, overflow="ellipsis")
        grid = Table.grid(padding=(0, 1))
        grid.add_column(width=1)
        grid.add_column(no_wrap=True, overflow="ellipsis", max_width=options.max_width - 16)
        grid.add_column(justify="right", no_wrap=True)
        for mark, name, time in self._rows(datetime.now(UTC)):
            grid.add_row(mark, name, time)
        yield grid

    def _rows(self, now: datetime) -> Iterator[tuple[Spinner | Text, Text, Text]]:
        for stage in self._execution.stages:
            yield self._row(stage.state, stage.name, _stage_time(stage, now))
            if stage.state in (State.IN_PROGRESS, State.FAILED):
                for action in stage.actions:
                    yield self._row(action.state, f"  {action.name}", _action_time(action, now))
                    if action.state == State.FAILED:
                        yield from self._reason(action)

    def _row(self, state: State, name: str, time: str) -> tuple[Spinner | Text, Text, Text]:
        colour = COLOURS[state]
        mark = Text(MARKS[state], style=colour) if state in MARKS else self._spinner
        return mark, Text(name, style=colour), Text(time, style=colour)

    def _reason(self, action: ActionExecution) -> Iterator[tuple[Text, Text, Text]]:
        for line in (*reason_lines(action.reason), f"Its log: {action.log}"):
            yield Text(), Text(f"    {line}"), Text()


def _stage_time(stage: StageExecution, now: datetime) -> str:
    first = began(stage)
    if stage.state == State.IN_PROGRESS and first:
        return spoken((now - first).total_seconds())
    return spoken(stage_seconds(stage))


def _action_time(action: ActionExecution, now: datetime) -> str:
    if action.state == State.IN_PROGRESS and action.began:
        return spoken((now - action.began).total_seconds())
    return spoken(action.seconds)
