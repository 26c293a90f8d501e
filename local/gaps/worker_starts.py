"""Workers start a few at a time, and who waits for one takes another that is free before.

AWS gives each concurrent caller an environment of its own, on machines of its own. On a laptop the
starts share its processors: ministack starts one for each of 32 first callers, which takes as long
as 32 starts, though two workers that have started would have served them all by then.
https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html
"""

from __future__ import annotations

import os
import threading
import time
from typing import Any

from local.gaps.patch import Function, Patch

RUNTIME = "ministack.core.lambda_runtime"
AT_ONCE = os.cpu_count() or 1
# Then it starts all the same, since a worker may wait for the very caller that waits for it.
LONGEST = 3.0  # seconds

_changed = threading.Condition()
_starting: set[Any] = set()


def acquiring(original: Function) -> Function:
    """Wait with another worker while others start."""

    def acquire(
        func_name: str, config: Any, code_zip: bytes, qualifier: str = "$LATEST", **more: Any
    ) -> Any:
        from ministack.core import lambda_runtime

        key = lambda_runtime._worker_key(func_name, config, qualifier)
        deadline = time.monotonic() + LONGEST
        with _changed:
            while len(_starting) >= AT_ONCE and not _has_free(key):
                if not _changed.wait(deadline - time.monotonic()):
                    break
            worker, how = original(func_name, config, code_zip, qualifier=qualifier, **more)
            if how == "spawn":
                _starting.add(worker)
        return worker, how

    return acquire


def _has_free(key: str) -> bool:
    from ministack.core import lambda_runtime

    with lambda_runtime._lock:
        return any(not worker.in_use for worker in lambda_runtime._workers.get(key, ()))


def starting(original: Function) -> Function:
    """Let the next one start when this one has."""

    def spawn(worker: Any, *arguments: Any, **options: Any) -> Any:
        try:
            return original(worker, *arguments, **options)
        finally:
            _tell(worker)

    return spawn


def releasing(original: Function) -> Function:
    """Let others know of a free worker."""

    def release(worker: Any) -> None:
        original(worker)
        _tell(worker)

    return release


def _tell(worker: Any) -> None:
    with _changed:
        _starting.discard(worker)
        _changed.notify_all()


PATCHES = (
    Patch(RUNTIME, "acquire_worker", acquiring),
    Patch(RUNTIME, "Worker._spawn", starting),
    Patch(RUNTIME, "release_worker", releasing),
)
