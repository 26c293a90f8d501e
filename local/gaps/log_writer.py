"""Writes log lines from a thread of its own, so that a request does not wait for them."""

from __future__ import annotations

import functools
import queue
import threading
from dataclasses import dataclass

from local.gaps.gateway_errors import logger

STREAM = "access"


@dataclass(frozen=True)
class Line:
    """One event of a log group, which is made for it where it `makes_group`.

    `timestamp` is in milliseconds since 1970.
    """

    account_id: str
    region: str
    group: str
    timestamp: int
    message: str
    makes_group: bool = False


def write(line: Line) -> None:
    """Have the line written soon, in the order of the calls."""
    _lines().put(line)


@functools.cache
def _lines() -> queue.SimpleQueue[Line]:
    lines: queue.SimpleQueue[Line] = queue.SimpleQueue()
    threading.Thread(target=_drain, args=(lines,), name="access-logs", daemon=True).start()
    return lines


def _drain(lines: queue.SimpleQueue[Line]) -> None:
    while True:
        line = lines.get()
        try:
            _put(line)
        except Exception:
            logger.exception("An access log line for %s was lost", line.group)


def _put(line: Line) -> None:
    from ministack.core.responses import request_scope
    from ministack.services import cloudwatch_logs

    with request_scope(line.account_id, line.region):
        place = {"logGroupName": line.group, "logStreamName": STREAM}
        event = {"timestamp": line.timestamp, "message": line.message}
        request = {**place, "logEvents": [event]}
        status = cloudwatch_logs._put_log_events(request)[0]
        if status >= 400:
            if line.makes_group:
                cloudwatch_logs._create_log_group({"logGroupName": line.group})
            cloudwatch_logs._create_log_stream(place)
            status, _headers, body = cloudwatch_logs._put_log_events(request)
        if status >= 400:
            logger.warning("An access log line was lost: %s", body)
