"""Pairs of schemas of which one accepts more than the other."""

from typing import Any, NamedTuple

STRING = {"type": "string"}
INTEGER = {"type": "integer"}


class Row(NamedTuple):
    """``wide`` accepts all that ``narrow`` does, and more. The facts are how the one becomes the
    other; a row of OpenAPI 3.1 says so."""

    wide: Any
    narrow: Any
    widened: str
    narrowed: str
    version: str = "3.0.3"


def _both(wide: Any, narrow: Any, fact: str, **more: str) -> Row:
    return Row(wide, narrow, f"{fact}-widened", f"{fact}-narrowed", **more)


def _toggle(wide: Any, narrow: Any, fact: str, **more: str) -> Row:
    return Row(wide, narrow, f"{fact}-removed", f"{fact}-added", **more)


def _object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


_PRICE = {"anyOf": [STRING, INTEGER]}
_CAT = {"type": "object", "title": "Cat", "properties": {"purrs": STRING}}
_DOG = {"type": "object", "title": "Dog", "properties": {"barks": STRING}}

ROWS: dict[str, Row] = {
    "number or integer": _both({"type": "number"}, INTEGER, "type"),
    "any type": _both({}, STRING, "type"),
    "list of types": _both({"type": ["string", "integer"]}, STRING, "type", version="3.1.0"),
    "nullable": Row({**STRING, "nullable": True}, STRING, "became-nullable", "became-not-nullable"),
    "null of 3.1": Row(
        {"type": ["string", "null"]}, STRING, "became-nullable", "became-not-nullable", "3.1.0"
    ),
    "null as alternative": Row(
        {"anyOf": [STRING, {"type": "null"}]},
        STRING,
        "became-nullable",
        "became-not-nullable",
        "3.1.0",
    ),
    "nullable beside allOf": Row(
        {"nullable": True, "allOf": [STRING]}, STRING, "became-nullable", "became-not-nullable"
    ),
    "one value more": Row(
        {"enum": ["a", "b"]}, {"enum": ["a"]}, "enum-value-added", "enum-value-removed"
    ),
    "const": Row(
        {"enum": ["a", "b"]}, {"const": "a"}, "enum-value-added", "enum-value-removed", "3.1.0"
    ),
    "any value": _toggle(STRING, {**STRING, "enum": ["a"]}, "enum"),
    "format": _toggle(STRING, {**STRING, "format": "date"}, "format"),
    "wider format": _both({**INTEGER, "format": "int64"}, {**INTEGER, "format": "int32"}, "format"),
    "encoding": _toggle(STRING, {**STRING, "contentEncoding": "base64"}, "format", version="3.1.0"),
    "minimum": _both({**INTEGER, "minimum": 1}, {**INTEGER, "minimum": 2}, "range"),
    "a minimum at all": _both(INTEGER, {**INTEGER, "minimum": 2}, "range"),
    "maximum": _both({**INTEGER, "maximum": 2}, {**INTEGER, "maximum": 1}, "range"),
    "exclusive minimum of 3.0": _both(
        {"type": "number", "minimum": 1},
        {"type": "number", "minimum": 1, "exclusiveMinimum": True},
        "range",
    ),
    "exclusive maximum of 3.1": _both(
        {"type": "number", "maximum": 1},
        {"type": "number", "exclusiveMaximum": 1},
        "range",
        version="3.1.0",
    ),
    "minLength": _both(STRING, {**STRING, "minLength": 1}, "length"),
    "maxLength": _both({**STRING, "maxLength": 9}, {**STRING, "maxLength": 8}, "length"),
    "minItems": _both({"type": "array", "minItems": 1}, {"type": "array", "minItems": 2}, "length"),
    "maxProperties": _both({"type": "object"}, {"type": "object", "maxProperties": 2}, "length"),
    "multipleOf": _both({**INTEGER, "multipleOf": 2}, {**INTEGER, "multipleOf": 4}, "multiple"),
    "multipleOf of a tenth": _both({"multipleOf": 0.1}, {"multipleOf": 0.3}, "multiple"),
    "more than a float holds": _both(
        {**INTEGER, "maximum": 10**400 + 1}, {**INTEGER, "maximum": 10**400}, "range"
    ),
    "multiples of more than a float holds": _both(
        INTEGER, {**INTEGER, "multipleOf": 10**400}, "multiple"
    ),
    "pattern": _toggle(STRING, {**STRING, "pattern": "^a"}, "pattern"),
    "unique items": _toggle(
        {"type": "array"}, {"type": "array", "uniqueItems": True}, "unique-items"
    ),
    "items": _both({"type": "array"}, {"type": "array", "items": STRING}, "type"),
    "first items": _both(
        {"type": "array", "prefixItems": [{"type": "number"}]},
        {"type": "array", "prefixItems": [INTEGER]},
        "type",
        version="3.1.0",
    ),
    "property": _both(_object(a={"type": "number"}), _object(a=INTEGER), "type"),
    "required": Row(
        _object(a=STRING),
        {**_object(a=STRING), "required": ["a"]},
        "property-became-optional",
        "property-became-required",
    ),
    "closed object": Row(
        _object(a=STRING),
        {**_object(a=STRING), "additionalProperties": False},
        "additional-properties-opened",
        "additional-properties-closed",
    ),
    "values of a map": _both(
        {"type": "object", "additionalProperties": {"type": "number"}},
        {"type": "object", "additionalProperties": INTEGER},
        "type",
    ),
    "a map's values at all": _both(
        {"type": "object"}, {"type": "object", "additionalProperties": INTEGER}, "type"
    ),
    "patternProperties": _both(
        {"type": "object", "patternProperties": {"^x": {"type": "number"}}},
        {"type": "object", "patternProperties": {"^x": INTEGER}},
        "type",
        version="3.1.0",
    ),
    "alternative": Row(
        {"oneOf": [_CAT, _DOG]}, {"oneOf": [_CAT]}, "alternative-added", "alternative-removed"
    ),
    "alternatives of a plain type": Row(_PRICE, STRING, "alternative-added", "alternative-removed"),
    "within an alternative": _both(
        {"oneOf": [STRING, {"type": "number"}]}, {"oneOf": [STRING, INTEGER]}, "type"
    ),
    "any type instead of alternatives": _both({}, _PRICE, "type"),
    "alternatives beside properties": Row(
        _object(a=STRING, b=STRING),
        {**_object(a=STRING, b=STRING), "anyOf": [{"required": ["a"]}, {"required": ["b"]}]},
        "constraint-removed",
        "constraint-added",
    ),
    "a value of the discriminator": Row(
        {
            "oneOf": [_CAT, _DOG],
            "discriminator": {"propertyName": "kind", "mapping": {"cat": "C", "tom": "C"}},
        },
        {"oneOf": [_CAT, _DOG], "discriminator": {"propertyName": "kind", "mapping": {"cat": "C"}}},
        "discriminator-value-added",
        "discriminator-value-removed",
    ),
    "not": _toggle(STRING, {**STRING, "not": {"enum": ["a"]}}, "constraint"),
    "propertyNames": _toggle(
        {"type": "object"},
        {"type": "object", "propertyNames": {"maxLength": 2}},
        "constraint",
        version="3.1.0",
    ),
    "in an allOf": _both(
        {"allOf": [STRING, {"maxLength": 9}]}, {"allOf": [STRING, {"maxLength": 8}]}, "length"
    ),
}
"""By what differs."""

