"""What a function does wrong is a 502 or a 500 whose reason the caller does not get to know.

"If the Lambda API rejects the invocation request, API Gateway returns a 500 error code. If the
function runs but returns an error, or returns a response in the wrong format, API Gateway returns a
502. In both cases, the body [...] is {"message": "Internal server error"}."
https://docs.aws.amazon.com/lambda/latest/dg/services-apigateway-errors.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from local.gaps.execution import current
from local.gaps.gateway_errors import logger
from local.gaps.patch import Function, Patch

API = "ministack.services.apigateway_v1"
REJECTED, FAILED = 500, 502


@dataclass(frozen=True)
class Problem:
    """The status of the answer, and the reason, which is for the log."""

    status: int
    reason: str


def examining(original: Function) -> Function:
    """Note what is wrong with an invocation, or with what the function returned."""

    def respond(result: Mapping[str, Any]) -> Any:
        problem = problem_with(result)
        if problem is None:
            return original(result)
        current().function_problem = problem
        return None, problem.reason

    return respond


def problem_with(result: Mapping[str, Any]) -> Problem | None:
    """What is wrong with the record of an invocation, if anything."""
    output = result.get("body")
    if result.get("throttle"):
        return Problem(REJECTED, f"Lambda rejected the invocation: {json.dumps(output)}")
    if result.get("error"):
        return Problem(FAILED, f"Lambda execution failed: {json.dumps(output)}")
    wrong = _wrong_format(output)
    return Problem(FAILED, f"Malformed Lambda proxy response: {wrong}") if wrong else None


def _wrong_format(output: Any) -> str | None:
    if not isinstance(output, dict):
        return f"an object is needed, not {type(output).__name__}"
    status = str(output.get("statusCode"))
    if not status.isdecimal() or not 100 <= int(status) <= 599:
        return f"statusCode is {status}"
    if not isinstance(output.get("body"), str | None):
        return f"body is {type(output['body']).__name__}, not a string"
    for name in ("headers", "multiValueHeaders"):
        if not isinstance(output.get(name), dict | None):
            return f"{name} is no object"
    return None


def hiding(original: Function) -> Function:
    """Answer through the gateway response for other 5XX errors, and log the reason."""

    async def invoke(*arguments: Any, **options: Any) -> Any:
        from ministack.services import apigateway_v1

        answer = await original(*arguments, **options)
        problem = current().function_problem
        if problem is None:
            return answer
        logger.warning("%s: %s", arguments[0].get("uri"), problem.reason)
        error = apigateway_v1._gw_error("DEFAULT_5XX", "Internal server error")
        error.default_status = problem.status
        return error

    return invoke


def with_status(original: Function) -> Function:
    """Keep the error's own status where the API does not say another for all 5XX errors."""

    def answer(error: Any, request: Mapping[str, Any]) -> Any:
        status, headers, body = original(error, request)
        own = getattr(error, "default_status", None)
        return (status if own is None or _is_customized(request) else own), headers, body

    return answer


def _is_customized(request: Mapping[str, Any]) -> bool:
    from ministack.services import apigateway_v1

    deployed = apigateway_v1._deployed_gateway_responses.get(request["api_id"], {})
    responses = deployed.get((request["stage"] or {}).get("deploymentId")) or {}
    return bool((responses.get("DEFAULT_5XX") or {}).get("statusCode"))


PATCHES = (
    Patch(API, "_lambda_proxy_response", examining),
    Patch(API, "_invoke_lambda_proxy_v1", hiding),
    Patch(API, "_gateway_error_response", with_status),
)
