"""What runs beside the event loop: nested as deep as need be, on threads that are used again.

What a caller sees is what ministack's own `run_reentrant` promises in its documentation.
"""

from __future__ import annotations

import asyncio
import contextvars
import threading
import time
from typing import Any

import pytest

from local.gaps.reused_threads import reusing

run: Any = reusing(lambda: None)
NAME: contextvars.ContextVar[str] = contextvars.ContextVar("name", default="none")


def test_calls_one_after_another_share_threads() -> None:
    async def calls() -> set[int]:
        return {await run(threading.get_ident) for _ in range(100)}

    assert len(asyncio.run(calls())) < 50


def test_nested_calls_have_threads_of_their_own() -> None:
    def nested(loop: asyncio.AbstractEventLoop, depth: int) -> set[int]:
        below: set[int] = set()
        if depth:
            called = run(nested, loop, depth - 1)
            below = asyncio.run_coroutine_threadsafe(called, loop).result(timeout=20)
        return {threading.get_ident(), *below}

    async def outermost() -> set[int]:
        return set(await run(nested, asyncio.get_running_loop(), 49))

    assert len(asyncio.run(outermost())) == 50


def test_an_error_is_the_caller_s() -> None:
    def fail() -> None:
        raise ValueError("no")

    async def call() -> int:
        with pytest.raises(ValueError, match="no"):
            await run(fail)
        return int(await run(lambda: 1))

    assert asyncio.run(call()) == 1


def test_context_goes_in_and_does_not_stay() -> None:
    async def call(name: str | None) -> str:
        if name:
            NAME.set(name)
        return str(await run(NAME.get))

    async def calls() -> list[str]:
        return [await asyncio.create_task(call(name)) for name in ("a", "b", None)]

    assert asyncio.run(calls()) == ["a", "b", "none"]


def test_a_caller_that_is_cancelled_waits_for_the_end() -> None:
    ended = []

    def work() -> None:
        time.sleep(0.3)
        ended.append(time.monotonic())

    async def cancel_twice() -> None:
        task = asyncio.create_task(run(work))
        for _ in range(2):
            await asyncio.sleep(0.05)
            task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert len(ended) == 1

    asyncio.run(cancel_twice())
