"""Small documents to compare."""

from typing import Any

JsonObject = dict[str, Any]

OK: JsonObject = {"200": {"description": "OK"}}


def operation(**parts: Any) -> JsonObject:
    """An operation that answers 200, with other parts."""
    return {"operationId": "put_food", "responses": OK, **parts}


def api(
    item: JsonObject | None = None,
    *,
    path: str = "/foods",
    method: str = "put",
    version: str = "3.0.3",
    schemas: JsonObject | None = None,
    **top: Any,
) -> JsonObject:
    """A document with one operation."""
    paths = {path: {method: operation() if item is None else item}}
    document = {"openapi": version, "info": {"title": "Foods", "version": "1.0.0"}, "paths": paths}
    if schemas is not None:
        document["components"] = {"schemas": schemas}
    return {**document, **top}


def content(schema: Any, media_type: str = "application/json") -> JsonObject:
    """A body of one media type."""
    return {"content": {media_type: {"schema": schema}}}


def sending(schema: Any, *, required: bool = True, **more: Any) -> JsonObject:
    """A document whose operation takes a body."""
    body = {"required": required, **content(schema)}
    return api(operation(requestBody=body), **more)


def answering(schema: Any, **more: Any) -> JsonObject:
    """A document whose operation answers with a body."""
    return api(operation(responses={"200": {"description": "OK", **content(schema)}}), **more)


def taking(*parameters: JsonObject, **more: Any) -> JsonObject:
    """A document whose operation takes parameters."""
    return api(operation(parameters=list(parameters)), **more)


def query(name: str = "limit", **more: Any) -> JsonObject:
    """A query parameter."""
    return {"name": name, "in": "query", "schema": {"type": "string"}, **more}
