"""`Cache-Control: max-age=0` of a request asks for a new answer, if its caller may.

https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html#invalidate-method-caching
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from local.gaps.execution import Execution

WARNING = "199 Cache-control headers were ignored because the caller was unauthorized."
_ACTION = "execute-api:InvalidateCache"


def asks_for_a_new_answer(execution: Execution) -> bool:
    """Whether the request has the directive."""
    directives = execution.header("Cache-Control").lower().split(",")
    return "max-age=0" in (directive.strip() for directive in directives)


def is_ignored(execution: Execution, settings: Mapping[str, Any]) -> bool:
    """Whether the caller may not have it."""
    return bool(settings.get("requireAuthorizationForCacheControl", True)) and not _may(execution)


def judge(execution: Execution, settings: Mapping[str, Any]) -> tuple[Any, dict[str, str]]:
    """What refuses the request, or None, and the headers that its answer has besides."""
    from ministack.services import apigateway_v1

    strategy = settings.get("unauthorizedCacheControlHeaderStrategy")
    if not is_ignored(execution, settings) or strategy == "SUCCEED_WITHOUT_RESPONSE_HEADER":
        return None, {}
    if strategy == "FAIL_WITH_403":
        return apigateway_v1._gw_error("ACCESS_DENIED", "Unauthorized"), {}
    return None, {"Warning": WARNING}


def _may(execution: Execution) -> bool:
    """IAM alone gives the permission, so only a caller that signs can have it."""
    from ministack import app

    methods = execution.resource.get("resourceMethods") or {}
    method = methods.get(execution.method) or methods.get("ANY") or {}
    if method.get("authorizationType") != "AWS_IAM":
        return False
    denied = app._enforce_execute_api(
        execution.api_id,
        execution.stage_name,
        execution.method,
        execution.path,
        dict(execution.headers),
        dict(execution.query),
        iam_action=_ACTION,
    )
    return denied is None
