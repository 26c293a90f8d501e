"""One request has one id: in the answer's header, in the function's event and in the access log.

https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html
"""

from __future__ import annotations

from typing import Any

from local.gaps.execution import current
from local.gaps.patch import Function

HEADER = "x-amzn-requestid"


def in_header(original: Function) -> Function:
    """Name the request in the answer; ministack does so for gateway errors only."""

    async def handle(*arguments: Any) -> Any:
        status, headers, body = await original(*arguments)
        if not any(name.lower() == HEADER for name in headers):
            headers = {**headers, HEADER: current().request_id}
        return status, headers, body

    return handle


def in_event(original: Function) -> Function:
    """Give the function the id of the request instead of one of its own."""

    def build(*arguments: Any, **options: Any) -> Any:
        event = original(*arguments, **options)
        identity = current().request_id
        event["requestContext"] |= {"requestId": identity, "extendedRequestId": identity}
        return event

    return build
