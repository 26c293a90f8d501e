"""A worker that is replaced finishes what it is doing.

On AWS a changed or deleted function's environments end when their invocations have. ministack
kills them at once, and their callers get errors.
https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
"""

from __future__ import annotations

from collections.abc import Iterable
from contextvars import ContextVar
from typing import Any

from local.gaps.patch import Function, Patch

RUNTIME = "ministack.core.lambda_runtime"
_RETIRED = "_is_retired"
_sparing: ContextVar[bool] = ContextVar("sparing", default=False)


def invalidating(original: Function) -> Function:
    """Take a function's workers from the pool, and spare those that are at work."""

    def invalidate(*arguments: Any, **options: Any) -> None:
        token = _sparing.set(True)
        try:
            original(*arguments, **options)
        finally:
            _sparing.reset(token)

    return invalidate


def killing(original: Function) -> Function:
    """Kill the others."""

    def kill(workers: Iterable[Any]) -> None:
        original(_idle(workers) if _sparing.get() else workers)

    return kill


def _idle(workers: Iterable[Any]) -> list[Any]:
    from ministack.core import lambda_runtime

    idle = []
    with lambda_runtime._lock:
        for worker in workers:
            if worker.in_use:
                setattr(worker, _RETIRED, True)
            else:
                idle.append(worker)
    return idle


def releasing(original: Function) -> Function:
    """End a worker that was spared when its invocation is over."""

    def release(worker: Any) -> None:
        original(worker)
        if is_retired(worker):
            worker.kill()

    return release


def is_retired(worker: Any) -> bool:
    """Whether it ends with its invocation."""
    return bool(getattr(worker, _RETIRED, False))


PATCHES = (
    Patch(RUNTIME, "invalidate_worker", invalidating),
    Patch(RUNTIME, "kill_workers", killing),
    Patch(RUNTIME, "release_worker", releasing),
)
