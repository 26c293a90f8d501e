"""What meets two schemas, as the parts of an ``allOf``."""

from collections.abc import Mapping
from typing import Any

from gatewright.compare.schemas.node import ANYTHING, Node, forbidden
from gatewright.compare.schemas.view import View


def merged(one: View, other: View) -> View:
    """Exactly the values that are valid for both, but for what it puts into ``opaque``."""
    opaque = _joined(one.opaque, other.opaque)
    if _patterns_would_meet(one, other):
        opaque["allOf"] = [one.pointer, *_names(one), other.pointer, *_names(other)]
    return View(
        pointer=one.pointer or other.pointer,
        types=one.types & other.types,
        enum=_enum(one, other),
        bounds=_tighter(one.bounds, other.bounds),
        multiples=one.multiples | other.multiples,
        patterns=one.patterns | other.patterns,
        formats=one.formats | other.formats,
        unique=one.unique or other.unique,
        properties=_properties(one, other),
        required=one.required | other.required,
        additional=_both(one.additional, other.additional),
        closed=one.closed or other.closed,
        patterned=_each(one.patterned, other.patterned),
        items=_both(one.items, other.items),
        prefix=one.prefix if other.prefix is None else other.prefix,
        groups=(*one.groups, *(group for group in other.groups if group not in one.groups)),
        singles=(*one.singles, *other.singles),
        families=(
            *one.families,
            *(group for group in other.families if group not in one.families),
        ),
        opaque=opaque,
        read_only=one.read_only or other.read_only,
        write_only=one.write_only or other.write_only,
        deprecated=one.deprecated or other.deprecated,
        xml=one.xml or other.xml,
        default=one.default or other.default,
        notes={**other.notes, **one.notes},
    )


def _enum(one: View, other: View) -> Mapping[str, Any] | None:
    if one.enum is None or other.enum is None:
        return other.enum if one.enum is None else one.enum
    return {text: value for text, value in one.enum.items() if text in other.enum}


def _tighter(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    found = dict(one)
    for keyword, bound in other.items():
        found[keyword] = max(found.get(keyword, bound), bound)
    return found


def _properties(one: View, other: View) -> dict[str, Node]:
    """Where one closes its object, or has a schema for all other names, that holds for the
    properties of the other as well."""
    return {
        name: _of(one, name).and_also(_of(other, name))
        for name in dict.fromkeys([*one.properties, *other.properties])
    }


def _of(view: View, name: str) -> Node:
    if name in view.properties:
        return view.properties[name]
    if view.closed:
        return forbidden(view.pointer)
    return view.additional or ANYTHING


def _both(one: Node | None, other: Node | None) -> Node | None:
    if one is None or other is None:
        return other if one is None else one
    return one.and_also(other)


def _each(one: Mapping[str, Node], other: Mapping[str, Node]) -> dict[str, Node]:
    return {
        name: one.get(name, ANYTHING).and_also(other.get(name, ANYTHING))
        for name in dict.fromkeys([*one, *other])
    }


def _patterns_would_meet(one: View, other: View) -> bool:
    """Whether names that a pattern takes would have to be told from the rest in both, or the first
    items of a list: what a list of demands cannot say."""
    names = (one.patterned or other.patterned) and any(
        view.closed or view.additional for view in (one, other)
    )
    firsts = (one.prefix is not None and (other.items or other.prefix is not None)) or (
        other.prefix is not None and one.items
    )
    return bool(names or firsts)


def _names(view: View) -> list[str]:
    return sorted([*view.properties, *view.patterned])


def _joined(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    joined: dict[str, Any] = dict(one)
    for keyword, value in other.items():
        if keyword in joined and joined[keyword] != value:
            value = [joined[keyword], value]
        joined[keyword] = value
    return joined
