"""From a place in a document to what the schema there demands."""

from collections.abc import Iterator
from dataclasses import replace
from functools import reduce

from gatewright.compare.schemas.keywords import view_of
from gatewright.compare.schemas.merge import merged
from gatewright.compare.schemas.node import Node
from gatewright.compare.schemas.types import NOTHING
from gatewright.compare.schemas.view import Group, View
from gatewright.compare.source import (
    COMPONENT_SCHEMAS,
    Located,
    Source,
    component_name,
    reference_of,
)
from gatewright.compare.subtypes import Subtypes, is_base, owner

_GROUPS = ("anyOf", "oneOf")


class SchemaReader:
    """Reads schemas of one document, each once."""

    def __init__(self, source: Source, subtypes: Subtypes) -> None:
        self._source = source
        self._subtypes = subtypes
        self._views: dict[tuple[object, ...], View] = {}
        self._plain: dict[str, View] = {}  # of places that are no part of a circle
        self._circles = 0

    def view(self, node: Node) -> View:
        """What the schema, or all of them together, demand."""
        known = self._views.get(node.key)
        if known is None:
            views = [self._view(part, frozenset()) for part in node.parts]
            known = reduce(merged, views, View()) if len(views) != 1 else views[0]
            if node.only is not None:
                known = replace(known, types=known.types & node.only)
            self._views[node.key] = known
        return known

    def settled(self, node: Node) -> Node:
        """The same at the schemas themselves, where the node only refers to them."""
        parts = [
            self._source.follow(part) if self._only_refers(part) else part for part in node.parts
        ]
        return Node(tuple(parts), node.only)

    def model(self, node: Node) -> str | None:
        """What SDKs call it: its component, also one that only gets words or null besides, or its
        title, which counts as a name where there is no component."""
        if len(node.parts) != 1:
            return None
        located = self._source.follow(node.parts[0])
        raw = located.value
        if (name := component_name(located.pointer)) is not None or not isinstance(raw, dict):
            return name
        for key in ("allOf", *_GROUPS):
            parts = [
                part
                for part in (Node((located.child(key, index),)) for index in _listed(raw, key))
                if not self._is_null(part)
            ]
            if len(parts) == 1 and "properties" not in raw:
                return self.model(parts[0])
        title = raw.get("title")
        return title if isinstance(title, str) and "properties" in raw else None

    def has(self, name: str) -> bool:
        """Whether there is a schema component of that name."""
        return self._source.target(f"#{COMPONENT_SCHEMAS}{name}") is not None

    def _view(self, located: Located, inside: frozenset[str]) -> View:
        raw = located.value
        if located.pointer in self._plain:
            return self._plain[located.pointer]
        if located.pointer in inside:  # a part of itself adds nothing
            self._circles += 1
            return View(pointer=located.pointer)
        if raw is True:
            return View(pointer=located.pointer)
        if not isinstance(raw, dict):
            opaque = {} if raw is False else {"schema": raw}
            return View(pointer=located.pointer, types=NOTHING, opaque=opaque)
        circles = self._circles
        view = reduce(merged, self._parts(located, inside | {located.pointer}))
        if view.families:
            families = (self._family_of(located, family) for family in view.families)
            view = replace(view, families=tuple(families))
        if self._source.is_30 and raw.get("nullable") is True and "type" not in raw:
            # Strictly it says nothing without a type beside it. People write it for "this, or
            # null", and a change of it is judged as they mean it.
            view = view.or_null() or view
        if self._circles == circles:
            self._plain[located.pointer] = view
        return view

    def _parts(self, located: Located, inside: frozenset[str]) -> Iterator[View]:
        raw = located.value
        reference = reference_of(raw)
        if reference is not None:
            target = self._source.target(reference)
            if target is None:
                yield View(pointer=located.pointer, opaque={"$ref": reference})
            else:
                yield self._view(target, inside)
            if self._source.is_30:
                return
        yield self._own(located)
        for index in _listed(raw, "allOf"):
            yield self._view(located.child("allOf", index), inside)
        for key in _GROUPS:
            if (group := _group(located, key)) is not None:
                yield self._alternatives(group, inside)

    def _own(self, located: Located) -> View:
        view = view_of(located, self._source.is_30)
        malformed = {
            key: located.value[key]
            for key in ("allOf", *_GROUPS)
            if not isinstance(located.value.get(key, []), list)
        }
        if malformed:
            view = replace(view, opaque={**view.opaque, **malformed})
        return replace(view, families=(self._family(located),)) if is_base(located.value) else view

    def _family(self, base: Located) -> Group:
        """The subtypes of a base, those that its discriminator maps values to first."""
        group = _told_apart(base, ())
        mapping = self._subtypes.mapped(dict(group.mapping))
        places = [*mapping.values(), *(f"#{place}" for place in self._subtypes.of(base))]
        found = {reference: self._source.target(reference) for reference in places}
        nodes = (
            Node((target or Located({"$ref": reference}, f"{base.pointer}/discriminator"),))
            for reference, target in found.items()
            if reference != f"#{owner(base.pointer)}"
        )
        return replace(group, variants=tuple(nodes), mapping=mapping, pointer=owner(base.pointer))

    def _family_of(self, located: Located, family: Group) -> Group:
        """Of a subtype, the family is what extends it."""
        if located.pointer not in self._subtypes.below(family.pointer):
            return family
        below = self._subtypes.below(located.pointer)
        own = {f"#{place}" for place in (located.pointer, *below)}
        return replace(
            family,
            variants=tuple(node for node in family.variants if node.pointer in below),
            mapping={value: place for value, place in family.mapping.items() if place in own},
        )

    def _alternatives(self, group: Group, inside: frozenset[str]) -> View:
        """One alternative is a part, and one beside null is a part that may be null."""
        rest = [variant for variant in group.variants if not self._is_null(variant)]
        whole = View(groups=(group,))
        if len(rest) != 1:
            return whole
        view = self._view(rest[0].parts[0], inside)
        if len(group.variants) > 1:
            return view.or_null() or whole
        return whole if group.discriminator else replace(view, singles=(*view.singles, group))

    def _only_refers(self, located: Located) -> bool:
        return reference_of(located.value) is not None and (
            self._source.is_30 or len(located.value) == 1
        )

    def _is_null(self, node: Node) -> bool:
        raw = node.parts[0].value
        return isinstance(raw, dict) and raw.get("type") in ("null", ["null"])


def _listed(raw: dict[str, object], key: str) -> range:
    items = raw.get(key)
    return range(len(items)) if isinstance(items, list) else range(0)


def _group(located: Located, key: str) -> Group | None:
    raw = located.value
    if not isinstance(raw.get(key), list):
        return None
    return _told_apart(
        located, tuple(Node((located.child(key, index),)) for index in _listed(raw, key))
    )


def _told_apart(located: Located, variants: tuple[Node, ...]) -> Group:
    told = located.value.get("discriminator")
    told = told if isinstance(told, dict) else {}
    mapping = told.get("mapping")
    name = told.get("propertyName")
    return Group(
        variants=variants,
        discriminator=name if isinstance(name, str) else None,
        mapping=dict(mapping) if isinstance(mapping, dict) else {},
        pointer=located.pointer,
    )
