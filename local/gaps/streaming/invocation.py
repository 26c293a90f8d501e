"""One invocation of a function that streams: its event, and its answer as it comes."""

from __future__ import annotations

import asyncio
import json
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

DELIMITER = b"\0" * 8


class FailedError(Exception):
    """The function ended with an error, or without an answer."""


@dataclass
class Invocation:
    """An event for a runtime, and the queue that its answer arrives in."""

    event: dict[str, Any]
    arn: str
    deadline_ms: int
    trace_id: str
    request_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    arrived: asyncio.Queue[bytes | FailedError | None] = field(default_factory=asyncio.Queue)

    def receive(self, data: bytes) -> None:
        """Note a piece of the answer."""
        self.arrived.put_nowait(data)

    def end(self, problem: str | None = None) -> None:
        """Note that nothing more comes, and why, if that is an error."""
        self.arrived.put_nowait(FailedError(problem) if problem else None)

    async def pieces(self) -> AsyncIterator[bytes]:
        """The answer. Raises FailedError."""
        while (piece := await self.arrived.get()) is not None:
            if isinstance(piece, FailedError):
                raise piece
            yield piece


async def metadata(pieces: AsyncIterator[bytes]) -> tuple[dict[str, Any], bytes]:
    """What stands before the delimiter, and the first bytes behind it. Raises FailedError."""
    found = b""
    async for piece in pieces:
        found += piece
        head, delimiter, rest = found.partition(DELIMITER)
        if delimiter:
            try:
                return dict(json.loads(head)), rest
            except (TypeError, ValueError):
                raise FailedError("the metadata before the delimiter is no JSON object") from None
    raise FailedError("the answer has no delimiter of eight null bytes")
