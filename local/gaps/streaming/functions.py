"""A Lambda proxy integration that streams: InvokeWithResponseStream, and its answer's format.

https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode-lambda.html
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Mapping
from typing import Any

from local.gaps.cloudwatch import function_metrics
from local.gaps.gateway_errors import configuration_error, logger
from local.gaps.patch import Function, Patch
from local.gaps.streaming.invocation import FailedError, Invocation, metadata
from local.gaps.streaming.runtime import Runtime, forget_all, give_back, lease
from local.gaps.streaming.sending import streamed

API = "ministack.services.apigateway_v1"
_ACTION = "/response-streaming-invocations"
_OF_EVENT = ("binary_media_types", "authorizer_context", "caller_identity")


def named(original: Function) -> Function:
    """Read the function of the URI that streams, too."""

    def reference(uri: str) -> Any:
        return original(uri.removesuffix(_ACTION))

    return reference


def streaming(original: Function) -> Function:
    """Send the function's answer on as it comes, where the integration says so."""

    async def invoke(integration: Mapping[str, Any], *arguments: Any, **options: Any) -> Any:
        from ministack.services import apigateway_v1, lambda_svc

        uri = str(integration.get("uri"))
        if integration.get("responseTransferMode") != "STREAM":
            return await original(integration, *arguments, **options)
        if not uri.endswith(_ACTION):
            return configuration_error(f"an integration that streams needs ...{_ACTION}: {uri}")
        found, config, name = lambda_svc._get_func_record_for_ref_in_scope(
            apigateway_v1._extract_lambda_ref_from_integration_uri(uri),
            account_id=options.get("owner_account_id"),
            region=options.get("owner_region"),
        )
        if found is None or config is None or not found.get("code_zip"):
            return configuration_error(f"the Lambda function {name!r} does not exist")
        event = apigateway_v1._build_lambda_event_v1(
            *arguments[:10], **{field: options.get(field) for field in _OF_EVENT}
        )
        return await _answer(config, found["code_zip"], event)

    return invoke


async def _answer(config: dict[str, Any], code: bytes, event: dict[str, Any]) -> Any:
    from ministack.services import apigateway_v1

    seconds = float(config.get("Timeout", 3))
    invocation = Invocation(
        event=event,
        arn=str(config.get("FunctionArn", "")),
        deadline_ms=int((time.time() + seconds) * 1000),
        trace_id=str((event.get("headers") or {}).get("X-Amzn-Trace-Id", "")),
    )
    runtime = await lease(config, code)
    began = time.time()
    timer = asyncio.get_running_loop().call_later(seconds, runtime.kill)
    runtime.api.invoke(invocation)
    pieces = _ended(invocation, runtime, config, timer, began)
    try:
        head, first = await metadata(pieces)
    except FailedError as error:
        logger.warning("%s: %s", config.get("FunctionName"), error)
        failed = apigateway_v1._gw_error("DEFAULT_5XX", "Internal server error")
        failed.default_status = 502
        return failed
    return int(head.get("statusCode", 200)), _headers(head), streamed(first, pieces)


async def _ended(
    invocation: Invocation,
    runtime: Runtime,
    config: dict[str, Any],
    timer: asyncio.TimerHandle,
    began: float,
) -> AsyncIterator[bytes]:
    """The pieces; afterwards the runtime waits for the next invocation, or ends with this one."""
    is_whole = failed = False
    try:
        async for piece in invocation.pieces():
            yield piece
        is_whole = True
    except FailedError:
        failed = True
        raise
    finally:
        function_metrics.ended(config, began, time.time() - began, failed=failed)
        timer.cancel()
        if is_whole and runtime.is_alive:
            give_back(config, runtime)
        else:
            runtime.kill()


def _headers(head: Mapping[str, Any]) -> dict[str, Any]:
    several = {name: list(values) for name, values in (head.get("multiValueHeaders") or {}).items()}
    cookies = {"Set-Cookie": list(head["cookies"])} if head.get("cookies") else {}
    return {**(head.get("headers") or {}), **several, **cookies}


def ending(original: Function) -> Function:
    """End the processes when ministack forgets everything."""

    def reset() -> Any:
        forget_all()
        return original()

    return reset


PATCHES = (
    Patch(API, "_extract_lambda_ref_from_integration_uri", named),
    Patch(API, "_invoke_lambda_proxy_v1", streaming),
    Patch(API, "reset", ending),
)
