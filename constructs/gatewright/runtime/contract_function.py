"""Stands before a function whose contract is a file, and keeps what the gateway leaves open.

Lambda asks this module for ``handler``; the service's own is named by GATEWRIGHT_HANDLER.
"""

import importlib
import os
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from gatewright.runtime.base_path import without_base_path
from gatewright.runtime.lifecycle import lifecycle_headers, with_lifecycle
from gatewright.runtime.variables import ALLOW_ORIGIN_VARIABLE, ANY_BODY_VARIABLE, HANDLER_VARIABLE

_JSON = "application/json"
_ALLOW_ORIGIN = "Access-Control-Allow-Origin"
_EXPOSE_HEADERS = "Access-Control-Expose-Headers"

Handler = Callable[[Mapping[str, Any], Any], dict[str, Any]]


def __getattr__(name: str) -> Handler:
    """``handler``, made when Lambda initialises the function and not when this is imported."""
    if name != "handler":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, _, function = os.environ[HANDLER_VARIABLE].rpartition(".")
    any_body = os.environ.get(ANY_BODY_VARIABLE) == "true"
    return guarded(getattr(importlib.import_module(module), function), any_body=any_body)


def guarded(function: Handler, *, any_body: bool) -> Handler:
    """``function`` (payload format 1.0) behind what its contract promises.

    - A body of another content type than JSON is answered 415: API Gateway validates those that
      have a model, and lets any other pass (AWS: "Request validation for REST APIs"). Not with
      ``any_body``, where the function checks bodies itself.
    - ``Access-Control-Allow-Origin`` is on every answer where the API has an origin: a Lambda
      proxy integration passes headers through unchanged. So are the headers of the version's
      lifecycle, where it is deprecated.
    - The path is the contract's, whatever base path a domain has before it.
    """

    def handler(event: Mapping[str, Any], context: Any) -> dict[str, Any]:
        event = without_base_path(event)
        if not any_body and event.get("body") and not _is_json(event):
            return _finished(_unsupported(event))
        return _finished(function(event, context))

    return handler


def _finished(answer: dict[str, Any]) -> dict[str, Any]:
    return _allowing_origin(with_lifecycle(answer))


def _is_json(event: Mapping[str, Any]) -> bool:
    headers = {name.lower(): value for name, value in (event.get("headers") or {}).items()}
    # RFC 9110, section 8.3.1: of either case, with parameters after a semicolon. A body without a
    # content type is JSON, as API Gateway takes it.
    media_type = (headers.get("content-type") or "").partition(";")[0].strip().lower()
    return media_type in ("", _JSON)


def _unsupported(event: Mapping[str, Any]) -> dict[str, Any]:
    request_id = event["requestContext"]["requestId"]
    text = f"Unsupported content type, use {_JSON}"
    return {
        "statusCode": HTTPStatus.UNSUPPORTED_MEDIA_TYPE.value,
        "headers": {"Content-Type": _JSON},
        "body": f'{{"message": "{text}", "request_id": "{request_id}"}}',
    }


def _allowing_origin(answer: dict[str, Any]) -> dict[str, Any]:
    origin = os.environ.get(ALLOW_ORIGIN_VARIABLE)
    if not origin or not isinstance(answer, dict) or _has_origin(answer):
        return answer
    headers = {_ALLOW_ORIGIN: origin}
    if exposed := lifecycle_headers():
        headers[_EXPOSE_HEADERS] = ",".join(exposed)
    return {**answer, "headers": {**headers, **(answer.get("headers") or {})}}


def _has_origin(answer: Mapping[str, Any]) -> bool:
    names = [*(answer.get("headers") or {}), *(answer.get("multiValueHeaders") or {})]
    return _ALLOW_ORIGIN.lower() in (name.lower() for name in names)
