"""Ends a process with all that it started, and nothing else."""

import contextlib
import os
import signal
import subprocess
import time
from collections import defaultdict
from collections.abc import Iterable

_END_SECONDS = 5.0
_POLL_SECONDS = 0.02


def end_family(process: "subprocess.Popen[bytes]") -> None:
    """End the group of ``process``, which leads it, and its descendants; politely first.

    Descendants that left the group, as servers do, are found by their parents.
    """
    strays = _descendants(process.pid)
    for number in (signal.SIGTERM, signal.SIGKILL):
        for pid in strays:
            _signal(pid, number)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, number)
        end = time.monotonic() + _END_SECONDS
        while _any_alive(process, strays) and time.monotonic() < end:
            time.sleep(_POLL_SECONDS)


def _any_alive(process: "subprocess.Popen[bytes]", strays: Iterable[int]) -> bool:
    process.poll()  # a child that ended is in its group until it is asked for
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, 0)
        return True
    return any(_signal(pid, 0) for pid in strays)


def _signal(pid: int, number: int) -> bool:
    """Whether there was such a process."""
    try:
        os.kill(pid, number)
    except (ProcessLookupError, PermissionError):
        return False
    return True


def _descendants(root: int) -> list[int]:
    shown = subprocess.run(
        ["ps", "-A", "-o", "pid=,ppid="],  # noqa: S607
        capture_output=True,
        text=True,
        check=False,
    )
    children: dict[int, list[int]] = defaultdict(list)
    for line in shown.stdout.splitlines():
        pid, parent = (int(word) for word in line.split())
        children[parent].append(pid)
    found: list[int] = []
    left = [root]
    while left:
        some = children.pop(left.pop(), [])
        found += some
        left += some
    return found