CHANGED: dict[str, tuple[Any, Any, str]] = {
    "type": (STRING, INTEGER, "type-changed"),
    "format": (
        {**STRING, "format": "date"},
        {**STRING, "format": "date-time"},
        "format-changed",
    ),
    "pattern": ({**STRING, "pattern": "^a"}, {**STRING, "pattern": "^b"}, "pattern-changed"),
    "multipleOf": (
        {**INTEGER, "multipleOf": 2},
        {**INTEGER, "multipleOf": 3},
        "multiple-changed",
    ),
    "discriminator": (
        {"oneOf": [_CAT, _DOG], "discriminator": {"propertyName": "kind"}},
        {"oneOf": [_CAT, _DOG], "discriminator": {"propertyName": "type"}},
        "discriminator-changed",
    ),
}
"""What is neither: both directions break, whichever way it goes."""

UNDECIDED: dict[str, tuple[Any, Any]] = {
    "not": ({"not": {"enum": ["a"]}}, {"not": {"enum": ["b"]}}),
    "if": (
        {"if": {"required": ["a"]}, "then": {"required": ["b"]}},
        {"if": {"required": ["a"]}, "then": {"required": ["c"]}},
    ),
    "contains": ({"contains": STRING}, {"contains": INTEGER}),
    "dependentRequired": ({"dependentRequired": {"a": ["b"]}}, {"dependentRequired": {"a": ["c"]}}),
    "an unknown keyword": ({"frobnicate": 1}, {"frobnicate": 2}),
    "a malformed keyword": ({"minLength": "one"}, {"minLength": "two"}),
    "a malformed schema": ({"properties": {"a": 1}}, {"properties": {"a": 2}}),
    "a schema elsewhere": ({"$ref": "other.json#/A"}, {"$ref": "other.json#/B"}),
    "prefixItems": (
        {"type": "array", "prefixItems": [STRING]},
        {"type": "array", "prefixItems": [STRING, STRING]},
    ),
    "two groups become one": (
        {"anyOf": [STRING, INTEGER], "oneOf": [{"minLength": 1}, {"maximum": 1}]},
        {"type": "object", "anyOf": [STRING, INTEGER]},
    ),
    "unevaluatedProperties": (
        {"type": "object", "properties": {"a": STRING}, "unevaluatedProperties": False},
        {"type": "object", "properties": {"b": STRING}, "unevaluatedProperties": False},
    ),
}
"""What no rule can judge, of OpenAPI 3.1."""
