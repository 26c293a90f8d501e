"""How a rehearsal went: a table of its executions' stages, and what came of those not run."""

from collections.abc import Iterator, Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from local.rehearsal.execution import Execution, StageExecution, State
from local.rehearsal.lines import reason_lines, short, title
from local.rehearsal.times import execution_seconds, spoken, stage_seconds

COLOURS = {
    State.WAITING: "dim",
    State.IN_PROGRESS: "cyan",
    State.SUCCEEDED: "green",
    State.FAILED: "bold red",
    State.SUPERSEDED: "yellow",
}
_NOT_REACHED = "not reached"
_TEXT_WIDTH = 110


def summary(executions: Sequence[Execution]) -> Group:
    """Each execution with its stages, states and seconds, in the order in which they ran."""
    return Group(*(part for execution in executions for part in _parts(execution, executions)))


def summary_text(executions: Sequence[Execution]) -> str:
    """The same for a log."""
    console = Console(width=_TEXT_WIDTH, color_system=None, force_terminal=False, highlight=False)
    with console.capture() as captured:
        console.print(summary(executions), crop=False)
    return "\n".join(line.rstrip() for line in captured.get().splitlines()) + "\n"


def _parts(execution: Execution, executions: Sequence[Execution]) -> Iterator[Text | Table]:
    # Whole lines: a terminal finds the path in them, and a log is searched for it.
    yield Text(f"\n{title(execution)}", style="bold", no_wrap=True, overflow="ignore")
    yield _table(execution)
    for line in conclusions(execution, executions):
        yield Text(line, no_wrap=True, overflow="ignore")


def _table(execution: Execution) -> Table:
    table = Table(box=SIMPLE_HEAD, show_footer=True, pad_edge=False)
    table.add_column("Stage", footer="Execution")
    table.add_column("State", footer=Text(execution.state, style=COLOURS[execution.state]))
    table.add_column("Time", justify="right", footer=spoken(execution_seconds(execution)))
    table.add_column("Why")
    for stage in execution.stages:
        reached = stage.state != State.WAITING
        state = Text(stage.state if reached else _NOT_REACHED, style=COLOURS[stage.state])
        table.add_row(stage.name, state, spoken(stage_seconds(stage)), _why(stage))
    return table


def _why(stage: StageExecution) -> Text:
    failed = [action for action in stage.actions if action.state == State.FAILED]
    reasons = ((reason_lines(a.reason) or [""])[0] for a in failed)
    return Text("\n".join(f"{a.name}: {r}" for a, r in zip(failed, reasons, strict=True)))


def conclusions(execution: Execution, executions: Sequence[Execution]) -> Iterator[str]:
    """What was not reached, what was rolled back and to what, and what else there is to know."""
    missed = [stage.name for stage in execution.stages if stage.state == State.WAITING]
    if missed:
        yield f"Not reached: {', '.join(missed)}."
    if execution.kind == "ROLLBACK":
        stages = " and ".join(stage.name for stage in execution.stages)
        brought = f"to {_named(execution.target, executions)}, {short(execution.revision, 12)}"
        after = f"after {_named(execution.rolls_back, executions)} failed"
        how = "was rolled back" if execution.state == State.SUCCEEDED else "was not rolled back"
        yield f"{stages} {how} {brought} ({execution.subject}), {after}."
    if execution.note:
        yield execution.note
    for stage in execution.stages:
        for action in stage.actions:
            if action.state == State.FAILED:
                yield f"Log of {action.stage} / {action.name}: {action.log}"


def _named(identity: str | None, executions: Sequence[Execution]) -> str:
    earlier = "" if any(one.id == identity for one in executions) else "earlier "
    return f"{earlier}execution {short(identity or '')}"
