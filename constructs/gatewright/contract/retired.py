"""The gateway's document of a version that is served no more: 410 to every request."""

import json
from typing import Any

from gatewright.contract.binding import GatewayBinding
from gatewright.contract.contract import Operation
from gatewright.contract.cors import EVERY_MEDIA_TYPE, error_headers, preflight
from gatewright.contract.document import JsonObject
from gatewright.contract.gateway_responses import gateway_responses
from gatewright.contract.lifecycle import Lifecycle, declared_headers, response_parameters

GONE = "410"

# Every path: the root, and all below it. AWS: "Set up a proxy integration with a proxy resource".
_PATHS = ("/", "/{proxy+}")
_METHODS = ("DELETE", "GET", "PATCH", "POST", "PUT")


def compile_retired(
    *,
    title: str,
    version: str,
    lifecycle: Lifecycle,
    binding: GatewayBinding,
    successor_url: str | None = None,
) -> dict[str, Any]:
    """The body of an AWS::ApiGateway::RestApi that has no backend and asks for no credentials.

    ``title`` and ``version`` are for people; ``successor_url`` may be a token of the CDK. RFC 9110,
    section 15.5.11: 410 says that it is for good.
    """
    body = _body(title, version, lifecycle, successor_url)
    responses = gateway_responses(binding)
    # A mock has a template for each media type; what it has none for is gone all the same.
    responses["UNSUPPORTED_MEDIA_TYPE"] = {
        **responses["DEFAULT_4XX"],
        "statusCode": int(GONE),
        "responseTemplates": {"application/json": body},
    }
    return {
        "openapi": "3.0.1",
        "info": {"title": binding.title, "version": version},
        "paths": {path: _item(path, body, binding) for path in _PATHS},
        "x-amazon-apigateway-gateway-responses": responses,
    }


def _item(path: str, body: str, binding: GatewayBinding) -> JsonObject:
    item: JsonObject = {"x-amazon-apigateway-any-method": _gone(body, binding)}
    if binding.allow_origin is not None:
        # A page may read the 410 only after a preflight that lets it ask.
        everything = [Operation(method, path, None, ({},), {}) for method in _METHODS]
        item["options"] = preflight(everything, binding)
    if "{" in path:
        parameter = {"name": "proxy", "in": "path", "required": True, "schema": {"type": "string"}}
        item = {method: {"parameters": [parameter], **found} for method, found in item.items()}
    return item


def _gone(body: str, binding: GatewayBinding) -> JsonObject:
    headers = {**error_headers(binding), **binding.lifecycle_headers}
    return {
        "responses": {
            GONE: {"description": f"{GONE} response", "headers": declared_headers(headers)}
        },
        "x-amazon-apigateway-integration": {
            "type": "mock",
            "passthroughBehavior": "never",
            "requestTemplates": dict.fromkeys(EVERY_MEDIA_TYPE, f'{{"statusCode": {GONE}}}'),
            "responses": {
                "default": {
                    "statusCode": GONE,
                    "responseParameters": response_parameters(headers),
                    "responseTemplates": {"application/json": body},
                }
            },
        },
    }


def _body(title: str, version: str, lifecycle: Lifecycle, successor_url: str | None) -> str:
    """An error as every other, with where to go."""
    sentences = [f"{_literal(title)} {version} was retired on {lifecycle.retired}."]
    if lifecycle.successor:
        at = f" at {successor_url}" if successor_url else ""
        sentences.append(f"Use {lifecycle.successor}{at}.")
    if lifecycle.link:
        sentences.append(f"See {_literal(lifecycle.link)}")
    return f'{{"message":"{" ".join(sentences)}","request_id":"$context.requestId"}}'


def _literal(text: str) -> str:
    """A text inside a string of JSON that no template looks into: # and $ begin its words."""
    escaped = json.dumps(text)[1:-1]
    return escaped.replace("#", "\\u0023").replace("$", "\\u0024")
