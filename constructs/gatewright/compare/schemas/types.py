"""Types as sets of the least ones, so that "integer is a number" is a matter of sets."""

from typing import Any

ALL = frozenset({"null", "boolean", "integer", "fraction", "string", "array", "object"})
NULL = frozenset({"null"})
_NUMBER = frozenset({"integer", "fraction"})
NOTHING = frozenset[str]()

SPLIT: tuple[frozenset[str], ...] = (
    NULL,
    frozenset({"boolean"}),
    _NUMBER,
    frozenset({"string"}),
    frozenset({"array"}),
    frozenset({"object"}),
)
"""What alternatives of one schema usually are apart by."""


def types_of(value: Any) -> frozenset[str] | None:
    """The types that ``type`` names; None when it names none that JSON has."""
    names = value if isinstance(value, list) else [value]
    found: set[str] = set()
    for name in names:
        if name == "number":
            found |= _NUMBER
        elif isinstance(name, str) and name in ALL - {"fraction"}:
            found.add(name)
        else:
            return None
    return frozenset(found)


def told(types: frozenset[str]) -> str:
    """Types for people."""
    if types == ALL:
        return "any type"
    if not types:
        return "nothing"
    names = set(types)
    if names >= _NUMBER:
        names = (names - _NUMBER) | {"number"}
    return " or ".join(sorted(names, key=lambda name: (name == "null", name)))
