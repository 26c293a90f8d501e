"""Says how releases go while a deployment waits for them: CloudFormation shows a resource alone."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from gatewright.canary.progress import progress
from gatewright.canary.record import RECORD, Record, read

_LOOK_SECONDS = 1.0
_SAY_EVERY = 5  # looks, where only the figures change
_TOLD = ("waiting", "baking", "settling")


@contextmanager
def telling(ssm: Any, parameters: Mapping[str, str], say: Callable[[str], None]) -> Iterator[None]:
    """Meanwhile, say a line of each release on its way when it moves, and every few seconds.

    ``parameters`` are the paths of the records by the names that people read.
    """
    done = threading.Event()
    before = {name: read(ssm, f"{path}/{RECORD}") for name, path in parameters.items()}

    def watch() -> None:
        looks = 0
        while not done.wait(_LOOK_SECONDS):
            looks += 1
            for name, path in parameters.items():
                record = read(ssm, f"{path}/{RECORD}")
                if is_news(before[name], record, with_figures=looks % _SAY_EVERY == 0):
                    say(f"  {name}: {progress(record)}")
                    before[name] = record

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def is_news(before: Record, now: Record, *, with_figures: bool) -> bool:
    """Whether a release has moved on: it began, took a step, or ended; or has other figures."""
    if any(before.get(name) != now.get(name) for name in ("request", "state", "step")):
        return now.get("state") not in (None, "idle")
    return with_figures and now.get("state") in _TOLD and before != now
