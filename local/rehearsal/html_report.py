"""One HTML file, which needs no network, that shows the executions of a rehearsal."""

import os
from collections.abc import Sequence
from pathlib import Path

import jinja2

from local.rehearsal.execution import ActionExecution, Execution, StageExecution
from local.rehearsal.report_view import execution_view

TEMPLATE = Path(__file__).with_name("report.html.jinja")
UNKNOWN = (
    (
        "IAM in your accounts",
        "Permissions of roles, trust, service control policies and KMS grants are not evaluated "
        "here.",
    ),
    (
        "Connections",
        "Whether the connection to your repository is authorised, and which pushes start the "
        "pipeline.",
    ),
    ("Quotas", "Of your accounts: stacks, concurrent builds and executions, addresses, keys."),
    (
        "CodeBuild's image",
        "Builds ran on this machine, with its tools and its network, as long as they liked.",
    ),
    (
        "AWS itself",
        "The stacks were deployed to an embedded AWS. How long AWS takes, and what only it "
        "refuses, shows there.",
    ),
)


class HtmlReport:
    """Writes the report again whenever a stage or an execution changed, so it is there in time."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._executions: list[Execution] = []

    def execution_changed(self, execution: Execution) -> None:
        """It began, ended, was superseded."""
        if all(known.id != execution.id for known in self._executions):
            self._executions.append(execution)
        write_report(self._executions, self._file)

    def stage_changed(self, _execution: Execution, _stage: StageExecution) -> None:
        """A stage began or ended."""
        write_report(self._executions, self._file)

    def action_changed(self, _execution: Execution, _action: ActionExecution) -> None:
        """An action began or ended, which the report tells with its stage."""


def write_report(executions: Sequence[Execution], file: Path) -> None:
    """Replace ``file`` by the report. Its links are relative to its folder."""
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_suffix(".new")
    new.write_text(report(executions, file.parent), encoding="utf-8")
    new.replace(file)


def report(executions: Sequence[Execution], folder: Path) -> str:
    """The report as HTML, for a file in ``folder``."""

    def link(target: Path) -> str:
        return Path(os.path.relpath(target, folder)).as_posix()

    environment = jinja2.Environment(
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    template = environment.from_string(TEMPLATE.read_text(encoding="utf-8"))
    views = [execution_view(execution, executions, link) for execution in executions]
    return template.render(
        pipeline=executions[0].pipeline if executions else "", executions=views, unknown=UNKNOWN
    )
