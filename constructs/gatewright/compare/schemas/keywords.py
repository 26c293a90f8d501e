"""The keywords of one schema, without its references and ``allOf``, as demands."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from gatewright.compare.canonical import canonical, exact
from gatewright.compare.schemas import bounds
from gatewright.compare.schemas.bounds import Bound, is_number, read_bounds
from gatewright.compare.schemas.node import Node
from gatewright.compare.schemas.types import ALL, NULL, types_of
from gatewright.compare.schemas.view import View
from gatewright.compare.source import Located
from gatewright.compare.subtypes import is_base

NOTES = frozenset(
    {
        "title", "description", "example", "examples", "externalDocs", "$comment", "$id",
        "$schema", "$anchor", "$defs", "definitions",
    }
)  # fmt: skip
"""What programs do not read, and definitions, which are read where something refers to them."""

_READ_ELSEWHERE = frozenset({"$ref", "allOf", "anyOf", "oneOf"})
_FORMATS = ("format", "contentEncoding", "contentMediaType")
_FLAGS = ("readOnly", "writeOnly", "deprecated", "nullable", "uniqueItems")
# What is read below, and how it has to look: in another shape it is compared as a whole.
_SHAPES: Mapping[str, Any] = {
    **dict.fromkeys(bounds.KEYWORDS, is_number),
    **dict.fromkeys(_FORMATS, lambda value: isinstance(value, str)),
    **dict.fromkeys(_FLAGS, lambda value: isinstance(value, bool)),
    **dict.fromkeys(bounds.EXCLUSIVE, lambda value: is_number(value) or isinstance(value, bool)),
    "type": lambda value: types_of(value) is not None,
    "enum": lambda value: isinstance(value, list),
    "const": lambda _: True,
    "default": lambda _: True,
    "xml": lambda _: True,
    "multipleOf": lambda value: is_number(value) and value > 0,
    "pattern": lambda value: isinstance(value, str),
    "required": lambda value: (
        isinstance(value, list) and all(isinstance(name, str) for name in value)
    ),
    "properties": lambda value: isinstance(value, dict) and _schemas(value.values()),
    "patternProperties": lambda value: isinstance(value, dict) and _schemas(value.values()),
    "prefixItems": lambda value: isinstance(value, list) and _schemas(value),
    "additionalProperties": lambda value: isinstance(value, dict | bool),
    "items": lambda value: isinstance(value, dict | bool),
}


def view_of(located: Located, is_30: bool) -> View:
    """The demands of the schema at a place, a mapping."""
    raw = located.value
    shaped = {keyword: value for keyword, value in raw.items() if _SHAPES.get(keyword, _no)(value)}
    types, enum = _typed_enum(_types(shaped, is_30), _enum(shaped))
    return View(
        pointer=located.pointer,
        types=types,
        enum=enum,
        bounds=_bounds(shaped, is_30, types),
        multiples=_multiples(shaped, types),
        patterns=frozenset({shaped["pattern"]} if "pattern" in shaped else ()),
        formats=frozenset(
            word if keyword == "format" else f"{keyword} {word}"
            for keyword in _FORMATS
            if (word := shaped.get(keyword))
        ),
        unique=shaped.get("uniqueItems", False),
        properties=_nodes(located, shaped, "properties"),
        required=frozenset(shaped.get("required", ())),
        additional=_node(located, shaped, "additionalProperties"),
        closed=shaped.get("additionalProperties") is False,
        patterned=_nodes(located, shaped, "patternProperties"),
        items=_node(located, shaped, "items"),
        prefix=_prefix(located, shaped),
        opaque=_opaque(raw, shaped),
        read_only=shaped.get("readOnly", False),
        write_only=shaped.get("writeOnly", False),
        deprecated=shaped.get("deprecated", False),
        xml=exact(shaped["xml"]) if "xml" in shaped else "",
        default=(shaped["default"],) if "default" in shaped else (),
        notes={keyword: exact(raw[keyword]) for keyword in raw if is_note(keyword)},
    )


def is_note(keyword: str) -> bool:
    """Whether a keyword is for people, or an extension."""
    return keyword.startswith("x-") or (
        keyword in NOTES and keyword not in ("$defs", "definitions")
    )


def _no(_: object) -> bool:
    return False


def _schemas(values: Any) -> bool:
    return all(isinstance(value, dict | bool) for value in values)


def _types(shaped: Mapping[str, Any], is_30: bool) -> frozenset[str]:
    if "type" not in shaped:
        return ALL
    types = types_of(shaped["type"]) or ALL
    # OpenAPI 3.0.3, "nullable": it adds to the type that stands beside it.
    return types | NULL if is_30 and shaped.get("nullable") else types


def _enum(shaped: Mapping[str, Any]) -> dict[str, Any] | None:
    if not {"const", "enum"} & shaped.keys():
        return None
    values = shaped.get("enum", [shaped.get("const")])
    listed = {canonical(value): value for value in values}
    only = canonical(shaped["const"]) if "const" in shaped else None
    return {text: value for text, value in listed.items() if only in (None, text)}


def _multiples(shaped: Mapping[str, Any], types: frozenset[str]) -> frozenset[Fraction]:
    found = bounds.exactly(shaped["multipleOf"]) if "multipleOf" in shaped else None
    if found is None or ("fraction" not in types and found.numerator == 1):
        return frozenset()  # each whole number is a multiple of 1
    return frozenset({found})


def _typed_enum(
    types: frozenset[str], enum: dict[str, Any] | None
) -> tuple[frozenset[str], dict[str, Any] | None]:
    """A list without null does not take it, whatever the type says, and both booleans are all."""
    if enum is None or types == ALL:
        return types, enum
    if "null" not in enum and types != NULL:
        types -= NULL
    if types == {"boolean"} and enum.keys() >= {"true", "false"}:
        return types, None
    return types, enum


def _bounds(shaped: Mapping[str, Any], is_30: bool, types: frozenset[str]) -> dict[str, Bound]:
    found: dict[str, Bound] = {}
    for keyword, read in read_bounds(dict(shaped), is_30):
        whole = bounds.fact_of(keyword) == "range" and "fraction" not in types
        bound = bounds.of_integers(read) if whole else read
        if not bounds.says_nothing(keyword, bound):
            found[keyword] = max(found.get(keyword, bound), bound)
    return found


def _node(located: Located, shaped: Mapping[str, Any], keyword: str) -> Node | None:
    if keyword not in shaped or (shaped[keyword] is False and keyword == "additionalProperties"):
        return None
    return Node((located.child(keyword),))


def _nodes(located: Located, shaped: Mapping[str, Any], keyword: str) -> dict[str, Node]:
    return {name: Node((located.child(keyword, name),)) for name in shaped.get(keyword, ())}


def _prefix(located: Located, shaped: Mapping[str, Any]) -> tuple[Node, ...] | None:
    if "prefixItems" not in shaped:
        return None
    return tuple(
        Node((located.child("prefixItems", index),)) for index in range(len(shaped["prefixItems"]))
    )


def _opaque(raw: Mapping[str, Any], shaped: Mapping[str, Any]) -> dict[str, Any]:
    known = NOTES | _READ_ELSEWHERE
    if "anyOf" in raw or "oneOf" in raw or is_base(raw):
        known |= {"discriminator"}
    return {
        keyword: value
        for keyword, value in raw.items()
        if keyword not in shaped and keyword not in known and not keyword.startswith("x-")
    }
