"""A gateway response can say what is wrong with a body: `$context.error.validationErrorString`.

AWS: "Gateway response types", BAD_REQUEST_BODY, and "$context Variables for data models,
authorizers, mapping templates, and CloudWatch access logging". The words are the validator's own;
AWS's differ, and it lists them in brackets as here.
"""

from __future__ import annotations

import json
from typing import Any

from jsonschema import Draft4Validator

from local.gaps import media_types
from local.gaps.patch import Function

_VARIABLE = "$context.error.validationErrorString"


def noted(original: Function) -> Function:
    """Note with a BAD_REQUEST_BODY what the model's validator says of the body.

    Inside of `request_validation`, which leaves only the model that applies.
    """

    def check(
        method: dict[str, Any], api_id: str, request: Any, headers: Any, body: Any, query: Any
    ) -> Any:
        error = original(method, api_id, request, headers, body, query)
        if error is not None and error.response_type == "BAD_REQUEST_BODY":
            model = (method.get("requestModels") or {}).get(media_types.DEFAULT)
            error.validation_error = _what_is_wrong(api_id, model, body)
        return error

    return check


def rendered(original: Function) -> Function:
    """Put it in the place of its variable, escaped for the JSON string that it stands in."""

    def answer(error: Any, request: Any) -> Any:
        status, headers, body = original(error, request)
        detail = json.dumps(getattr(error, "validation_error", ""))[1:-1]
        return status, headers, body.replace(_VARIABLE.encode(), detail.encode())

    return answer


def _what_is_wrong(api_id: str, model: str | None, body: Any) -> str:
    from ministack.services import apigateway_v1

    try:
        document = json.loads(body)
    except (ValueError, TypeError, RecursionError):
        return "[the body is not JSON]"
    validator = Draft4Validator(apigateway_v1._model_schema(api_id, model))
    try:
        found = [error.message for error in validator.iter_errors(document)]
    except Exception:  # a reference to another model, which only ministack resolves
        found = []
    return f"[{', '.join(found) or 'the body does not match its model'}]"
