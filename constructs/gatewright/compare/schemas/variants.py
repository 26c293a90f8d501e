"""Which alternatives of two schemas belong together, and which came or went."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from gatewright.compare.canonical import exact
from gatewright.compare.direction import Direction
from gatewright.compare.schemas.fact import Edge, Fact
from gatewright.compare.schemas.node import Node
from gatewright.compare.schemas.types import SPLIT, told
from gatewright.compare.schemas.view import Group, View
from gatewright.compare.source import component_name

Read = Callable[[Node], View]
Same = Callable[[Node, Node], bool]

_Sign = Callable[[Node, View], Any]
# How two alternatives are known for the same, the surest first.
_SURE: tuple[_Sign, ...] = (
    lambda node, _: node.name,
    lambda _, view: view.notes.get("title"),
    lambda _, view: _listed_values(view),
    lambda _, view: (view.types, frozenset(view.properties)) if view.properties else None,
)
_SIGNS: tuple[_Sign, ...] = (
    *_SURE,
    lambda _, view: view.types,
    lambda _, view: tuple(bool(view.types & part) for part in SPLIT),
)


class Alternatives:
    """Two lists of alternatives. ``oneOf`` is read as ``anyOf``, as clients and servers read it:
    that alternatives do not overlap is not checked."""

    def __init__(self, read_old: Read, read_new: Read, same: Same) -> None:
        self._read_old = read_old
        self._read_new = read_new
        self._same = same

    def compare(self, old: Group, new: Group) -> Iterator[Fact | Edge]:
        """Pairs to compare, alternatives without a partner, and what tells them apart."""
        pairs, gone, come = self._pairs(old.variants, new.variants, _SIGNS)
        for one, other in pairs:
            yield Edge(f"({self._called(other, self._read_new)})", one, other)
        yield from self._alone(gone, come)
        yield from _discriminator(old, new, gone + come)

    def with_plain(
        self, group: Group, plain: Node, *, plain_is_new: bool, direction: Direction
    ) -> Iterator[Fact | Edge]:
        """A schema without alternatives is one for each of its types.

        In a request each old alternative has to fit a new one, and in an answer each new one an old
        one: there several may fit the same.
        """
        parts = self._parts(group, plain, plain_is_new=plain_is_new)
        old, new = (group.variants, parts) if plain_is_new else (parts, group.variants)
        pairs, gone, come = self._pairs(old, new, _SIGNS)
        if plain_is_new and direction == "request":
            fitted = {node: _fitting(self._read_old(node), parts) for node in gone}
            pairs += [(node, part) for node, part in fitted.items() if part]
            gone = [node for node in gone if not fitted[node]]
        elif not plain_is_new and direction == "response":
            fitted = {node: _fitting(self._read_new(node), parts) for node in come}
            pairs += [(part, node) for node, part in fitted.items() if part]
            come = [node for node in come if not fitted[node]]
        yield from (Edge("", one, other) for one, other in pairs)
        yield from self._alone(gone, come)

    def _parts(self, group: Group, plain: Node, *, plain_is_new: bool) -> tuple[Node, ...]:
        """A plain schema by its types, or whole where it is one of the alternatives."""
        old, new = (group.variants, (plain,)) if plain_is_new else ((plain,), group.variants)
        if self._pairs(old, new, _SURE)[0]:
            return (plain,)
        types = (self._read_new if plain_is_new else self._read_old)(plain).types
        return tuple(Node(plain.parts, types & part) for part in SPLIT if types & part)

    def _alone(self, gone: list[Node], come: list[Node]) -> Iterator[Fact]:
        for node in gone:
            text = f"alternative {self._called(node, self._read_old)} is gone"
            yield Fact("alternative-removed", text, node.pointer, "old")
        for node in come:
            text = f"alternative {self._called(node, self._read_new)} is new"
            yield Fact("alternative-added", text, node.pointer)

    def _pairs(
        self, old: tuple[Node, ...], new: tuple[Node, ...], by: tuple[_Sign, ...]
    ) -> tuple[list[tuple[Node, Node]], list[Node], list[Node]]:
        gone, come = list(old), list(new)
        # By name first: of two that are alike, each is its own type of SDKs.
        pairs = self._taken(gone, come, by[0])
        pairs += self._taken(gone, come, lambda node, _: _text(node), self._same)
        for sign in by[1:]:
            pairs += self._taken(gone, come, sign)
        return pairs, gone, come

    def _taken(
        self, gone: list[Node], come: list[Node], sign: _Sign, alike: Same | None = None
    ) -> list[tuple[Node, Node]]:
        """The pairs of one sign, which leave both lists."""
        waiting: dict[Any, list[Node]] = defaultdict(list)
        for node in reversed(come):
            waiting[sign(node, self._read_new(node))].append(node)
        waiting.pop(None, None)
        pairs = []
        for one in gone:
            others = waiting.get(sign(one, self._read_old(one)))
            if others and (alike is None or alike(one, others[-1])):
                pairs.append((one, others.pop()))
        taken = {node for pair in pairs for node in pair}
        gone[:] = [node for node in gone if node not in taken]
        come[:] = [node for node in come if node not in taken]
        return pairs

    def _called(self, node: Node, read: Read) -> str:
        view = read(node)
        title = view.notes.get("title", "").strip('"')
        return node.name or title or told(view.types)


def _text(node: Node) -> Any:
    """The same for nodes that are written alike."""
    return (node.only, *(exact(part.value) for part in node.parts))


def _fitting(view: View, parts: tuple[Node, ...]) -> Node | None:
    """The part of a plain schema that has the types of an alternative."""
    return next((part for part in parts if part.only and view.types <= part.only), None)


def _listed_values(view: View) -> Any:
    """The types alone do not tell objects apart, and lists of values do."""
    return (view.types, tuple(sorted(view.enum))) if view.enum else None


def _explicit(mapping: Mapping[str, str]) -> dict[str, str]:
    """Without what holds without it: the name of a component stands for that."""
    return {
        value: place
        for value, place in mapping.items()
        if value not in (place, component_name(place.removeprefix("#")))
    }


def _discriminator(old: Group, new: Group, told_alone: list[Node]) -> Iterator[Fact]:
    if old.discriminator != new.discriminator:
        text = f"discriminator {old.discriminator or 'none'} became {new.discriminator or 'none'}"
        yield Fact("discriminator-changed", text, new.pointer)
        return
    # Of a subtype that came or went, that is told already.
    known = {f"#{node.pointer}" for node in told_alone}
    before, after = _explicit(old.mapping), _explicit(new.mapping)
    for value in dict.fromkeys([*before, *after]):
        if {before.get(value), after.get(value)} & known:
            continue
        if value not in after:
            text = f"{value} of {old.discriminator} is gone"
            yield Fact("discriminator-value-removed", text, old.pointer, "old")
        elif value not in before:
            text = f"{value} of {new.discriminator} is new"
            yield Fact("discriminator-value-added", text, new.pointer)
        elif before[value] != after[value]:
            text = f"{value} of {new.discriminator} names another alternative"
            yield Fact("discriminator-changed", text, new.pointer)
