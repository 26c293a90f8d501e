"""One Schema Object of OpenAPI 3.0.3 as JSON Schema draft 4, as far as API Gateway has it.

A model may accept more than the contract, never less: the backend validates again. So what
cannot be said exactly is left out and written down as unenforced.
"""

import math
import re
from collections.abc import Callable
from typing import Any

from gatewright.contract.document import SCHEMAS, JsonObject, pointer, schema_name
from gatewright.contract.unenforced import Unenforced

# Draft 4 has these with the same meaning, and no AWS page excludes them.
_SAME = {"maxLength", "minLength", "type", "uniqueItems"}

# They describe, and accept or refuse nothing (OpenAPI 3.0.3, Schema Object).
DESCRIBES = {
    "default", "deprecated", "description", "discriminator", "example", "externalDocs",
    "readOnly", "title", "writeOnly", "xml",
}  # fmt: skip
_FORMATS_THAT_DESCRIBE = {"binary", "byte", "double", "float", "int32", "int64", "password"}

# AWS below is "Amazon API Gateway important notes for REST APIs".
_LEFT_OUT = {
    "anyOf": "AWS: anyOf is not supported in models",
    "maxItems": "AWS: maxItems is not included in request validation",
    "maxProperties": "the import drops it (aws/serverless-application-model discussion 2708)",
    "minItems": "AWS: minItems is not included in request validation",
    "minProperties": "the import drops it (aws/serverless-application-model discussion 2708)",
    "not": "what its schema leaves out would make the model stricter",
    "oneOf": "AWS: oneOf is not supported",
}

# What ECMA 262 (draft 4) and the regular expressions of pydantic's Rust read alike: ASCII
# literals, classes, groups, alternatives, anchors and repetitions. Their \d, \w, \s and . differ.
_ATOM = r"(?:[\w ,:;@%/=!#<>~&'\"`-]|\\[\\.^$|?*+()\[\]{}/-])"
_CLASS = r"\[(?:[A-Za-z0-9_](?:-[A-Za-z0-9_])?|[ .,:;@%/=!#*$+]|\\[\\.^$|?*+()\[\]{}/-])+-?\]"
_PORTABLE = re.compile(
    rf"(?:{_ATOM}|{_CLASS}|\((?!\?)|[)|^$]|[?*+](?![?*+])|\{{\d+(?:,\d*)?\}})*", re.ASCII
)


