"""When the embedded AWS saves its state: when it rests, once a minute when it does not, at its end.

Saving stops it for a moment, so it waits for a pause between requests. What a killed server loses
is what came after the last save.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from local import state
from local.same_machine import App, Scope

REST = 2.0  # seconds without a request
LONGEST = 60.0  # seconds that a change may stay unsaved while requests keep coming
SHARE = 100  # saving may take one part in this many of the time
_LOOKS = 0.5  # seconds between two looks at whether to save

logger = logging.getLogger("gatewright.state")


class Saving:
    """Saves the state of this process in a file, from time to time."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._in_flight = 0
        self._last_request = self._not_before = time.monotonic()
        self._changed_since: float | None = None

    @contextlib.contextmanager
    def request(self) -> Iterator[None]:
        """Note a request, each of which may change something, while it is served."""
        self._in_flight += 1
        try:
            yield
        finally:
            self._in_flight -= 1
            self._last_request = time.monotonic()
            self._changed_since = self._changed_since or self._last_request

    def is_due(self, now: float) -> bool:
        """Whether to save at this time of the monotonic clock."""
        if self._changed_since is None or now < self._not_before:
            return False
        rests = not self._in_flight and now - self._last_request >= REST
        return (rests or now - self._changed_since >= LONGEST) and state.is_at_rest()

    def save(self) -> None:
        """Save now. A failure is logged, and what was saved before stays."""
        began = time.monotonic()
        try:
            state.save(self._file)
        except Exception:
            logger.exception("The state was not saved to %s", self._file)
            self._not_before = time.monotonic() + LONGEST
            return
        self._changed_since, ended = None, time.monotonic()
        self._not_before = ended + SHARE * (ended - began)
        logger.info("Saved in %.3f s", ended - began)

    async def watch(self) -> None:
        """Save whenever it is due, for ever."""
        while True:
            await asyncio.sleep(_LOOKS)
            if self.is_due(time.monotonic()):
                self.save()

    def finish(self) -> None:
        """Save for the last time, unless half a change would be saved."""
        if state.is_at_rest():
            self.save()
        else:
            logger.warning(
                "A stack was being changed. What was saved before that in %s stays.", self._file
            )


def keeping(app: App, saving: Saving) -> App:
    """The ASGI application, saved from its start to its end."""

    async def answer(scope: Scope, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await app(scope, receive, _saving_until_the_end(saving, send))
        elif scope["type"] == "http" and not scope["path"].endswith("/health"):
            with saving.request():
                await app(scope, receive, send)
        else:
            await app(scope, receive, send)

    return answer


def _saving_until_the_end(saving: Saving, send: Any) -> Any:
    watching: list[asyncio.Task[None]] = []

    async def sending(message: dict[str, Any]) -> None:
        if message["type"] == "lifespan.startup.complete":
            watching.append(asyncio.create_task(saving.watch()))
        elif message["type"] == "lifespan.shutdown.complete":
            for task in watching:
                task.cancel()
            saving.finish()
        await send(message)

    return sending
