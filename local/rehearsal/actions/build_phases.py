"""The phases of a build, and which of them run after one failed.

AWS: CodeBuild's "Build phase transitions" and ``on-failure`` of the build specification.
"""

from collections.abc import Callable
from dataclasses import dataclass

from local.rehearsal.actions.build_shell import BuildShell
from local.rehearsal.actions.buildspec import Phase

_SUCCEEDING = "CODEBUILD_BUILD_SUCCEEDING"


@dataclass(frozen=True, kw_only=True)
class FailedCommand:
    """The first command that failed, with the last lines that were printed by then."""

    phase: str
    command: str
    status: int
    tail: tuple[str, ...]

    @property
    def reason(self) -> str:
        """For people."""
        lines = "".join(f"\n  {line}" for line in self.tail)
        said = f"\nThe last lines:{lines}" if lines else ""
        return (
            f"Phase {self.phase.upper()}: error while executing command: {self.command}. "
            f"Reason: exit status {self.status}{said}"
        )


def run_phases(
    phases: tuple[Phase, ...], shell: BuildShell, say: Callable[[str], None]
) -> FailedCommand | None:
    """Run them in their order. The first failure, if there was one: the build failed then."""
    first: FailedCommand | None = None
    shell.export(_SUCCEEDING, "1")
    for phase in phases:
        failed = _with_retries(phase, shell, say)
        if failed is None:
            continue
        first = first or failed
        shell.export(_SUCCEEDING, "0")
        if not _goes_on(phase):
            break
    return first


def _goes_on(failed: Phase) -> bool:
    """Without ``on-failure``, only BUILD is followed by the next phase when it fails."""
    return failed.on_failure == "CONTINUE" or (
        failed.name == "build" and failed.on_failure != "ABORT"
    )


def _with_retries(
    phase: Phase, shell: BuildShell, say: Callable[[str], None]
) -> FailedCommand | None:
    failed = _run_phase(phase, shell, say)
    for count in range(phase.retries):
        if failed is None:
            break
        say(f"Retry {count + 1} of {phase.retries} of phase {phase.name.upper()}")
        failed = _run_phase(phase, shell, say)
    return failed


def _run_phase(phase: Phase, shell: BuildShell, say: Callable[[str], None]) -> FailedCommand | None:
    say(f"Entering phase {phase.name.upper()}")
    failed = _first_failure(phase, phase.commands, shell, say)
    cleanup = _first_failure(phase, phase.finally_, shell, say)
    failed = failed or cleanup  # either fails the phase; what failed first is the reason
    say(f"Phase complete: {phase.name.upper()} State: {'FAILED' if failed else 'SUCCEEDED'}")
    return failed


def _first_failure(
    phase: Phase, commands: tuple[str, ...], shell: BuildShell, say: Callable[[str], None]
) -> FailedCommand | None:
    for command in commands:
        say(f"Running command {command}")
        status = shell.run(command)
        if status != 0:
            return FailedCommand(
                phase=phase.name, command=command, status=status, tail=tuple(shell.tail)
            )
    return None
