"""Callers take the worker that is free first, and workers start a few at a time.

AWS gives each concurrent caller an environment of its own, on machines of its own. On a laptop they
share its processors: ministack starts one for each of 32 first callers, which takes as long as 32
starts, though two workers that have started would have served them all by then. Here callers wait
in line; a worker starts beside it when there is none, or when the line does not move.
https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html
"""

from __future__ import annotations

import os
import threading
import time
from collections import defaultdict, deque
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import Any

from local.gaps.gateway_errors import logger
from local.gaps.patch import Function, Patch
from local.gaps.worker_retirement import is_retired

RUNTIME = "ministack.core.lambda_runtime"
AT_ONCE = os.cpu_count() or 1
PATIENCE = 0.05  # seconds in line until one more worker starts
# Then a caller starts its own, since a worker may wait for the very caller that waits for it.
LONGEST = 5.0  # seconds

_lock = threading.RLock()
_lines: defaultdict[str, deque[SimpleQueue[Any]]] = defaultdict(deque)
_starting: set[Any] = set()


@dataclass
class Wanted:
    """What a caller asks ministack's pool for."""

    original: Function
    key: str
    arguments: tuple[Any, ...]
    options: dict[str, Any]
    deadline: float = field(default_factory=lambda: time.monotonic() + LONGEST)

    def lease(self) -> tuple[Any, str]:
        """A free worker, or a new one that nobody has started."""
        worker, how = self.original(*self.arguments, **self.options)
        if worker is not None:
            worker.line = self.key
        return worker, str(how)


def acquiring(original: Function) -> Function:
    """Wait in line instead of starting one at once."""

    def acquire(
        func_name: str, config: Any, code_zip: bytes, qualifier: str = "$LATEST", **more: Any
    ) -> tuple[Any, str]:
        from ministack.core import lambda_runtime

        key = lambda_runtime._worker_key(func_name, config, qualifier)
        options = {"qualifier": qualifier, **more}
        wanted = Wanted(original, key, (func_name, config, code_zip), options)
        if lambda_runtime._worker_class_for(config) is not lambda_runtime.Worker:
            return wanted.lease()
        with _lock:
            pool = lambda_runtime._workers.get(key)
            if not _lines[key] and any(not worker.in_use for worker in pool or ()):
                return wanted.lease()
            inbox: SimpleQueue[Any] = SimpleQueue()
            _lines[key].append(inbox)
            if not pool:
                _start(wanted)
        return _wait(wanted, inbox)

    return acquire


def _wait(wanted: Wanted, inbox: SimpleQueue[Any]) -> tuple[Any, str]:
    while time.monotonic() < wanted.deadline:
        try:
            return inbox.get(timeout=PATIENCE), "reused"
        except Empty:
            with _lock:
                _start(wanted)
    with _lock:
        if inbox in _lines[wanted.key]:
            _lines[wanted.key].remove(inbox)
            return wanted.lease()
    return inbox.get(), "reused"


def _start(wanted: Wanted) -> None:
    """Start a worker for the line, unless enough are starting. Called with the lock held."""
    for_line = sum(worker.line == wanted.key for worker in _starting)
    if len(_starting) >= AT_ONCE or for_line >= len(_lines[wanted.key]):
        return
    worker, _how = wanted.lease()
    if worker is None:
        return
    _starting.add(worker)
    threading.Thread(target=_run, args=(worker,), daemon=True, name="worker-start").start()


def _run(worker: Any) -> None:
    from ministack.core import lambda_runtime

    try:
        lambda_runtime.ensure_spawned(worker)
    except Exception as error:  # whoever gets this worker tries again and is told
        logger.debug("A worker of %s did not start: %s", worker.func_name, error)
    with _lock:
        _starting.discard(worker)
    lambda_runtime.release_worker(worker)


def releasing(original: Function) -> Function:
    """Hand the worker to the first in line."""

    def release(worker: Any) -> None:
        key = getattr(worker, "line", None)
        if key is None or is_retired(worker):
            original(worker)
            return
        with _lock:
            if _lines[key]:
                worker.last_used = time.time()
                _lines[key].popleft().put(worker)
            else:
                original(worker)

    return release


PATCHES = (
    Patch(RUNTIME, "acquire_worker", acquiring),
    Patch(RUNTIME, "release_worker", releasing),
)
