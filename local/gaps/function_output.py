"""What a function wrote is known when it answers, without waiting for more.

ministack reads a worker's standard error in a thread, and after every answer polls up to 50 ms for
lines that the thread may not have seen yet: a function that logs nothing costs 53 ms a request. But
a worker writes its lines before its answer, so with the answer they are all in the pipe. Whoever
wants them reads the pipe; the thread only keeps it from filling up during a call. Only Node can
answer first, after so much output that the pipe was full, and only then there is some waiting.
What is written after the answer belongs to the next call, as on AWS, where the environment is
frozen in between: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
"""

from __future__ import annotations

import os
import select
import threading
import time
from typing import IO, Any

from local.gaps.patch import Function, Patch

RUNTIME = "ministack.core.lambda_runtime"
_PIPE = "_stderr_pipe"
_ALL = 1 << 20  # bytes; more than a pipe holds, so that one read takes all that there is
_MUCH = 16_384  # bytes; a pipe of 16 pages that holds less has room for more
_QUIET_MS, _LONGEST = 5, 0.25  # ministack's own measures of when a worker has written it all


class Pipe:
    """The reading end of a worker's standard error."""

    def __init__(self, stream: IO[Any]) -> None:
        self._stream = stream
        self._lock = threading.Lock()
        self._unread = bytearray()
        self._was_full = False
        os.set_blocking(stream.fileno(), False)

    def keep_empty(self) -> None:
        """Read whatever comes until the worker's end."""
        arrivals = self._arrivals()
        while not self._stream.closed:
            arrivals.poll()
            with self._lock:
                if not self._read():
                    self._stream.close()

    def take(self) -> str:
        """All that was written until now and not taken before."""
        with self._lock:
            if not self._stream.closed and self._read() and self._was_full:
                self._read_until_quiet()
            taken, self._unread, self._was_full = self._unread, bytearray(), False
        return taken.decode(errors="replace").removesuffix("\n")

    def _read_until_quiet(self) -> None:
        arrivals, end = self._arrivals(), time.monotonic() + _LONGEST
        while arrivals.poll(_QUIET_MS) and self._read() and time.monotonic() < end:
            pass

    def _read(self) -> bool:
        """Whether there may be more to come."""
        try:
            found = os.read(self._stream.fileno(), _ALL)
        except BlockingIOError:  # nothing, or somebody else was faster
            return True
        self._unread += found
        self._was_full = self._was_full or len(found) >= _MUCH
        return bool(found)

    def _arrivals(self) -> select.poll:
        poll = select.poll()
        poll.register(self._stream.fileno(), select.POLLIN)
        return poll


def reading(_original: Function) -> Function:
    """Replace the loop of the reading thread."""

    def read(worker: Any) -> None:
        pipe = Pipe(worker._proc.stderr)
        setattr(worker, _PIPE, pipe)
        pipe.keep_empty()

    return read


def taking(original: Function) -> Function:
    """Take what is there. A custom runtime, whose worker reads otherwise, stays ministack's."""

    def drain(worker: Any, *arguments: Any, **options: Any) -> Any:
        pipe = getattr(worker, _PIPE, None)
        return pipe.take() if pipe else original(worker, *arguments, **options)

    return drain


PATCHES = (
    Patch(RUNTIME, "Worker._read_stderr", reading),
    Patch(RUNTIME, "Worker._drain_stderr", taking),
    Patch(RUNTIME, "Worker._drain_stderr_bounded", taking),
)
