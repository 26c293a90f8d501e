"""Identity sources of a REQUEST authorizer: of the context as well, and needed whenever named.

"to perform runtime validation of the REQUEST authorizer by verifying all of the identity-related
request parameters are present, not null and non-empty. Only when this is true does the authorizer
invoke the authorizer Lambda function, otherwise, it returns a 401". ministack takes every source of
the context for absent, and asks for none where nothing is cached.
https://docs.aws.amazon.com/apigateway/latest/api/API_Authorizer.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from local.gaps.execution import current
from local.gaps.patch import Function, Patch

API = "ministack.services.apigateway_v1"
_CONTEXT = "context."


def of_context(original: Function) -> Function:
    """Read those of the context, in the order in which they are named."""

    def sources(identity_source: str | None, *arguments: Any) -> tuple[bool, list[str]]:
        present, values = True, []
        for name in filter(None, map(str.strip, (identity_source or "").split(","))):
            if name.startswith(_CONTEXT):
                found = [_value(name.removeprefix(_CONTEXT))]
                here = bool(found[0])
            else:
                here, found = original(name, *arguments)
            present = present and here
            values += found
        return present, values

    return sources


def needed(original: Function) -> Function:
    """401 for a request without one of them, with and without a cache."""

    async def authorize(*arguments: Any) -> Any:
        from ministack.services import apigateway_v1

        api_id, method = arguments[0], arguments[2]
        authorizers = apigateway_v1._authorizers_v1.get(api_id) or {}
        authorizer = authorizers.get(method.get("authorizerId")) or {}
        if str(method.get("authorizationType")).upper() == "CUSTOM" and _is_request(authorizer):
            headers, query, stage = arguments[6], arguments[8], arguments[10]
            present, _values = apigateway_v1._request_identity_sources(
                authorizer.get("identitySource"), headers, query, stage
            )
            if not present:
                return apigateway_v1._gw_error("UNAUTHORIZED", "Unauthorized"), None
        return await original(*arguments)

    return authorize


def _is_request(authorizer: Mapping[str, Any]) -> bool:
    return str(authorizer.get("type")).upper() == "REQUEST"


def _value(name: str) -> str:
    """A variable of the context, as far as an authorizer may be asked by it; or nothing."""
    run = current()
    path = f"/{run.stage_name}{run.path}"
    known = {
        "accountId": run.account_id,
        "apiId": run.api_id,
        "httpMethod": run.method,
        "identity.sourceIp": "127.0.0.1",
        "identity.userAgent": run.header("user-agent"),
        "path": path,
        "requestId": run.request_id,
        "resourceId": run.resource.get("id", ""),
        "resourcePath": run.resource.get("path", ""),
        "stage": run.stage_name,
    }
    return str(known.get(name, ""))


PATCHES = (
    Patch(API, "_request_identity_sources", of_context),
    Patch(API, "_authorize_request_v1", needed),
)
