"""How the properties of two objects differ."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from gatewright.compare.direction import Direction
from gatewright.compare.schemas.fact import Edge, Fact
from gatewright.compare.schemas.node import ANYTHING, Node
from gatewright.compare.schemas.view import View

Read = Callable[[Node], View]


@dataclass(frozen=True)
class Objects:
    """Two objects, of requests or of answers, without what does not belong there.

    A ``readOnly`` property is no part of requests and a ``writeOnly`` one no part of answers, and
    then it is not required either (OpenAPI 3.0.3 and 3.1.0, "Schema Object").
    """

    old: View
    new: View
    direction: Direction
    read_old: Read
    read_new: Read

    def facts(self) -> Iterator[Fact]:
        """Properties that came or went, that have to be there, or need not."""
        old, new = self._named(self.old, self.read_old), self._named(self.new, self.read_new)
        for name in self.old.properties:
            if name in old and name not in new:
                yield self._gone(name)
        for name in self.new.properties:
            if name in new and name not in old:
                yield from self._come(name)
            elif name in new:
                yield from self._deprecated(name)
        yield from self._required(old, new)
        yield from self._closing()

    def edges(self) -> Iterator[Edge]:
        """The schemas inside, two by two."""
        old, new = self._named(self.old, self.read_old), self._named(self.new, self.read_new)
        for name in self.new.properties:
            if name in new and name in old:
                yield Edge(f".{name}", self.old.properties[name], self.new.properties[name])
            elif name in new and self.old.additional:
                # The name had a value already, since the object has any.
                yield Edge(f".{name}", self.old.additional, self.new.properties[name])
        for name in self.old.properties:
            if name in old and name not in self.new.properties and self.new.additional:
                yield Edge(f".{name}", self.old.properties[name], self.new.additional)
        if (self.old.additional or self.new.additional) and not (
            self.old.closed or self.new.closed
        ):
            yield Edge(".*", self.old.additional or ANYTHING, self.new.additional or ANYTHING)
        yield from self._patterned()

    def _named(self, view: View, read: Read) -> frozenset[str]:
        return frozenset(
            name
            for name, node in view.properties.items()
            if self._belongs(read(node)) and not read(node).is_impossible
        )

    def _belongs(self, view: View) -> bool:
        return not (view.read_only if self.direction == "request" else view.write_only)

    def _gone(self, name: str) -> Fact:
        now = self.new.properties.get(name)
        if now is not None and self.read_new(now).is_impossible:
            pointer = self.old.properties[name].pointer
            text = f"property {name} cannot have any value now"
            return Fact("property-removed", text, pointer, "old", f".{name}")
        if now is not None:
            request = self.direction == "request"
            fact, word = ("read", "readOnly") if request else ("write", "writeOnly")
            text = f"{name} became {word}"
            return self._fact(f"property-became-{fact}-only", text, name)
        refused = ", and others are refused" if self.new.closed else ""
        pointer = self.old.properties[name].pointer
        text = f"property {name} is gone{refused}"
        return Fact("property-removed", text, pointer, "old", f".{name}")

    def _come(self, name: str) -> Iterator[Fact]:
        required = name in self.new.required
        if self.direction == "request":
            fact = "property-added-required" if required else "property-added-optional"
        else:
            before = self.old.properties.get(name)
            refused = before is not None and self.read_old(before).is_impossible
            closed = self.old.closed or refused
            fact = "property-added-to-closed-object" if closed else "property-added"
        yield self._fact(
            fact, f"property {name} is new{', and required' if required else ''}", name
        )

    def _deprecated(self, name: str) -> Iterator[Fact]:
        before = self.read_old(self.old.properties[name]).deprecated
        if self.read_new(self.new.properties[name]).deprecated and not before:
            yield self._fact("property-deprecated", f"property {name} is deprecated", name)

    def _required(self, old: frozenset[str], new: frozenset[str]) -> Iterator[Fact]:
        hidden_old = set(self.old.properties) - old
        hidden_new = set(self.new.properties) - new
        before, after = self.old.required - hidden_old, self.new.required - hidden_new
        for name in sorted(after - before):
            if name in old or name not in new:
                text = f"property {name} became required"
                yield self._fact("property-became-required", text, name)
        for name in sorted(before - after):
            if name in new or name not in old:
                text = f"property {name} is not required any more"
                yield self._fact("property-became-optional", text, name)

    def _closing(self) -> Iterator[Fact]:
        if self.old.closed != self.new.closed:
            closed = self.new.closed
            fact = f"additional-properties-{'closed' if closed else 'opened'}"
            text = f"other properties are {'refused' if closed else 'allowed'}"
            yield Fact(fact, f"{text} (additionalProperties)", self.new.pointer)

    def _patterned(self) -> Iterator[Edge]:
        for pattern in dict.fromkeys([*self.old.patterned, *self.new.patterned]):
            old = self.old.patterned.get(pattern, ANYTHING)
            yield Edge(f"./{pattern}/", old, self.new.patterned.get(pattern, ANYTHING))

    def _fact(self, fact: str, text: str, name: str) -> Fact:
        node = self.new.properties.get(name)
        return Fact(fact, text, node.pointer if node else self.new.pointer, "new", f".{name}")


def patterns_cannot_be_compared(old: View, new: View) -> bool:
    """Names that a pattern takes are not among the rest: where both matter, nobody can tell."""
    restricted = any(view.closed or view.additional for view in (old, new))
    return restricted and set(old.patterned) != set(new.patterned)