class ModelSchema:
    """Rewrites schemas. ``names`` are the models' by component; ``found`` collects the rest."""

    def __init__(self, names: dict[str, str], found: list[Unenforced]) -> None:
        self._names = names
        self._found = found
        # Each takes the schema, the keyword's value, and the pointer to the schema.
        self._rewriters: dict[str, Callable[[JsonObject, Any, str], JsonObject]] = {
            "additionalProperties": self._additional_properties,
            "allOf": self._all_of,
            "enum": self._enum,
            "exclusiveMaximum": self._exclusive_maximum,
            "exclusiveMinimum": self._exclusive_minimum,
            "format": self._format,
            "items": self._items,
            "maximum": self._maximum,
            "minimum": self._minimum,
            "multipleOf": self._multiple_of,
            "pattern": self._pattern,
            "properties": self._properties,
            "required": self._required,
        }

    def schema(self, schema: JsonObject, where: str) -> JsonObject:
        """The model for ``schema``, which is at the JSON pointer ``where``."""
        if "$ref" in schema:
            return {"$ref": SCHEMAS + self._names[schema_name(schema["$ref"])]}
        if schema.get("nullable"):
            # Draft 4 would say type: [.., null] or anyOf; the import knows neither.
            self._leave(where, "nullable", "no type null in the import, so any value passes")
            return {}
        out: JsonObject = {}
        for keyword in sorted(schema):
            out.update(self._keyword(schema, keyword, where))
        return out

    def _keyword(self, schema: JsonObject, keyword: str, where: str) -> JsonObject:
        value = schema[keyword]
        if keyword in DESCRIBES or keyword.startswith("x-"):
            return {}
        if keyword in _LEFT_OUT:
            return self._leave(where, keyword, _LEFT_OUT[keyword])
        if keyword in self._rewriters:
            return self._rewriters[keyword](schema, value, where)
        if keyword in _SAME:
            return {keyword: value}
        return self._leave(where, keyword, "it is no keyword of draft 4")

    def _leave(self, where: str, keyword: str, reason: str) -> JsonObject:
        self._found.append(Unenforced(where + pointer(keyword), keyword, reason))
        return {}

    def _properties(self, _: JsonObject, value: JsonObject, where: str) -> JsonObject:
        at = where + pointer("properties")
        return {
            "properties": {
                name: self.schema(value[name], at + pointer(name)) for name in sorted(value)
            }
        }

    def _items(self, _: JsonObject, value: JsonObject, where: str) -> JsonObject:
        return {"items": self.schema(value, where + pointer("items"))}

    def _all_of(self, _: JsonObject, value: list[JsonObject], where: str) -> JsonObject:
        at = where + pointer("allOf")
        return {"allOf": [self.schema(item, at + pointer(i)) for i, item in enumerate(value)]}

    def _additional_properties(self, _: JsonObject, value: Any, where: str) -> JsonObject:
        # AWS lists additionalProperties as unsupported, and yet enforces false.
        if value is False:
            return {"additionalProperties": False}
        if value is True or value == {}:
            return {}
        return self._leave(where, "additionalProperties", "AWS: not supported in models")

    def _required(self, schema: JsonObject, value: list[str], _: str) -> JsonObject:
        # OpenAPI 3.0.3: what is readOnly is required of responses alone.
        properties = schema.get("properties", {})
        names = [name for name in value if not properties.get(name, {}).get("readOnly")]
        return {"required": sorted(names)} if names else {}

    def _enum(self, _: JsonObject, value: list[Any], where: str) -> JsonObject:
        if all(isinstance(item, str | int | float) for item in value):
            return {"enum": value}
        return self._leave(where, "enum", "the import takes no null and no structures in it")

    def _format(self, _: JsonObject, value: str, where: str) -> JsonObject:
        if value in _FORMATS_THAT_DESCRIBE:
            return {}
        return self._leave(where, "format", "draft 4 validators read formats more strictly")

    def _pattern(self, _: JsonObject, value: str, where: str) -> JsonObject:
        if _PORTABLE.fullmatch(value):
            return {"pattern": value}
        return self._leave(where, "pattern", "it could match less in ECMA 262 than in pydantic")

    def _multiple_of(self, _: JsonObject, value: float, where: str) -> JsonObject:
        if isinstance(value, int):
            return {"multipleOf": value}
        return self._leave(where, "multipleOf", "fractions divide differently in the backend")

    def _exclusive_minimum(self, schema: JsonObject, value: bool, where: str) -> JsonObject:
        return self._exclusive(schema, value, where, "minimum")

    def _exclusive_maximum(self, schema: JsonObject, value: bool, where: str) -> JsonObject:
        return self._exclusive(schema, value, where, "maximum")

    def _exclusive(self, schema: JsonObject, value: bool, where: str, bound: str) -> JsonObject:
        if value and schema.get("type") != "integer":
            keyword = f"exclusive{bound.title()}"
            return self._leave(where, keyword, "AWS: not supported; the bound itself passes")
        return {}

    def _minimum(self, schema: JsonObject, value: float, _: str) -> JsonObject:
        # Exact for integers: above m is at least the next integer.
        if schema.get("exclusiveMinimum") and schema.get("type") == "integer":
            return {"minimum": math.floor(value) + 1}
        return {"minimum": value}

    def _maximum(self, schema: JsonObject, value: float, _: str) -> JsonObject:
        if schema.get("exclusiveMaximum") and schema.get("type") == "integer":
            return {"maximum": math.ceil(value) - 1}
        return {"maximum": value}
