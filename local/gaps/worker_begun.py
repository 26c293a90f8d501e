"""A worker says when it begins with an event, so that one that it never began can go elsewhere.

It counts in a byte of a file beside its code, which outlives it. Counting costs Python no call of
the system: the file is mapped into its memory.
"""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from local.gaps.patch import Function, Patch

RUNTIME = "ministack.core.lambda_runtime"
FILE = "begun"
_SENT = "_events_sent"
_TURN = 256  # a byte


@dataclass(frozen=True)
class Counting:
    """What a worker's script gets: lines at its beginning, and more before it takes an event."""

    begin: str
    event: str
    count: str


_COUNTING = {
    "python": Counting(
        begin=f"""
import mmap, os
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "{FILE}"), "w+b") as _ms_file:
    _ms_file.write(b"\\0")
    _ms_file.flush()
    _ms_begun = mmap.mmap(_ms_file.fileno(), 1)
""",
        event='        event = _ms_msg["event"]\n',
        count=f"        _ms_begun[0] = (_ms_begun[0] + 1) % {_TURN}\n",
    ),
    "nodejs": Counting(
        begin=f"""
const _msFile = require("fs").openSync(require("path").join(__dirname, "{FILE}"), "w");
let _msBegun = 0;
""",
        event="    const event = msg.event;\n",
        count=f"""
    _msBegun = (_msBegun + 1) % {_TURN};
    fs.writeSync(_msFile, Buffer.from([_msBegun]), 0, 1, 0);
""",
    ),
}


def counting(original: Function) -> Function:
    """Give the scripts of both runtimes their counters."""

    def detect(runtime: str) -> tuple[str, str]:
        binary, script = original(runtime)
        for name, added in _COUNTING.items():
            if runtime.startswith(name):
                script = _counted(script, added)
        return binary, script

    return detect


def _counted(script: str, added: Counting) -> str:
    if script.count(added.event) != 1:
        raise RuntimeError(f"ministack's worker script has no place for {added.count!r}")
    return added.begin + script.replace(added.event, added.count + added.event)


def note_sent(process: subprocess.Popen[Any]) -> None:
    """Count an event that the process is about to be sent."""
    process.__dict__[_SENT] = (process.__dict__.get(_SENT, 0) + 1) % _TURN


def has_begun(process: subprocess.Popen[Any], folder: str) -> bool:
    """Whether the process, which has ended, began with the event that it was sent last.

    `folder` has its script. When nobody can know any more, it is said to have begun.
    """
    try:
        begun = Path(folder, FILE).read_bytes()[:1] or b"\0"
    except OSError:
        return True
    sent: int = process.__dict__.get(_SENT, 0)
    return begun[0] == sent


PATCHES = (Patch(RUNTIME, "_detect_runtime_binary", counting),)
