"""What the keywords of a Schema Object hold: OpenAPI 3.0.3, and JSON Schema 2020-12 for 3.1."""

from collections.abc import Callable
from typing import Any

from gatewright.nearest import did_you_mean

TYPES = ("string", "number", "integer", "boolean", "array", "object", "null")


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _count(value: Any) -> bool:
    return _number(value) and value >= 0 and float(value).is_integer()


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _type(value: Any) -> bool:
    kinds = value if isinstance(value, list) else [value]
    return (
        bool(kinds)
        and all(kind in TYPES for kind in kinds if isinstance(kind, str))
        and _texts(kinds)
    )


def _bool(value: Any) -> bool:
    return isinstance(value, bool)


def _values(value: Any) -> bool:
    return isinstance(value, list) and bool(value)


# The keyword, what it may hold, and that in words.
_RULES: dict[str, tuple[Callable[[Any], bool], str]] = {
    **dict.fromkeys(("minimum", "maximum"), (_number, "a number")),
    "multipleOf": (lambda value: _number(value) and value > 0, "a number above 0"),
    **dict.fromkeys(
        ("exclusiveMinimum", "exclusiveMaximum"),
        (lambda value: _number(value) or _bool(value), "a number, or true or false"),
    ),
    **dict.fromkeys(
        ("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"),
        (_count, "a whole number, 0 or more"),
    ),
    **dict.fromkeys(("uniqueItems", "nullable", "readOnly", "writeOnly"), (_bool, "true or false")),
    **dict.fromkeys(("pattern", "format"), (lambda value: isinstance(value, str), "text")),
    "required": (_texts, "a list of names of properties"),
    "enum": (_values, "a list of values"),
    "type": (_type, f"one of {', '.join(TYPES)}"),
}


def mistake(keyword: str, value: Any) -> tuple[str, str] | None:
    """The reason and the remedy where a keyword holds what it may not; None where it is well."""
    if keyword not in _RULES:
        return None
    holds, allowed = _RULES[keyword]
    # Swagger 2.0, Response Object: `file` is no type of JSON Schema.
    if holds(value) or (keyword, value) == ("type", "file"):
        return None
    found = repr(value) if len(repr(value)) <= 60 else f"{repr(value)[:60]}..."
    guess = did_you_mean(value, TYPES) if keyword == "type" and isinstance(value, str) else ""
    remedy = guess or f"write {allowed}"
    if keyword == "required" and _bool(value):
        remedy = "name the property in the list `required` of the object around it"
    return f"{keyword} is {found}", remedy
