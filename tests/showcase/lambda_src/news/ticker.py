"""Answers line by line, each with the time at which it was written."""

import time
from collections.abc import Iterator
from typing import Any

PAUSE_SECONDS = 0.5


def answer(event: dict[str, Any], context: Any) -> Iterator[Any]:
    """Yield status and headers, then the lines, and fail where the caller asks for that."""
    fail = (event.get("queryStringParameters") or {}).get("fail")
    if fail == "first":
        raise ValueError("asked to")
    yield {
        "statusCode": 200,
        "headers": {"Content-Type": "text/plain", "X-Request": context.aws_request_id},
    }
    for number in range(3):
        yield f"{number} {time.time()}\n"
        time.sleep(PAUSE_SECONDS)
    if fail == "last":
        raise ValueError("asked to")
    yield b"end\n"
