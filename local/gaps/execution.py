"""The API Gateway request being served, for the gaps whose ministack functions are not given it."""

from __future__ import annotations

import itertools
import time
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from local.gaps.patch import Function

TEST_STAGE = "test-invoke-stage"
"""How the function's policy and its event name a call by TestInvokeMethod, which has no stage."""

_current: ContextVar[Execution] = ContextVar("execution")
_under_way: set[int] = set()
_numbers = itertools.count()


@dataclass
class Execution:
    """One request on its way through a stage. Filled in as ministack gets to know more of it."""

    api_id: str
    stage_name: str
    method: str
    path: str
    headers: Mapping[str, Any]
    body: bytes
    query: Mapping[str, Any]
    account_id: str
    region: str
    started: float = field(default_factory=time.time)
    request: dict[str, Any] = field(default_factory=dict)
    resource: dict[str, Any] = field(default_factory=dict)
    authorizer: dict[str, Any] | None = None
    usage_identifier_key: str | None = None
    integration_seconds: float | None = None
    integration_status: int | None = None
    endpoint_status: int | None = None
    integration_type: str = ""
    gateway_error: Any = None
    function_problem: Any = None

    @property
    def stage_variables(self) -> dict[str, str]:
        stage = self.request.get("stage") or {}
        return dict(stage.get("variables") or {})

    @property
    def request_id(self) -> str:
        return str(self.request.get("request_id", ""))

    def header(self, name: str) -> str:
        """The last value of a header, whatever its case, or an empty string."""
        for key, value in self.headers.items():
            if key.lower() == name.lower():
                return str(value if isinstance(value, str) else value[-1] if value else "")
        return ""


def current() -> Execution:
    """The request being served here. LookupError outside of one."""
    return _current.get()


def under_way() -> frozenset[int]:
    """A number of each request that is being served."""
    return frozenset(_under_way)


def begin(original: Function) -> Function:
    """Remember the request for as long as it is served."""

    async def handle(*arguments: Any) -> Any:
        api_id, stage_name, method, path, headers, body, query, account_id, region = arguments
        token = _current.set(
            Execution(
                api_id,
                stage_name,
                method,
                path,
                headers or {},
                body,
                query or {},
                account_id,
                region,
            )
        )
        number = next(_numbers)
        _under_way.add(number)
        try:
            return await original(*arguments)
        finally:
            _under_way.discard(number)
            _current.reset(token)

    return handle


def record_request(original: Function) -> Function:
    """Keep ministack's own record of the request, and the error API Gateway itself answers with."""

    async def execute(request: dict[str, Any], *arguments: Any) -> Any:
        execution = current()
        execution.request = request
        response = await original(request, *arguments)
        if not isinstance(response, tuple):
            execution.gateway_error = response
        return response

    return execute


def record_authorizer(original: Function) -> Function:
    """Keep the resource that was matched and what its authorizer said."""

    async def authorize(*arguments: Any) -> Any:
        execution = current()
        execution.resource = arguments[5]
        execution.integration_type = (arguments[2].get("methodIntegration") or {}).get("type") or ""
        error, context = await original(*arguments)
        execution.authorizer = context
        return error, context

    return authorize


def record_integration(original: Function) -> Function:
    """Keep how long the integration took and the status it gave, before any mapping of it."""

    async def invoke(*arguments: Any, **options: Any) -> Any:
        execution, began = current(), time.perf_counter()
        response = await original(*arguments, **options)
        execution.integration_seconds = time.perf_counter() - began
        if isinstance(response, tuple):
            execution.integration_status = execution.endpoint_status or int(response[0])
        return response

    return invoke
