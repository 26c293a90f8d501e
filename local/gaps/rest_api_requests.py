"""The two requests that import a document: `POST /restapis?mode=import` and `PUT /restapis/{id}`.

https://docs.aws.amazon.com/apigateway/latest/api/API_ImportRestApi.html
https://docs.aws.amazon.com/apigateway/latest/api/API_PutRestApi.html
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from local.gaps import rest_api_import
from local.gaps.patch import Function


def importing(original: Function) -> Function:
    """Route the two requests, and leave every other to ministack."""

    async def handle(method: str, path: str, headers: Any, body: bytes, query: Any) -> Any:
        from ministack.services import apigateway_v1

        parts = [part for part in path.strip("/").split("/") if part]
        mode = apigateway_v1._qp(query, "mode")
        if method == "POST" and parts == ["restapis"] and mode == "import":
            return _answer(body, None)
        if method == "PUT" and len(parts) == 2 and parts[0] == "restapis":
            return _answer(body, parts[1], mode or "merge")
        return await original(method, path, headers, body, query)

    return handle


def _answer(body: bytes, api_id: str | None, mode: str = "overwrite") -> Any:
    from ministack.services import apigateway_v1 as api

    if api_id is not None and api_id not in api._rest_apis:
        return api._v1_error("NotFoundException", "Invalid API identifier specified", 404)
    try:
        _check_mode(mode)
        content = _parsed(body)
        if api_id is None:
            created = rest_api_import.create(content, {})
            return api._v1_response(api._rest_api_view(api._rest_apis.get(created)), 201)
        rest_api_import.put(api_id, content, {})
    except ValueError as problem:
        return api._v1_error("BadRequestException", str(problem), 400)
    return api._v1_response(api._rest_api_view(api._rest_apis.get(api_id)))


def _check_mode(mode: str) -> None:
    if mode != "overwrite":
        raise ValueError(
            f"mode {mode!r}: the embedded AWS replaces a definition and does not merge. "
            "Call PutRestApi with mode=overwrite"
        )


def _parsed(body: bytes) -> Mapping[str, Any]:
    """The document, which may be JSON or YAML. ValueError when it is neither."""
    try:
        content = yaml.safe_load(body)
    except yaml.YAMLError as problem:
        raise ValueError(f"Invalid OpenAPI input: {problem}") from problem
    if not isinstance(content, Mapping):
        raise ValueError("Invalid OpenAPI input: the document is not an object")
    return content
