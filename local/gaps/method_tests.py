"""TestInvokeMethod: a method as it is defined now, called without a stage.

It goes by the resources of the API and not by a deployment, with the variables of the request. No
authorizer, API key, limit or resource policy is asked, and nothing is logged or counted.
https://docs.aws.amazon.com/apigateway/latest/api/API_TestInvokeMethod.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-test-method.html
"""

from __future__ import annotations

import base64
import copy
import json
import logging
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from local.gaps import deployments
from local.gaps.execution import TEST_STAGE
from local.gaps.gateway_errors import logger
from local.gaps.patch import Function, Patch

_NAMES = ["restapis", "resources", "methods"]
_OPEN = {"authorizationType": "NONE", "authorizerId": None, "apiKeyRequired": False}


def routing(original: Function) -> Function:
    """Answer `POST /restapis/{id}/resources/{id}/methods/{verb}`."""

    async def handle(method: str, path: str, headers: Any, body: bytes, query: Any) -> Any:
        parts = [part for part in path.strip("/").split("/") if part]
        if (
            method == "POST"
            and len(parts) == 6
            and parts[::2] == ["restapis", "resources", "methods"]
        ):
            return await _answer(parts[1], parts[3], parts[5], json.loads(body or b"{}"))
        return await original(method, path, headers, body, query)

    return handle


async def _answer(api_id: str, resource_id: str, verb: str, data: Mapping[str, Any]) -> Any:
    from ministack.services import apigateway_v1 as api

    resource = (api._resources.get(api_id) or {}).get(resource_id)
    if resource is None:
        return api._v1_error("NotFoundException", "Invalid Resource identifier specified", 404)
    if verb not in resource.get("resourceMethods", {}):
        return api._v1_error("NotFoundException", "Invalid Method identifier specified", 404)
    given = data.get("pathWithQueryString") or resource["path"]
    target = urlsplit(given)
    query = parse_qs(target.query, keep_blank_values=True)
    headers = {**(data.get("headers") or {}), **_joined(data.get("multiValueHeaders") or {})}
    began = time.perf_counter()
    with _told() as lines, deployments.serving_records(_snapshot(api_id, data)):
        answer = await api.handle_execute(
            api_id, TEST_STAGE, verb, unquote(target.path), headers, _bytes(data), query
        )
    return api._v1_response(_view(answer, lines, round((time.perf_counter() - began) * 1000)))


def _bytes(data: Mapping[str, Any]) -> bytes:
    return str(data.get("body") or "").encode()


def _joined(headers: Mapping[str, Any]) -> dict[str, str]:
    return {name: ", ".join(values) for name, values in headers.items()}


def _snapshot(api_id: str, data: Mapping[str, Any]) -> deployments.Snapshot:
    """The API as it is, open to everybody, on a stage of its own."""
    from ministack.services import apigateway_v1 as api

    resources = copy.deepcopy(api._resources.get(api_id) or {})
    for resource in resources.values():
        for method in resource.get("resourceMethods", {}).values():
            method.update(_OPEN)
    stage = {"stageName": TEST_STAGE, "variables": dict(data.get("stageVariables") or {})}
    records = {id(api._resources): resources, id(api._stages_v1): {TEST_STAGE: stage}}
    return deployments.Snapshot(api_id, records)


def _view(answer: Any, lines: list[str], latency: int) -> dict[str, Any]:
    status, headers, body = answer
    content = body if isinstance(body, bytes) else str(body or "").encode()
    # A function that answers with multiValueHeaders leaves lists.
    multiple = {
        name: list(value) if isinstance(value, list | tuple) else [value]
        for name, value in headers.items()
    }
    return {
        "status": status,
        "body": _text(content),
        "headers": {name: values[-1] for name, values in multiple.items() if values},
        "multiValueHeaders": multiple,
        "log": "\n".join([*lines, f"Method completed with status: {status}"]),
        "latency": latency,
    }


def _text(content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError:
        return base64.b64encode(content).decode()


class _Log(logging.Handler):
    """Keeps what the gateway says of one call, which is the log of its answer."""

    def emit(self, record: logging.LogRecord) -> None:
        lines = _lines.get()
        if lines is not None:
            lines.append(record.getMessage())


_lines: ContextVar[list[str] | None] = ContextVar("lines", default=None)
_log = _Log()


@contextmanager
def _told() -> Iterator[list[str]]:
    lines: list[str] = []
    logger.addHandler(_log)  # which is there once, however often it is added
    token = _lines.set(lines)
    try:
        yield lines
    finally:
        _lines.reset(token)


PATCHES = (Patch(deployments.API, "handle_request", routing),)
