"""The watcher as another program runs it: for the tests, and for measuring edit to served."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from local.cdk_cli import ROOT
from local.embedded_aws import PORT_VARIABLE

_READY = "Watching "
_START_SECONDS = 300
_END_SECONDS = 30
_LOOK_SECONDS = 0.02


class Watcher:
    """A `make watch` that runs, and everything that it has printed."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._lines: list[str] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    @property
    def said(self) -> str:
        """All of its output so far."""
        return "".join(self._lines)

    def wait_for(self, text: str, *, seconds: float = 60, after: int = 0) -> None:
        """Until it has printed ``text`` behind its first ``after`` characters."""
        seconds_until(lambda: text in self.said[after:] or self._ended(text), seconds)

    def end(self) -> int:
        """End it as Ctrl-C does. The exit code."""
        self._process.terminate()
        code = self._process.wait(_END_SECONDS)
        self._reader.join()
        return code

    def _ended(self, text: str) -> bool:
        if self._process.poll() is not None:
            raise RuntimeError(f"The watcher ended before it said {text!r}:\n{self.said}")
        return False

    def _read(self) -> None:
        assert self._process.stdout is not None  # noqa: S101
        self._lines.extend(iter(self._process.stdout.readline, ""))


@contextmanager
def watching(root: Path, port: int) -> Iterator[Watcher]:
    """A watcher of the platform in ``root`` and its embedded AWS on ``port``, once it is ready.

    The embedded AWS stays up.
    """
    with subprocess.Popen(
        [sys.executable, "-m", "local.watch", "--folder", str(root)],
        cwd=ROOT,
        env={**os.environ, PORT_VARIABLE: str(port)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        watcher = Watcher(process)
        try:
            watcher.wait_for(_READY, seconds=_START_SECONDS)
            yield watcher
        finally:
            watcher.end()


def seconds_until(is_so: Callable[[], bool], within: float = 60) -> float:
    """How long it takes from now until ``is_so``. Raises TimeoutError after ``within`` seconds."""
    begun = time.perf_counter()
    while not is_so():
        if time.perf_counter() - begun > within:
            raise TimeoutError(f"It was not so within {within:.0f} seconds.")
        time.sleep(_LOOK_SECONDS)
    return time.perf_counter() - begun
