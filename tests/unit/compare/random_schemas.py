"""Schemas and values by chance, the same for the same seed."""

import copy
from collections.abc import Callable
from random import Random
from typing import Any

NAMES = ("a", "b", "c")
TEXTS = ("", "a", "ab", "abc", "bb", "2020-01-01")
NUMBERS = (-2, -1, 0, 1, 2, 3, 4, 6, 0.5, 1.5)
_TYPES = ("string", "integer", "number", "boolean", "null", "array", "object")


class RandomSchemas:
    """Makes schemas of OpenAPI 3.1, changes of them, and values that may be valid."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)

    def schema(self, depth: int = 2) -> Any:
        """A schema with a few keywords; one of three has several types, or alternatives."""
        kinds = self.random.choices(_TYPES[: 5 if depth == 0 else None], k=2)
        if self._chance(6):
            return {"anyOf": [self._of(kind, depth - 1) for kind in kinds]}
        if self._chance(8):
            return {"allOf": [self._of(kinds[0], depth - 1), self._of(kinds[0], depth - 1)]}
        if self._chance(8) and len(set(kinds)) == 2:
            merged = {**self._of(kinds[0], depth - 1), **self._of(kinds[1], depth - 1)}
            return {**merged, "type": kinds}
        return self._of(kinds[0], depth - 1)

    def changed(self, schema: Any) -> Any:
        """A copy with a keyword more, less or otherwise, somewhere in it."""
        new = copy.deepcopy(schema)
        place = self.random.choice(_places(new))
        kind = place.get("type")
        other = self._of(kind if isinstance(kind, str) else "string", 1)
        change: Callable[[], None] = self.random.choice(
            [
                lambda: place.update(other),
                lambda: place.pop(self.random.choice(list(place) or ["type"]), None),
                lambda: place.update({"type": self.random.choice(_TYPES)}),
                lambda: place.update(
                    {key: value for key, value in other.items() if self._chance(2)}
                ),
            ]
        )
        change()
        return new

    def value(self, schema: Any, depth: int = 3) -> Any:
        """A value that is often valid, without names that the schema does not have."""
        if not isinstance(schema, dict) or depth == 0 or self._chance(12):
            return self._scalar()
        for key in ("anyOf", "allOf"):
            if key in schema:
                merged: dict[str, Any] = {}
                parts = schema[key] if key == "allOf" else [self.random.choice(schema[key])]
                for part in parts:
                    merged.update(part if isinstance(part, dict) else {})
                return self.value(merged, depth)
        if schema.get("enum"):
            return self.random.choice(schema["enum"])
        kind = schema.get("type", self.random.choice(_TYPES))
        kind = self.random.choice(kind) if isinstance(kind, list) else kind
        return self._value_of(kind, schema, depth)

    def _value_of(self, kind: str, schema: dict[str, Any], depth: int) -> Any:
        if kind == "array":
            items = schema.get("items", {"type": "string"})
            return [self.value(items, depth - 1) for _ in range(self.random.randrange(4))]
        if kind == "object":
            names = [name for name in schema.get("properties", {}) if not self._chance(4)]
            found = {name: self.value(schema["properties"][name], depth - 1) for name in names}
            if isinstance(additional := schema.get("additionalProperties"), dict):
                for name in NAMES:
                    if name not in schema.get("properties", {}) and self._chance(2):
                        found[name] = self.value(additional, depth - 1)
            return found
        return self._scalar(kind)

    def _scalar(self, kind: str = "") -> Any:
        match kind or self.random.choice(_TYPES):
            case "string":
                return self.random.choice(TEXTS)
            case "integer":
                return self.random.choice([n for n in NUMBERS if isinstance(n, int)])
            case "number":
                return self.random.choice(NUMBERS)
            case "boolean":
                return self._chance(2)
            case "array":
                return []
            case "object":
                return {}
        return None

    def _of(self, kind: str, depth: int) -> dict[str, Any]:
        """A schema of one type, which has each of its keywords now and then."""
        number, text = self.random.choice, self.random.choice
        keywords: dict[str, dict[str, Callable[[], Any]]] = {
            "string": {
                "minLength": lambda: self.random.randrange(3),
                "maxLength": lambda: self.random.randrange(1, 4),
                "pattern": lambda: text(["^a", "b$"]),
                "enum": lambda: self.random.sample(TEXTS, 2),
                "const": lambda: text(TEXTS),
            },
            "integer": self._numeric(number),
            "number": self._numeric(number),
            "array": {
                "items": lambda: self.schema(max(depth, 0)),
                "minItems": lambda: self.random.randrange(3),
                "maxItems": lambda: self.random.randrange(1, 4),
                "uniqueItems": lambda: True,
            },
            "object": {
                "properties": lambda: {
                    name: self.schema(max(depth, 0)) for name in NAMES if self._chance(2)
                },
                "required": lambda: [name for name in NAMES if self._chance(3)],
                "additionalProperties": lambda: (
                    False if self._chance(2) else self.schema(max(depth, 0))
                ),
                "minProperties": lambda: self.random.randrange(2),
            },
        }
        found = {key: make() for key, make in keywords.get(kind, {}).items() if self._chance(3)}
        return {"type": kind, **found}

    def _numeric(self, number: Callable[[Any], Any]) -> dict[str, Callable[[], Any]]:
        return {
            "minimum": lambda: number(NUMBERS),
            "maximum": lambda: number(NUMBERS),
            "exclusiveMinimum": lambda: number(NUMBERS),
            "multipleOf": lambda: number([1, 2, 3]),
            "enum": lambda: self.random.sample(NUMBERS, 3),
        }

    def _chance(self, of: int) -> bool:
        return self.random.randrange(of) == 0


def _places(schema: Any) -> list[dict[str, Any]]:
    """All schemas in a schema, itself first."""
    if not isinstance(schema, dict):
        return [{}]
    found = [schema]
    inner = [
        *schema.get("properties", {}).values(),
        schema.get("items"),
        schema.get("additionalProperties"),
        *schema.get("anyOf", []),
        *schema.get("allOf", []),
    ]
    for value in inner:
        if isinstance(value, dict):
            found += _places(value)
    return found
