"""What is too large is refused: 10 MB by API Gateway, 6 MB by Lambda, of which an event is made.

https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from local.gaps.patch import Function, Patch

API = "ministack.services.apigateway_v1"
GATEWAY = 10_485_760  # bytes of a request's body
LAMBDA = 6_291_456  # bytes of an event, and of what a function returns
_SUSPICIOUS = LAMBDA // 6  # characters; JSON may write one with six
_TEXT = {"Content-Type": "text/plain"}


def of_request(original: Function) -> Function:
    """Refuse a large request before anything else, in AWS's own words."""

    async def execute(request: Any, api_id: str, stage: str, method: str, *arguments: Any) -> Any:
        body = arguments[2]
        if body and len(body) > GATEWAY:
            return 413, _TEXT, f"HTTP content length exceeded {GATEWAY} bytes.".encode()
        return await original(request, api_id, stage, method, *arguments)

    return execute


def of_event(original: Function) -> Function:
    """Refuse one that makes a large event as REQUEST_TOO_LARGE."""

    async def invoke(*arguments: Any, **options: Any) -> Any:
        from ministack.services import apigateway_v1

        event_arguments = {name: options.get(name) for name in _OF_EVENT}
        if arguments[8] and len(arguments[8]) > _SUSPICIOUS:
            event = apigateway_v1._build_lambda_event_v1(*arguments[1:11], **event_arguments)
            if is_too_large(event):
                return apigateway_v1._gw_error("REQUEST_TOO_LARGE", "Request Too Long")
        return await original(*arguments, **options)

    return invoke


_OF_EVENT = ("binary_media_types", "authorizer_context", "caller_identity")


def of_answer(original: Function) -> Function:
    """Make an error of an invocation that returns too much, as Lambda does."""

    async def call(*arguments: Any, **options: Any) -> Any:
        result, problem = await original(*arguments, **options)
        output = result.get("body") if result else None
        body = output.get("body") if isinstance(output, Mapping) else output
        if isinstance(body, str) and len(body) > _SUSPICIOUS and is_too_large(output):
            result = {**result, "error": True, "body": _TOO_MUCH}
        return result, problem

    return call


_TOO_MUCH = {
    "errorType": "Function.ResponseSizeTooLarge",
    "errorMessage": f"Response payload size exceeded maximum allowed payload size ({LAMBDA} bytes)",
}


def is_too_large(payload: Any) -> bool:
    """Whether Lambda takes it as an event or as an answer."""
    return len(json.dumps(payload, ensure_ascii=False).encode(errors="replace")) > LAMBDA


PATCHES = (
    Patch(API, "_execute_in_scope", of_request),
    Patch(API, "_invoke_lambda_proxy_v1", of_event),
    Patch(API, "_call_lambda_raw", of_answer),
)
