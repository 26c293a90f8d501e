"""A public document with every kind of operation, small enough to be read."""

from copy import deepcopy
from typing import Any

_PART = {
    "type": "object",
    "required": ["name", "size"],
    "properties": {
        "name": {"type": "string", "example": "bolt"},
        "size": {"type": "integer", "example": 3},
    },
}
_OK = {"200": {"description": "fine"}, "403": {"description": "no"}}
_NAME = {
    "name": "name",
    "in": "path",
    "required": True,
    "schema": {"type": "string"},
    "example": "bolt",
}
_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "schema": {"type": "string"},
    "example": "one",
}

_DOCUMENT: dict[str, Any] = {
    "openapi": "3.0.3",
    "components": {"schemas": {"Part": _PART}},
    "paths": {
        "/": {"get": {"operationId": "hello", "security": [{}], "responses": _OK}},
        "/parts": {
            "get": {"operationId": "list_parts", "security": [{"api_key": []}], "responses": _OK},
            "post": {
                "operationId": "create_part",
                "security": [{"cognito": ["parts/write"]}],
                "parameters": [_KEY],
                "requestBody": {
                    "required": True,
                    "content": {"application/json": {"schema": {"$ref": "#/x/schemas/Part"}}},
                },
                "responses": {"201": {"description": "made"}, "409": {"description": "there"}},
            },
        },
        "/parts/{name}": {
            "get": {
                "operationId": "get_part",
                "security": [{"api_key": []}],
                "parameters": [_NAME],
                "responses": {**_OK, "404": {"description": "none"}},
            },
            "delete": {
                "operationId": "delete_part",
                "security": [{"cognito": ["parts/write"]}],
                "parameters": [_NAME],
                "responses": {"204": {"description": "gone"}},
            },
        },
        "/me": {"get": {"operationId": "me", "security": [{"cognito": []}], "responses": _OK}},
        "/find": {
            "get": {
                "operationId": "find",
                "security": [{"api_key": [], "cognito": ["parts/read"]}],
                "parameters": [
                    {
                        "name": "q",
                        "in": "query",
                        "required": True,
                        "schema": {"type": "string", "example": "a b"},
                    },
                    {"name": "limit", "in": "query", "schema": {"type": "integer"}},
                ],
                "responses": _OK,
            }
        },
        "/partner": {
            "get": {
                "operationId": "partner",
                "security": [{"key_authorizer": []}],
                "responses": _OK,
            }
        },
    },
}


def document() -> dict[str, Any]:
    """A copy that a test may change."""
    return deepcopy(_DOCUMENT)
