"""Documents that the tests of the clients start from."""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

from gatewright.contract.document import JsonObject
from gatewright.sdk.document import ApiDocument

_ERROR = {"$ref": "#/components/schemas/GatewayError"}
_KEY = {"type": "apiKey", "in": "header", "name": "x-api-key"}
_TOKEN = {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}
SIGNED: JsonObject = {
    "type": "apiKey",
    "in": "header",
    "name": "Authorization",
    "x-amazon-apigateway-authtype": "awsSigv4",
}
_FLOWS = {"clientCredentials": {"tokenUrl": "https://a.example/t", "scopes": {"read": ""}}}
SCHEMES: dict[str, JsonObject] = {
    "basic": {"type": "http", "scheme": "basic"},
    "bearer": {"type": "http", "scheme": "Bearer"},
    "oauth2": {"type": "oauth2", "flows": _FLOWS},
    "oidc": {"type": "openIdConnect", "openIdConnectUrl": "https://a.example/o"},
    "header": {"type": "apiKey", "in": "header", "name": "x-key"},
    "query": {"type": "apiKey", "in": "query", "name": "x-key"},
    "cookie": {"type": "apiKey", "in": "cookie", "name": "x-key"},
    "digest": {"type": "http", "scheme": "digest"},
    "tls": {"type": "mutualTLS"},
}
"""A security scheme of every kind (OpenAPI 3.1, Security Scheme Object)."""


def operation(name: str, **fields: Any) -> JsonObject:
    """An operation that needs an API key and answers with a text, and a 403 as all errors are."""
    ok = {"description": "OK", "content": _json({"type": "string"})}
    refused = {"description": "Forbidden", "content": _json(_ERROR)}
    responses = {"200": ok, "403": refused}
    return {"operationId": name, "responses": responses, "security": [{"api_key": []}], **fields}


def parameter(name: str, place: str = "query", **schema: Any) -> JsonObject:
    """A required text."""
    return {"name": name, "in": place, "required": True, "schema": {"type": "string", **schema}}


def content(paths: JsonObject | None = None, version: str = "v2") -> JsonObject:
    """A document of OpenAPI 3.0.3."""
    error = {"type": "object", "properties": {"message": {"type": "string"}}}
    components = {
        "schemas": {"GatewayError": error},
        "securitySchemes": {"api_key": deepcopy(_KEY), "cognito": deepcopy(_TOKEN)},
    }
    return {
        "openapi": "3.0.3",
        "info": {"title": "Foods", "version": version},
        "paths": paths if paths is not None else {"/foods": {"get": operation("list_foods")}},
        "components": components,
    }


def document(paths: JsonObject | None = None, api: str = "foods-v2") -> ApiDocument:
    """The same as an object."""
    return ApiDocument(api, "2.0.0", content(paths))


def signed_document() -> ApiDocument:
    """One whose callers sign with AWS Signature Version 4."""
    found = content({"/foods": {"get": operation("list_foods", security=[{"sigv4": []}])}})
    found["components"]["securitySchemes"] = {"sigv4": SIGNED}
    return ApiDocument("foods-v2", "2.0.0", found)


def write(folder: Path, name: str, value: Any) -> Path:
    """Write a document as a file."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / name
    file.write_text(value if isinstance(value, str) else json.dumps(value))
    return file


def _json(schema: JsonObject) -> JsonObject:
    return {"application/json": {"schema": schema}}
