"""What a document says of the API as a whole.

https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html
"""

from __future__ import annotations

from typing import Any

from local.gaps.openapi.document import Document

_KEY_SOURCES = ("HEADER", "AUTHORIZER")


def settings_of(document: Document) -> dict[str, Any]:
    """The fields of the RestApi that the document sets; one that it does not name is absent."""
    content, info = document.content, document.section("info")
    key_source = content.get("x-amazon-apigateway-api-key-source")
    if key_source is not None and str(key_source).upper() not in _KEY_SOURCES:
        document.refuse(f"Invalid API key source '{key_source}': use one of {_KEY_SOURCES}")
    found = {
        "name": info.get("title"),
        "description": info.get("description"),
        "version": info.get("version"),
        "binaryMediaTypes": content.get("x-amazon-apigateway-binary-media-types"),
        "apiKeySource": key_source and str(key_source).upper(),
        "minimumCompressionSize": content.get("x-amazon-apigateway-minimum-compression-size"),
        "policy": content.get("x-amazon-apigateway-policy"),
    }
    return {name: value for name, value in found.items() if value is not None}
