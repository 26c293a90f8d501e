"""What may call back into the server runs on a thread that was there before.

ministack starts a thread for every invocation, and the event loop waits until it runs. There must
be as many threads as there are nested calls, so that a pool of any size would block for ever; but
one that has nothing to do can take the next call.
"""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any

from local.gaps.patch import Function, Patch

CONCURRENCY = "ministack.core.concurrency"
Work = Callable[[], None]

_idle: list[SimpleQueue[Work]] = []


def _start(work: Work) -> None:
    """Give the work to an idle thread, or to a new one."""
    try:
        inbox = _idle.pop()
    except IndexError:
        threading.Thread(target=_live, args=(work,), daemon=True, name="ministack-reused").start()
    else:
        inbox.put(work)


def _live(work: Work) -> None:
    inbox: SimpleQueue[Work] = SimpleQueue()
    while True:
        work()
        _idle.append(inbox)
        work = inbox.get()


def reusing(_original: Function) -> Function:
    """Replace the thread for each call; what a caller sees of it stays."""
    from ministack.core import concurrency

    async def run(function: Function, *arguments: Any, thread_name: str = "") -> Any:
        del thread_name  # a thread keeps the name that it has
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Any] = loop.create_future()
        context = contextvars.copy_context()

        def work() -> None:
            try:
                result, error = context.run(function, *arguments), None
            except BaseException as raised:
                result, error = None, raised
            concurrency._bump("reentrant", -1)
            with contextlib.suppress(RuntimeError):  # the loop has ended, and nobody waits
                loop.call_soon_threadsafe(_settle, future, result, error)

        concurrency._bump("reentrant", 1)
        try:
            _start(work)
        except RuntimeError:  # the machine has no more threads
            concurrency._bump("reentrant", -1)
            raise
        return await _to_its_end(future)

    return run


def _settle(future: asyncio.Future[Any], result: Any, error: BaseException | None) -> None:
    if future.done():
        return
    if error is None:
        future.set_result(result)
    else:
        future.set_exception(error)


async def _to_its_end(future: asyncio.Future[Any]) -> Any:
    """Wait even when the caller has gone: what runs in a thread cannot be cancelled."""
    try:
        return await asyncio.shield(future)
    except asyncio.CancelledError:
        while not future.done():
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.wait([future])
        raise


PATCHES = (Patch(CONCURRENCY, "run_reentrant", reusing),)
