"""How one schema differs from another, and which schemas inside of both are compared next."""

from collections.abc import Iterator

from gatewright.compare.canonical import listed, shown
from gatewright.compare.change import CANNOT_BE_COMPARED
from gatewright.compare.direction import Direction
from gatewright.compare.schemas.fact import Edge, Fact
from gatewright.compare.schemas.node import ANYTHING, Node
from gatewright.compare.schemas.objects import Objects, patterns_cannot_be_compared
from gatewright.compare.schemas.reader import SchemaReader
from gatewright.compare.schemas.values import value_facts
from gatewright.compare.schemas.variants import Alternatives
from gatewright.compare.schemas.view import View
from gatewright.compare.source import DYNAMIC
from gatewright.compare.unchanged import Unchanged

_ABOUT_OTHERS = frozenset({"unevaluatedProperties", "unevaluatedItems"})
"""What they demand depends on all other keywords (JSON Schema 2020-12, section 11)."""


class Pair:
    """Compares two schemas, but not yet what is inside of them."""

    def __init__(self, old: SchemaReader, new: SchemaReader, unchanged: Unchanged) -> None:
        self._old = old
        self._new = new
        self._unchanged = unchanged
        self._alternatives = Alternatives(old.view, new.view, self.same)

    def same(self, old: Node, new: Node) -> bool:
        """Whether they need not be compared."""
        return (
            old.only == new.only
            and len(old.parts) == len(new.parts)
            and all(
                self._unchanged.same_schema(one, other)
                for one, other in zip(old.parts, new.parts, strict=True)
            )
        )

    def settled(self, old: Node, new: Node) -> tuple[Node, Node]:
        """Both at the schemas themselves."""
        return self._old.settled(old), self._new.settled(new)

    def renamed(self, old: Node, new: Node) -> Iterator[Fact]:
        """Tells of a schema that has another name: its own is gone, or is that of another one.

        An inline object or list of values is a type of SDKs as well, whose name they take from its
        title, or make up from where it is.
        """
        before, after = self._old.model(old), self._new.model(new)
        if before == after:
            return
        if before and after and not self._new.has(before):
            yield Fact("model-renamed", f"schema {before} is called {after}", new.pointer)
            return
        views = self._old.view(old), self._new.view(new)
        # What becomes alternatives, or one of them, is told as such.
        if all(map(_is_model, views)) and bool(views[0].groups) == bool(views[1].groups):
            text = f"{_schema(before)} became {_schema(after)}"
            yield Fact("model-changed", text, new.pointer)

    def compare(self, old: Node, new: Node, direction: Direction) -> Iterator[Fact | Edge]:
        """The differences of the two themselves, and the pairs inside of them."""
        before, after = self._old.view(old), self._new.view(new)
        if bool(before.groups) == bool(after.groups) and old.only == new.only:
            yield from _documentation(before, after)
            if before.xml != after.xml:
                yield Fact("xml-changed", "xml changed", after.pointer)
        if (after.groups and before.is_anything) or (before.groups and after.is_anything):
            fact = "narrowed" if before.is_anything else "widened"
            text = "any type became alternatives" if after.groups else "any type is valid"
            yield Fact(f"type-{fact}", text, after.pointer)
        elif before.is_one_group and after.is_one_group:
            yield from self._alternatives.compare(before.groups[0], after.groups[0])
        elif before.is_one_group and _is_plain(after):
            group = before.groups[0]
            yield from self._alternatives.with_plain(
                group, new, plain_is_new=True, direction=direction
            )
        elif after.is_one_group and _is_plain(before):
            group = after.groups[0]
            yield from self._alternatives.with_plain(
                group, old, plain_is_new=False, direction=direction
            )
        else:
            yield from self._demands(before, after, direction)

    def _demands(self, old: View, new: View, direction: Direction) -> Iterator[Fact | Edge]:
        found: list[Fact | Edge] = list(value_facts(old, new))
        common = old.types & new.types
        if "object" in common:
            objects = Objects(old, new, direction, self._old.view, self._new.view)
            found += objects.facts()
            found += objects.edges()
            if patterns_cannot_be_compared(old, new):
                found.append(_undecided(new, "patternProperties"))
        if "array" in common:
            found += _items(old, new)
        found += self._groups(old, new)
        found += self._families(old, new)
        found += self._opaque(old, new)
        yield from found
        about = _ABOUT_OTHERS & old.opaque.keys() & new.opaque.keys()
        if about and any(isinstance(item, Fact) for item in found):
            yield _undecided(new, listed(sorted(about)))

    def _groups(self, before: View, after: View) -> Iterator[Fact | Edge]:
        """Alternatives beside other demands, which are demands as well."""
        old, new, view = before.groups, after.groups, after
        if bool(before.singles) != bool(after.singles):
            # The last one of several is compared as a part already; here the others are gone.
            old, new = old + before.singles, new + after.singles
            if len(old) != len(new):
                old, new = before.groups, after.groups
        if len(old) == len(new):
            for one, other in zip(old, new, strict=True):
                yield from self._alternatives.compare(one, other)
        elif not old:
            yield Fact("constraint-added", "alternatives are new (anyOf, oneOf)", view.pointer)
        elif not new:
            yield Fact("constraint-removed", "alternatives are gone (anyOf, oneOf)", view.pointer)
        else:
            yield _undecided(view, "anyOf, oneOf")

    def _families(self, old: View, new: View) -> Iterator[Fact | Edge]:
        """Subtypes, by the property that tells them apart."""
        before = {family.discriminator: family for family in old.families}
        after = {family.discriminator: family for family in new.families}
        for name in before.keys() & after.keys():
            yield from self._alternatives.compare(before[name], after[name])
        gone, come = (
            sorted(map(str, one.keys() - other.keys()))
            for one, other in ((before, after), (after, before))
        )
        if gone or come:
            text = f"discriminator {listed(gone) or 'none'} became {listed(come) or 'none'}"
            yield Fact("discriminator-changed", text, new.pointer)

    def _opaque(self, old: View, new: View) -> Iterator[Fact]:
        for keyword in ("$ref", *DYNAMIC):
            if keyword in new.opaque and old.opaque.get(keyword) == new.opaque[keyword]:
                text = f"{keyword} {shown(new.opaque[keyword])} cannot be followed"
                yield Fact(CANNOT_BE_COMPARED, text, new.pointer)
        gone = sorted(old.opaque.keys() - new.opaque.keys())
        come = sorted(new.opaque.keys() - old.opaque.keys())
        both = sorted(
            keyword
            for keyword in old.opaque.keys() & new.opaque.keys()
            if keyword not in DYNAMIC
            and not self._unchanged.same(old.opaque[keyword], new.opaque[keyword])
        )
        if both or (gone and come) or not _DEMANDS.issuperset(gone + come):
            if both or gone or come:
                yield _undecided(new, listed(both + gone + come))
        elif gone:
            yield Fact("constraint-removed", f"{listed(gone)} is gone", new.pointer)
        elif come:
            yield Fact("constraint-added", f"{listed(come)} is new", new.pointer)


