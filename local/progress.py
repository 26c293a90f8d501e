"""What a long command is doing, a line a step, with the time it took."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Progress:
    """Prints steps as they start and end. Lines are whole, so logs stay readable."""

    def __init__(self) -> None:
        self._begun = time.monotonic()

    def say(self, text: str) -> None:
        """One line, with the seconds since the command began."""
        print(f"[{time.monotonic() - self._begun:5.1f} s] {text}", flush=True)

    @contextmanager
    def step(self, text: str) -> Iterator[None]:
        """A step: announced, then closed with how long it took."""
        self.say(f"{text} ...")
        begun = time.monotonic()
        try:
            yield
        except BaseException:
            self.say(f"{text}: failed")
            raise
        self.say(f"{text}: done in {time.monotonic() - begun:.1f} s")


def fail(error: Exception) -> None:
    """End the command with what went wrong and what to do."""
    sys.exit(f"\n{error}\n")
