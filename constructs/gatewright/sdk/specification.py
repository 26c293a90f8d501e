"""The document as the generator reads it, which says more than the one that people read."""

from dataclasses import replace
from typing import Any

from gatewright.contract.document import JsonObject
from gatewright.sdk.document import ApiDocument
from gatewright.sdk.schemes import as_generated

# What is in them are values, and no schemas.
_VALUES = ("default", "enum", "example", "examples")


def specification(document: ApiDocument) -> JsonObject:
    """The document with the version of its clients, a title of one line, widths and tags, and
    with security schemes that every client can send.

    A class of operations is named by their tag: without one it is the service's, for the generator
    would call it DefaultApi.

    Generators take an integer without a format for 32 bits, and JSON's has no bound (RFC 8259, 6).
    Were it narrow because the contract's maximum is small, a greater maximum would break callers.
    """
    content: JsonObject = _wide(document.content)
    content["info"] = {**content["info"], "title": document.title, "version": document.version}
    schemes = {
        name: known
        for name, given in document.schemes.items()
        if (known := as_generated(name, given)) is not None
    }
    if document.schemes:
        content["components"]["securitySchemes"] = schemes
    operations = [found for _, _, found in replace(document, content=content).operations()]
    for operation in operations:
        operation["tags"] = operation.get("tags") or [document.service]
    for holder in (content, *operations):
        if "security" in holder:
            holder["security"] = [_known(one, schemes) for one in holder["security"]]
    return content


def _known(requirement: JsonObject, schemes: JsonObject) -> JsonObject:
    """A requirement without the schemes that are not there, and without scopes: what is left is
    sent without them (OpenAPI 3.0.3, Security Requirement Object)."""
    return {name: [] for name in requirement if name in schemes}


def _wide(value: Any) -> Any:
    if isinstance(value, list):
        return [_wide(item) for item in value]
    if not isinstance(value, dict):
        return value
    found = {key: item if key in _VALUES else _wide(item) for key, item in value.items()}
    if found.get("type") == "integer":
        found.setdefault("format", "int64")
    return found
