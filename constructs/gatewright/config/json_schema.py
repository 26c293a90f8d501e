"""The JSON Schema of `platform.yaml`, for editors and for the words in error messages."""

from collections.abc import Mapping
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from gatewright.config.problems import Path
from gatewright.config.sections import PlatformSection

JsonObject = dict[str, Any]


class _Generator(GenerateJsonSchema):
    def field_title_should_be_set(self, schema: object) -> bool:  # noqa: ARG002
        return False  # "Memory Mb" tells nobody more than memory_mb

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        # patternProperties lets every other name pass, with any value
        made = super().dict_schema(schema)
        for pattern, value in made.pop("patternProperties", {}).items():
            made |= {"propertyNames": {"pattern": pattern}, "additionalProperties": value}
        return made


def platform_schema() -> JsonObject:
    """Return the JSON Schema (draft 2020-12) of a platform file."""
    schema = PlatformSection.model_json_schema(schema_generator=_Generator)
    return {"$schema": _Generator.schema_dialect, **schema}


def fields_at(schema: JsonObject, path: Path) -> Mapping[str, JsonObject]:
    """Return the schemas of the named fields of the mapping at `path`; of a map, there are none."""
    node = _resolved(schema, schema)
    for step in path:
        if step in node.get("properties", {}):
            node = node["properties"][step]
        else:
            node = node.get("items" if isinstance(step, int) else "additionalProperties") or {}
        node = _resolved(schema, node if isinstance(node, dict) else {})
    fields: Mapping[str, JsonObject] = node.get("properties", {})
    return fields


def _resolved(schema: JsonObject, node: JsonObject) -> JsonObject:
    for option in node.get("anyOf", ()):
        if option.get("type") != "null":
            return _resolved(schema, option)
    if "$ref" in node:
        target: JsonObject = schema["$defs"][node["$ref"].rpartition("/")[2]]
        return target
    return node
