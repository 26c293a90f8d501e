"""Work in a process of its own. The standard library's pools take a twentieth of a second to load,
before there is anything to do at the same time."""

import os
import pickle
import sys
from collections.abc import Callable
from typing import Generic, TypeVar

Result = TypeVar("Result")


class EndedError(Exception):
    """The process ended before its work did."""


class Forked(Generic[Result]):
    """Does ``work`` in a copy of this process, made at once, while this one goes on.

    Make it before there are threads, and before what is loaded makes a copy expensive.
    """

    def __init__(self, work: Callable[[], Result]) -> None:
        self._reader, writer = os.pipe()
        self._pid = os.fork()
        if self._pid == 0:
            _do(work, writer)
        os.close(writer)

    def result(self) -> Result:
        """What ``work`` returned. Raises what it raised, and EndedError."""
        with os.fdopen(self._reader, "rb") as pipe:
            sent = pipe.read()
        _, status = os.waitpid(self._pid, 0)
        if not sent:
            raise EndedError(
                "A process ended while it imported the services, with status "
                f"{os.waitstatus_to_exitcode(status)}. Does a module below lambda_src/ end its "
                "process while it is imported?"
            )
        # From our own process, and from nowhere else.
        succeeded, value = pickle.loads(sent)  # noqa: S301
        if not succeeded:
            raise value
        answer: Result = value
        return answer


def _do(work: Callable[[], Result], writer: int) -> None:
    try:
        answer: tuple[bool, object] = (True, work())
    except BaseException as error:
        answer = (False, error)
    sys.stdout.flush()
    sys.stderr.flush()
    try:
        with os.fdopen(writer, "wb") as pipe:
            pickle.dump(answer, pipe)
    finally:
        # Whatever happens, the copy must not go on with what the process was about to do.
        os._exit(0)
