"""What an operation answers, as JSON Schema draft 4 that stands by itself.

It may accept more than the contract, never less: it is for checks of answers, where a wrong
complaint stops a release.
"""

from typing import Any

from gatewright.contract.document import JsonObject, referenced_schemas, schema_name
from gatewright.contract.model_schema import DESCRIBES

_DRAFT_4 = "http://json-schema.org/draft-04/schema#"
_DEFINITIONS = "#/definitions/"
# Formats and regular expressions mean something else to each validator, and the rest is OpenAPI's.
_LEFT_OUT = {*DESCRIBES, "format", "nullable", "pattern"}
_LISTS = ("allOf", "anyOf", "oneOf")
_SINGLE = ("not", "items", "additionalProperties")


def answer_schema(schema: JsonObject, components: JsonObject) -> JsonObject:
    """The Schema Object (OpenAPI 3.0.3) with the ``components`` that it refers to."""
    names = sorted(referenced_schemas(schema, components))
    definitions = {name: _rewritten(components[name]) for name in names}
    more = {"definitions": definitions} if definitions else {}
    return {"$schema": _DRAFT_4, **_rewritten(schema), **more}


def _rewritten(schema: Any) -> Any:
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        return {"$ref": _DEFINITIONS + schema_name(schema["$ref"])}
    out = {name: _keyword(schema, name) for name in schema if _is_kept(name)}
    if not out.get("required", True):
        del out["required"]  # draft 4 has no empty list there
    if schema.get("nullable"):
        return {"anyOf": [out, {"type": "null"}]}
    return out


def _is_kept(name: str) -> bool:
    return name not in _LEFT_OUT and not name.startswith("x-")


def _keyword(schema: JsonObject, name: str) -> Any:
    value = schema[name]
    if name == "properties":
        return {key: _rewritten(value[key]) for key in sorted(value)}
    if name in _LISTS:
        return [_rewritten(item) for item in value]
    if name in _SINGLE:
        return _rewritten(value)
    if name == "required":
        # OpenAPI 3.0.3: what is writeOnly is required of requests alone.
        properties = schema.get("properties", {})
        return sorted(n for n in value if not properties.get(n, {}).get("writeOnly"))
    return value
