"""An HTTP proxy integration that streams: what its backend sends goes on as it comes.

https://docs.aws.amazon.com/apigateway/latest/developerguide/response-streaming-http.html
"""

from __future__ import annotations

import asyncio
import urllib.error
import urllib.request
from collections.abc import AsyncIterator, Mapping
from contextvars import ContextVar
from typing import Any

from local.gaps.patch import Function, Patch
from local.gaps.streaming.sending import streamed

API = "ministack.services.apigateway_v1"
SHARED = "ministack.services.apigateway"
_MOST = 1 << 16  # bytes at a time
_streams: ContextVar[bool] = ContextVar("streams", default=False)


def noting(original: Function) -> Function:
    """Remember, for the request that the integration makes, whether its answer is streamed."""

    async def invoke(integration: Mapping[str, Any], *arguments: Any, **options: Any) -> Any:
        token = _streams.set(integration.get("responseTransferMode") == "STREAM")
        try:
            return await original(integration, *arguments, **options)
        finally:
            _streams.reset(token)

    return invoke


def opening(original: Function) -> Function:
    """Return with the backend's headers, and its body still to come."""

    async def urlopen(request: urllib.request.Request, timeout: float) -> Any:
        if not _streams.get():
            return await original(request, timeout)
        response = await asyncio.to_thread(_opened, request, timeout)
        return response.status, dict(response.headers.items()), streamed(b"", _pieces(response))

    return urlopen


def _opened(request: urllib.request.Request, timeout: float) -> Any:
    return urllib.request.urlopen(request, timeout=timeout)  # noqa: S310 - the API's own backend


async def _pieces(response: Any) -> AsyncIterator[bytes]:
    with response:
        while piece := await asyncio.to_thread(response.read1, _MOST):
            yield piece


PATCHES = (
    Patch(API, "_invoke_http_proxy_v1", noting),
    Patch(SHARED, "_urlopen_async", opening),
)
