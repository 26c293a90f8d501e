"""An integration that takes too long is a 504, and goes on without its caller.

https://docs.aws.amazon.com/apigateway/latest/api/API_Integration.html#apigw-Type-Integration-timeoutInMillis
https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from local.gaps.gateway_errors import logger
from local.gaps.patch import Function

DEFAULT_MS = 29_000
_left_behind: set[asyncio.Task[Any]] = set()  # a task that nobody refers to may vanish


def limiting(original: Function) -> Function:
    """Answer with INTEGRATION_TIMEOUT after `timeoutInMillis`."""

    async def invoke(integration: Mapping[str, Any], *arguments: Any, **options: Any) -> Any:
        from ministack.services import apigateway_v1

        seconds = int(integration.get("timeoutInMillis") or DEFAULT_MS) / 1000
        task = asyncio.ensure_future(original(integration, *arguments, **options))
        done, _pending = await asyncio.wait({task}, timeout=seconds)
        if done:
            return task.result()
        _left_behind.add(task)
        task.add_done_callback(_note_end)
        return apigateway_v1._gw_error("INTEGRATION_TIMEOUT", "Endpoint request timed out")

    return invoke


def _note_end(task: asyncio.Task[Any]) -> None:
    _left_behind.discard(task)
    if not task.cancelled() and task.exception() is not None:
        logger.warning("An integration failed after its time limit: %s", task.exception())
