"""A body that is sent on as it comes, in the place of one that is there."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

from local.gaps.gateway_errors import logger
from local.gaps.streaming.invocation import FailedError

Send = Callable[[dict[str, Any]], Awaitable[None]]


def streamed(first: bytes, pieces: AsyncIterator[bytes]) -> Any:
    """ministack's marker of a body that is streamed. It has a length, which is not known: 0."""
    from ministack.core.responses import StreamingResponse

    async def run(send: Send, _receive: Any) -> None:
        try:
            if first:
                await send(_piece(first))
            async for piece in pieces:
                await send(_piece(piece))
        except FailedError as error:
            # Without its last frame the caller sees that the answer is not whole.
            logger.warning("A streamed answer was cut off: %s", error)
            return
        finally:
            await pieces.aclose()  # type: ignore[attr-defined]
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    class Streamed(StreamingResponse):  # type: ignore[misc]
        def __len__(self) -> int:
            return 0

    return Streamed(run)


def _piece(data: bytes) -> dict[str, Any]:
    return {"type": "http.response.body", "body": data, "more_body": True}
