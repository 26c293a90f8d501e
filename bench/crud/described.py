"""The CRUD API as a platform of ours whose contract is a file."""

import json
from pathlib import Path
from typing import Any

from bench.crud.operations import CrudRoute, collections, crud_routes
from bench.crud.ours import write_platform

_ROUTES = "routes: shop.v1.handler:app"
_CONTRACT = "contract: shop/v1/openapi.json, handler: shop.v1.handler:answer"
_HANDLER = '''"""Answers every operation of a shop."""

import json


def answer(event, context):
    """Say what came."""
    body = {"resource": event["resource"], "method": event["httpMethod"]}
    return {"statusCode": 200, "body": json.dumps(body)}
'''
_SECURITY: dict[bool, list[dict[str, list[str]]]] = {True: [{"key": []}], False: [{"token": []}]}


def write_described_platform(folder: Path, count: int) -> Path:
    """Write an app whose contract has ``count`` operations into ``folder``, as write_platform."""
    write_platform(folder, count)
    file = folder / "platform.yaml"
    file.write_text(file.read_text().replace(_ROUTES, _CONTRACT))
    service = folder / "lambda_src" / "shop"
    (service / "requirements.txt").write_text("")
    (service / "v1" / "handler.py").write_text(_HANDLER)
    (service / "v1" / "openapi.json").write_text(json.dumps(description(count), indent=1))
    return folder


def description(count: int) -> dict[str, Any]:
    """The OpenAPI document."""
    routes = crud_routes(count)
    paths: dict[str, Any] = {}
    for route in routes:
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route)
    schemas = {f"Item{n}": _ITEM for n in collections(routes)}
    schemes = {
        "key": {"type": "apiKey", "in": "header", "name": "x-api-key"},
        "token": {"type": "http", "scheme": "bearer"},
    }
    return {
        "openapi": "3.0.3",
        "info": {"title": "Shop", "version": "1"},
        "paths": paths,
        "components": {"schemas": schemas, "securitySchemes": schemes},
    }


def _operation(route: CrudRoute) -> dict[str, Any]:
    schema = {"$ref": f"#/components/schemas/Item{route.collection}"}
    content = {"application/json": {"schema": schema}}
    out: dict[str, Any] = {
        "operationId": route.function,
        "summary": f"{route.kind} {route.collection}",
        "security": _SECURITY[route.method == "GET"],
        "responses": {"200": {"description": "It is done.", "content": content}},
    }
    if route.on_item:
        item_id = {"name": "item_id", "in": "path", "required": True, "schema": {"type": "string"}}
        out["parameters"] = [item_id]
    if route.has_body:
        out["requestBody"] = {"required": True, "content": content}
    return out


_ITEM = {
    "type": "object",
    "additionalProperties": False,
    "required": ["name", "quantity"],
    "properties": {
        "name": {"type": "string", "minLength": 1, "maxLength": 64},
        "quantity": {"type": "integer", "minimum": 0},
        "tags": {"type": "array", "items": {"type": "string"}},
    },
}
