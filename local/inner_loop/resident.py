"""One process that stays: what it imported once, it has for every save."""

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from pebble import ProcessExpired, ProcessPool

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")

# The CDK keeps every synthesis in memory, about 2 MB each.
_TASKS = 200


class LostError(Exception):
    """The process ended or hung before it answered; the next call gets a new one."""


class Resident:
    """Runs functions, one after the other, in a process of their own.

    Apart from the watcher, because a service's modules may hang or end the process that imports
    them, and because a changed construct is only seen by a new interpreter. ``root`` is the
    platform's folder, whose modules are imported first.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._pool = self._new()

    def run(
        self,
        seconds: float,
        function: Callable[Arguments, Result],
        *arguments: Arguments.args,
        **named: Arguments.kwargs,
    ) -> Result:
        """Call a module's function there. Raises LostError after ``seconds``."""
        future = self._pool.schedule(function, args=arguments, kwargs=named, timeout=seconds)
        try:
            answer: Result = future.result()
        except TimeoutError:
            raise LostError(
                f"It did not end within {seconds:.0f} seconds. Does a module of a service wait for "
                "something while it is imported?"
            ) from None
        except ProcessExpired as error:
            raise LostError(
                f"The process that synthesises ended with code {error.exitcode}. Does a module of "
                "a service end its process while it is imported?"
            ) from None
        return answer

    def renew(self) -> None:
        """Have the next call answered by a new process."""
        self.close()
        self._pool = self._new()

    def close(self) -> None:
        """End the process, whatever it does."""
        self._pool.stop()
        self._pool.join()

    def _new(self) -> Any:
        return ProcessPool(
            max_workers=1,
            max_tasks=_TASKS,
            initializer=_begin,
            initargs=(str(self._root),),
            context=multiprocessing.get_context("spawn"),
        )


def _begin(root: str) -> None:
    # Ctrl-C reaches every process of the terminal; the watcher ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.path.insert(0, root)
    # jsii takes the first Node on the path: the one that was installed beside this Python.
    tools = str(Path(sys.executable).parent)
    os.environ["PATH"] = f"{tools}{os.pathsep}{os.environ.get('PATH', '')}"
