"""Integrations of the types HTTP and HTTP_PROXY.

https://docs.aws.amazon.com/apigateway/latest/developerguide/setup-http-integrations.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
"""

from __future__ import annotations

import functools
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from local.gaps import response_mapping
from local.gaps.context_variables import of_request
from local.gaps.execution import Execution, current
from local.gaps.gateway_errors import configuration_error, logger
from local.gaps.integration_timeout import DEFAULT_MS
from local.gaps.integrations import content_handling, endpoint_headers
from local.gaps.integrations.errors import ConfigurationError
from local.gaps.integrations.request import IntegrationRequest, build
from local.gaps.patch import Function
from local.gaps.velocity_values import JavaMap
from local.gaps.vtl import TemplateError


@dataclass(frozen=True)
class Answer:
    """What the endpoint said. The body is as it came, compressed or not."""

    status: int
    lines: list[tuple[str, str]]
    body: bytes

    @property
    def headers(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for name, value in self.lines:
            found.setdefault(name, []).append(value)
        return found

    def header(self, name: str) -> str:
        return next((value for key, value in self.lines if key.lower() == name.lower()), "")


def calling(original: Function) -> Function:
    """Replace ministack's, which maps path parameters only and follows redirects.

    What is streamed stays its own: `streaming.backends` sends that on as it comes.
    """

    async def invoke(integration: Mapping[str, Any], *arguments: Any, **options: Any) -> Any:
        if integration.get("responseTransferMode") == "STREAM":
            return await original(integration, *arguments, **options)
        run = current()
        context = of_request(run)
        proxy = integration.get("type") == "HTTP_PROXY"
        try:
            request = build(integration, run, context, templates=not proxy)
            answer = await _send(_request(integration, request, run, proxy=proxy), integration)
            run.endpoint_status = answer.status
            return _respond(integration, answer, run, context, proxy=proxy)
        except (ConfigurationError, TemplateError, response_mapping.NoResponseError) as problem:
            return configuration_error(str(problem))
        except httpx.HTTPError as problem:
            return _failure(problem, str(integration.get("uri")))

    return invoke


def _request(
    integration: Mapping[str, Any], mapped: IntegrationRequest, run: Execution, *, proxy: bool
) -> httpx.Request:
    method = str(integration.get("httpMethod") or "ANY")
    lines = endpoint_headers.of_gateway(run)
    query = {name: list(values) for name, values in mapped.query.items()}
    if proxy:
        own = {name.lower() for name in run.headers}
        lines = [line for line in lines if line[0].lower() not in own]
        lines += endpoint_headers.of_caller(run)
        query = {name: _several(value) for name, value in run.query.items()} | query
    else:
        lines.append(("Accept", "application/json"))
        lines.append(("Content-Type", run.header("content-type") or "application/json"))
    try:
        url = httpx.URL(mapped.uri)
        pairs = [*url.params.multi_items(), *((n, v) for n, vs in query.items() for v in vs)]
        return httpx.Request(
            run.method if method == "ANY" else method,
            url.copy_with(params=pairs) if pairs else url,
            headers=endpoint_headers.encoded(endpoint_headers.with_mapped(lines, mapped.headers)),
            content=mapped.body,
        )
    except (httpx.InvalidURL, ValueError) as problem:
        raise ConfigurationError(f"invalid endpoint address {mapped.uri!r}: {problem}") from problem


def _several(value: Any) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list | tuple) else [str(value)]


async def _send(request: httpx.Request, integration: Mapping[str, Any]) -> Answer:
    """Send it once. API Gateway follows no redirect, and has no proxy of this machine's."""
    seconds = int(integration.get("timeoutInMillis") or DEFAULT_MS) / 1000
    insecure = (integration.get("tlsConfig") or {}).get("insecureSkipVerification")
    request.extensions["timeout"] = httpx.Timeout(seconds).as_dict()
    verify = _unverified() if insecure else _verified()
    async with httpx.AsyncClient(verify=verify, trust_env=False) as client:
        response = await client.send(request, stream=True)
        body = b"".join([part async for part in response.aiter_raw()])
        raw = [
            (name.decode("latin-1"), value.decode("latin-1"))
            for name, value in response.headers.raw
        ]
        return Answer(response.status_code, raw, body)


@functools.cache
def _verified() -> ssl.SSLContext:
    return ssl.create_default_context()


@functools.cache
def _unverified() -> ssl.SSLContext:
    return ssl._create_unverified_context()  # noqa: S323 - what insecureSkipVerification asks for


def _respond(
    integration: Mapping[str, Any],
    answer: Answer,
    run: Execution,
    context: JavaMap,
    *,
    proxy: bool,
) -> Any:
    if not proxy:
        return response_mapping.respond(
            integration, str(answer.status), answer.body, answer.headers, run, context
        )
    headers = endpoint_headers.of_answer(answer.lines)
    content_type = answer.header("content-type")
    if not content_type:
        headers["Content-Type"] = content_type = "application/json"
    body = answer.body
    if not answer.header("content-encoding"):
        accepted = run.header("accept")
        body = content_handling.of_response(
            body, (content_type, accepted), content_handling.binary_types(run), None, None
        )
    return answer.status, headers, body


def _failure(problem: httpx.HTTPError, uri: str) -> Any:
    from ministack.services import apigateway_v1

    if isinstance(problem, httpx.TimeoutException):
        return apigateway_v1._gw_error("INTEGRATION_TIMEOUT", "Endpoint request timed out")
    if _unresolved(problem) or isinstance(problem, httpx.UnsupportedProtocol):
        return configuration_error(f"invalid endpoint address {uri}: {problem}")
    logger.warning("Network error communicating with endpoint %s: %s", uri, problem)
    message = "Network error communicating with endpoint"
    return apigateway_v1._gw_error("INTEGRATION_FAILURE", message)


def _unresolved(problem: BaseException | None) -> bool:
    while problem is not None:
        if isinstance(problem, socket.gaierror):
            return True
        problem = problem.__cause__ or problem.__context__
    return False
