"""JSON Schema 2020-12, as OpenAPI 3.1 has it, into the Schema Object of OpenAPI 3.0.3."""

import re
from collections.abc import Callable
from typing import Any

from gatewright.contract.document import JsonObject, pointer

# Null and nothing else. OpenAPI 3.0.3 has no type null; `nullable` adds null to the type beside it,
# and the enum takes everything else away (OpenAPI 3.0.3, Schema Object, nullable).
NULL: JsonObject = {"type": "string", "nullable": True, "enum": [None]}

# Say nothing about which values are valid, and are not in OpenAPI 3.0.3.
_ANNOTATIONS = {
    "$comment",
    "$id",
    "$schema",
    "contentEncoding",
    "contentMediaType",
    "contentSchema",
}

_REMEDIES = {
    "prefixItems": "use a model with named fields, or a list of one type, instead of a tuple",
    "patternProperties": "use dict[str, ...] without a constraint on the keys",
    "propertyNames": "use dict[str, ...] without a constraint on the keys",
}
_NOT_IN_30 = {
    *_REMEDIES, "$anchor", "$defs", "$dynamicAnchor", "$dynamicRef", "$vocabulary", "contains",
    "dependentRequired", "dependentSchemas", "else", "if", "maxContains", "minContains", "then",
    "unevaluatedItems", "unevaluatedProperties",
}  # fmt: skip
_NUMBERS = {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"}

Refuse = Callable[[str, str, str], None]


class SchemaDowngrade:
    """Rewrites schemas; calls ``refuse(pointer, reason, remedy)`` for what has no exact form."""

    def __init__(self, refuse: Refuse) -> None:
        self._refuse = refuse

    def schema(self, schema: Any, where: str, name: str = "") -> JsonObject:
        """``schema``, found at the JSON pointer ``where``, in 3.0.3. ``name`` is what it is
        known by; a title that only repeats it is dropped."""
        if schema is True:
            return {}
        if schema is False:
            return {"not": {}}
        if "$ref" in schema:
            return {"$ref": schema["$ref"]}
        out = {key: _plain_number(key, value) for key, value in schema.items()}
        self._drop_what_is_not_in_30(out, where, name)
        self._recurse(out, where)
        _bounds(out)
        _constants(out)
        return _nulls(out)

    def _drop_what_is_not_in_30(self, out: JsonObject, where: str, name: str) -> None:
        for key in _ANNOTATIONS & out.keys():
            del out[key]
        for key in sorted(_NOT_IN_30 & out.keys()):
            remedy = _REMEDIES.get(key, "describe the value without it, and check it in the code")
            self._refuse(where + pointer(key), f"OpenAPI 3.0.3 has no {key}", remedy)
            del out[key]
        if _letters(out.get("title", "")) in {_letters(name), "return"}:
            out.pop("title", None)
        if examples := out.pop("examples", None):
            out.setdefault("example", examples[0])

    def _recurse(self, out: JsonObject, where: str) -> None:
        for key in ("allOf", "anyOf", "oneOf"):
            if key in out:
                out[key] = [
                    self.schema(item, where + pointer(key, i)) for i, item in enumerate(out[key])
                ]
        for key in ("items", "not"):
            if key in out:
                out[key] = self.schema(out[key], where + pointer(key))
        if isinstance(out.get("additionalProperties"), dict):
            at = where + pointer("additionalProperties")
            out["additionalProperties"] = self.schema(out["additionalProperties"], at)
        if "properties" in out:
            out["properties"] = {
                name: self.schema(item, where + pointer("properties", name), name)
                for name, item in out["properties"].items()
            }


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text).lower()


def _plain_number(key: str, value: Any) -> Any:
    # Powertools holds every bound as a float: 1 comes back as 1.0.
    if key in _NUMBERS and isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _bounds(out: JsonObject) -> None:
    """Numeric exclusive bounds become the inclusive bound and a boolean beside it."""
    for inclusive, exclusive, tighter in (
        ("minimum", "exclusiveMinimum", max),
        ("maximum", "exclusiveMaximum", min),
    ):
        limit = out.get(exclusive)
        if limit is None or isinstance(limit, bool):
            continue
        del out[exclusive]
        other = out.get(inclusive, limit)
        out[inclusive] = tighter(limit, other)
        if out[inclusive] == limit:
            out[exclusive] = True


def _constants(out: JsonObject) -> None:
    if "const" in out:
        out["enum"] = [out.pop("const")]


def _nulls(out: JsonObject) -> JsonObject:
    kinds = out.get("type")
    if kinds == "null":
        return _annotated(out, NULL)
    if isinstance(kinds, list):
        rest = {key: value for key, value in out.items() if key != "type"}
        return _nulls(
            {"anyOf": [NULL if kind == "null" else {**rest, "type": kind} for kind in kinds]}
        )
    for key in ("anyOf", "oneOf"):
        choices = [choice for choice in out.get(key, []) if not _is_null(choice)]
        if len(choices) < len(out.get(key, [])):
            return _nullable_choice(out, key, choices)
    return out


def _nullable_choice(out: JsonObject, key: str, choices: list[JsonObject]) -> JsonObject:
    """One choice beside null becomes that choice, nullable; several keep null among them."""
    others = {name: value for name, value in out.items() if name != key}
    if choices == [{}]:
        return others
    if len(choices) == 1 and "type" in choices[0] and not others.keys() & choices[0].keys():
        nullable = {**choices[0], **others, "nullable": True}
        if "enum" in nullable:
            nullable["enum"] = [*nullable["enum"], None]
        return nullable
    return {**others, key: [*choices, NULL]}


def _is_null(schema: JsonObject) -> bool:
    return schema.get("enum") == [None] and schema.get("nullable") is True


def _annotated(out: JsonObject, schema: JsonObject) -> JsonObject:
    kept: JsonObject = {key: out[key] for key in ("title", "description") if key in out}
    return kept | schema