_DEMANDS = frozenset(
    {
        "not", "contains", "propertyNames", "dependentRequired", "dependentSchemas",
        "unevaluatedProperties", "unevaluatedItems",
    }
)  # fmt: skip
"""What can only demand more: without it no less is valid."""


def _is_model(view: View) -> bool:
    """Whether SDKs have a type of its own for it."""
    return bool(view.properties or view.enum or view.groups or view.families)


def _schema(name: str | None) -> str:
    return f"schema {name}" if name else "a schema without a name"


def _is_plain(view: View) -> bool:
    return not (view.groups or view.families or view.opaque)


def _items(old: View, new: View) -> Iterator[Fact | Edge]:
    """The items of lists; where the first are told one by one, there must be as many."""
    firsts = (old.prefix or (), new.prefix or ())
    if len(firsts[0]) != len(firsts[1]):
        yield _undecided(new, "prefixItems")
    else:
        for index, (one, other) in enumerate(zip(*firsts, strict=True)):
            yield Edge(f"[{index}]", one, other)
    if old.items or new.items:
        yield Edge("[]", old.items or ANYTHING, new.items or ANYTHING)


def _undecided(view: View, keywords: str) -> Fact:
    return Fact(CANNOT_BE_COMPARED, f"{keywords} changed", view.pointer)


def _documentation(old: View, new: View) -> Iterator[Fact]:
    keywords = [
        keyword
        for keyword in dict.fromkeys([*old.notes, *new.notes])
        if old.notes.get(keyword) != new.notes.get(keyword)
    ]
    if keywords:
        yield Fact("documentation-changed", f"{listed(keywords)} changed", new.pointer)
