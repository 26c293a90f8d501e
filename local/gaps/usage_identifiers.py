"""API keys that a Lambda authorizer names: `usageIdentifierKey`, where the source is AUTHORIZER.

https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-key-source.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html
"""

from __future__ import annotations

import json
from typing import Any

from local.gaps.execution import current
from local.gaps.patch import Function, Patch

API = "ministack.services.apigateway_v1"

# ministack keeps an authorizer's context with its policy for as long as it caches that, and
# nothing else. No context of an authorizer's own has such a name.
_IN_CONTEXT = "gatewright.usageIdentifierKey"


def kept(original: Function) -> Function:
    """Keep the key in the context, from where it is taken again for this request and later ones."""

    async def invoke(*arguments: Any) -> Any:
        result = await original(*arguments)
        answer = _answer(result)
        key = answer.get("usageIdentifierKey")
        if not isinstance(key, str):
            return result
        context = {**(answer.get("context") or {}), _IN_CONTEXT: key}
        return {**result, "body": {**answer, "context": context}}

    return invoke


def taken(original: Function) -> Function:
    """Take the key out of the context, which integrations see."""

    async def authorize(*arguments: Any) -> Any:
        error, context = await original(*arguments)
        if not context or _IN_CONTEXT not in context:
            return error, context
        current().usage_identifier_key = context[_IN_CONTEXT]
        return error, {name: value for name, value in context.items() if name != _IN_CONTEXT}

    return authorize


def of_request(original: Function) -> Function:
    """The key of a request: from the authorizer, where the API says so, and from no header then."""

    def key(headers: Any) -> Any:
        from ministack.services import apigateway_v1

        run = current()
        api = apigateway_v1._rest_apis.get(run.api_id) or {}
        if api.get("apiKeySource") == "AUTHORIZER":
            return run.usage_identifier_key
        return original(headers)

    return key


def _answer(result: Any) -> dict[str, Any]:
    """What an authorizer function returned, or nothing where it failed."""
    body = result.get("body") if isinstance(result, dict) and not result.get("error") else None
    if isinstance(body, str | bytes):
        try:
            body = json.loads(body)
        except ValueError:
            return {}
    return body if isinstance(body, dict) else {}


PATCHES = (
    Patch(API, "_invoke_authorizer_lambda", kept),
    Patch(API, "_authorize_request_v1", taken),
    Patch(API, "_api_key_from_request", of_request),
)
