"""API Gateway validates a body against the model of its own content type, and against no other.

https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from local.gaps import media_types
from local.gaps.patch import Function

ANY_CONTENT_TYPE = "$default"


def model_of(request_models: Mapping[str, str], content_type: str) -> str | None:
    """The model for a body of this content type: its own, else `$default`, else none."""
    own = media_types.find(request_models, content_type)
    return own or request_models.get(ANY_CONTENT_TYPE)


def by_content_type(original: Function) -> Function:
    """Offer ministack, which falls back to the JSON model, only the model that applies."""

    def check(
        method: dict[str, Any], api_id: str, request: Any, headers: Any, body: Any, query: Any
    ) -> Any:
        from ministack.services import apigateway_v1

        content_type = apigateway_v1._header_ci(headers, "content-type")
        model = model_of(method.get("requestModels") or {}, content_type)
        narrowed = {**method, "requestModels": {media_types.DEFAULT: model} if model else {}}
        return original(narrowed, api_id, request, headers, body, query)

    return check


def not_blank(original: Function) -> Function:
    """Take a query parameter without a value for missing, as ministack takes a header.

    AWS, the page above: the required parameters "are included and not blank".
    """

    def missing(method: dict[str, Any], request: Any, headers: Any, query: Any) -> Any:
        told = {name: value for name, value in (query or {}).items() if any(value)}
        return original(method, request, headers, told)

    return missing
