"""API keys: a value only when it is asked for, `enabled` as a truth value, tags on the key itself.

https://docs.aws.amazon.com/apigateway/latest/api/API_GetApiKeys.html
https://docs.aws.amazon.com/apigateway/latest/api/API_UpdateApiKey.html
https://docs.aws.amazon.com/apigateway/latest/api/API_TagResource.html
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from local.gaps.patch import Function, Patch

API = "ministack.services.apigateway_v1"
_TRUTH = {"true": True, "false": False}


def without_values(original: Function) -> Function:
    """Answer GetApiKey and GetApiKeys without values unless the request includes them."""

    async def handle(method: str, path: str, headers: Any, body: bytes, query: Any) -> Any:
        from ministack.services import apigateway_v1

        answer = await original(method, path, headers, body, query)
        parts = path.strip("/").split("/")
        asked = "includeValues" if len(parts) == 1 else "includeValue"
        hidden = apigateway_v1._qp(query, asked) != "true"
        if method != "GET" or parts[0] != "apikeys" or not hidden:
            return answer
        status, response_headers, content = answer
        found = json.loads(content)
        for key in [found, *found.get("item", ())]:
            key.pop("value", None)
        return status, response_headers, json.dumps(found).encode()

    return handle


def enabling(original: Function) -> Function:
    """Read `enabled` of a patch, which is text, as what it says: ministack takes any for true."""

    def update(key_id: str, data: dict[str, Any]) -> Any:
        from ministack.services import apigateway_v1

        for operation in data.get("patchOperations", []):
            if operation.get("path") != "/enabled":
                continue
            if operation.get("value") not in _TRUTH:
                message = f"Invalid boolean value: {operation.get('value')}"
                return apigateway_v1._v1_error("BadRequestException", message, 400)
            operation["value"] = _TRUTH[operation["value"]]
        return original(key_id, data)

    return update


def tagging(original: Function) -> Function:
    """Show what TagResource adds among the tags of the key."""

    def tag(resource_arn: str, data: dict[str, Any]) -> Any:
        answer = original(resource_arn, data)
        if answer[0] == 204:
            _tags(resource_arn).update(data.get("tags", {}))
        return answer

    return tag


def untagging(original: Function) -> Function:
    """Show no longer what UntagResource takes away."""

    def untag(resource_arn: str, names: Iterable[str]) -> Any:
        answer = original(resource_arn, names)
        if answer[0] == 204:
            for name in names:
                _tags(resource_arn).pop(name, None)
        return answer

    return untag


def _tags(resource_arn: str) -> dict[str, str]:
    """The tags of the key with this ARN; of any other resource, none that are kept."""
    from ministack.services import apigateway_v1

    kind, _slash, key_id = resource_arn.rpartition(":/")[2].partition("/")
    key = apigateway_v1._api_keys.get(key_id) if kind == "apikeys" else None
    tags: dict[str, str] = key.setdefault("tags", {}) if key else {}
    return tags


PATCHES = (
    Patch(API, "handle_request", without_values),
    Patch(API, "_update_api_key", enabling),
    Patch(API, "_tag_v1_resource", tagging),
    Patch(API, "_untag_v1_resource", untagging),
)
