"""One message to the process of a Lambda worker, and its answer, without a thread for it."""

from __future__ import annotations

import json
import os
import select
import subprocess
import time
from typing import IO, Any

_MOST = 1 << 16  # bytes at a time


class WorkerEndedError(Exception):
    """The process ended without an answer."""

    def __init__(self) -> None:
        super().__init__("Worker process died")


def exchange(process: subprocess.Popen[Any], message: bytes, seconds: float) -> dict[str, Any]:
    """What the worker answers to the line. TimeoutError after `seconds`, or WorkerEndedError."""
    assert process.stdin is not None  # noqa: S101 - tells mypy that both are pipes
    assert process.stdout is not None  # noqa: S101
    deadline = time.monotonic() + seconds
    _write(process.stdin, message, deadline)
    return _answer(process.stdout, deadline)


def _write(stream: IO[Any], message: bytes, deadline: float) -> None:
    os.set_blocking(stream.fileno(), False)
    rest = memoryview(message)
    while rest:
        try:
            rest = rest[os.write(stream.fileno(), rest) :]
        except BlockingIOError:
            _wait(stream, select.POLLOUT, deadline)
        except BrokenPipeError:
            raise WorkerEndedError from None


def _answer(stream: IO[Any], deadline: float) -> dict[str, Any]:
    """The first line that is an answer; a library may have written others."""
    unfinished = b""
    while True:
        _wait(stream, select.POLLIN, deadline)
        chunk = os.read(stream.fileno(), _MOST)
        if not chunk:
            raise WorkerEndedError
        *lines, unfinished = (unfinished + chunk).split(b"\n")
        for line in lines:
            answer = _parsed(line)
            if answer is not None:
                return answer


def _parsed(line: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(line)
    except ValueError:
        return None
    is_answer = isinstance(found, dict) and found.get("status") in ("ok", "error")
    return found if is_answer else None


def _wait(stream: IO[Any], event: int, deadline: float) -> None:
    poll = select.poll()
    poll.register(stream.fileno(), event)
    left = deadline - time.monotonic()
    if left <= 0 or not poll.poll(left * 1000):
        raise TimeoutError
