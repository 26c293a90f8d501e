"""Which values are the same in both documents, with all that they refer to."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from gatewright.compare.canonical import exact
from gatewright.compare.source import Source


class Unchanged:
    """Tells what need not be compared, so that a large document takes as long as what changed."""

    def __init__(self, old: Source, new: Source) -> None:
        self._old = old
        self._new = new
        self._references: dict[int, tuple[Any, frozenset[str]]] = {}
        self._changed = self._changed_references()

    def same(self, old: Any, new: Any) -> bool:
        """Whether both are equal, and all that they refer to is."""
        return exact(old) == exact(new) and self._changed.isdisjoint(self._references_in(old))

    def _references_in(self, value: Any) -> frozenset[str]:
        # By identity, since the same place is asked for many times. The value is kept, or another
        # could have its identity.
        if id(value) not in self._references:
            self._references[id(value)] = (value, frozenset(_references(value)))
        return self._references[id(value)][1]

    def _changed_references(self) -> set[str]:
        """References whose targets differ, or refer to others that do."""
        used_by: dict[str, list[str]] = defaultdict(list)
        changed: set[str] = set()
        waiting = list(_references(self._old.root))
        seen = set(waiting)
        while waiting:
            reference = waiting.pop()
            old, new = self._old.target(reference), self._new.target(reference)
            if old is None or new is None:
                if old is not new:
                    changed.add(reference)
                continue
            if exact(old.value) != exact(new.value):
                changed.add(reference)
            for inner in self._references_in(old.value):
                used_by[inner].append(reference)
                if inner not in seen:
                    seen.add(inner)
                    waiting.append(inner)
        spreading = list(changed)
        while spreading:
            for user in used_by[spreading.pop()]:
                if user not in changed:
                    changed.add(user)
                    spreading.append(user)
        return changed


def _references(value: Any) -> Iterator[str]:
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, list):
            waiting.extend(item)
        elif isinstance(item, dict):
            reference = item.get("$ref")
            if isinstance(reference, str):
                yield reference
            waiting.extend(item.values())
