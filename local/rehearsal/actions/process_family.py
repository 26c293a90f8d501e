"""Ends a process with all that it started, and nothing else."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass

_END_SECONDS = 5.0
_POLL_SECONDS = 0.02


@dataclass(frozen=True)
class _Process:
    pid: int
    parent: int
    group: int


def end_family(process: "subprocess.Popen[bytes]") -> None:
    """End the group of ``process``, which leads it, and its descendants; politely first.

    Descendants that left the group, as servers do, are found by their parents.
    """
    family = _family(process.pid)
    for number in (signal.SIGTERM, signal.SIGKILL):
        _signal(process.pid, family, number)
        end = time.monotonic() + _END_SECONDS
        while (alive := _alive(process, family)) and time.monotonic() < end:
            time.sleep(_POLL_SECONDS)
        if not alive:
            return


def _signal(group: int, family: set[int], number: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, number)
    for pid in family:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(pid, number)


def _alive(process: "subprocess.Popen[bytes]", family: set[int]) -> bool:
    process.poll()
    return any(found.group == process.pid or found.pid in family for found in _processes())


def _family(root: int) -> set[int]:
    found, running = {root}, list(_processes())
    while more := {item.pid for item in running if item.parent in found} - found:
        found |= more
    return found


def _processes() -> Iterator[_Process]:
    """What runs. One that ended, and whose parent did not ask for it yet, does not."""
    shown = subprocess.run(
        ["ps", "-A", "-o", "pid=,ppid=,pgid=,stat="],  # noqa: S607
        capture_output=True,
        text=True,
        check=False,
    )
    for line in shown.stdout.splitlines():
        pid, parent, group, state = line.split()
        if not state.startswith("Z"):
            yield _Process(int(pid), int(parent), int(group))
