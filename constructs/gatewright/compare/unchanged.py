"""Which values are the same in both documents, with all that they refer to."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from gatewright.compare.canonical import exact
from gatewright.compare.source import COMPONENT_SCHEMAS, DYNAMIC, Located, Source
from gatewright.compare.subtypes import Subtypes, is_base


class Unchanged:
    """Tells what need not be compared, so that a large document takes as long as what changed."""

    def __init__(
        self, old: Source, new: Source, old_subtypes: Subtypes, new_subtypes: Subtypes
    ) -> None:
        self._old = old
        self._new = new
        self._subtypes = (old_subtypes, new_subtypes)
        self._references: dict[int, tuple[Any, frozenset[str]]] = {}
        self._changed = self._changed_references()

    def same(self, old: Any, new: Any) -> bool:
        """Whether both are equal, and all that they refer to is."""
        return exact(old) == exact(new) and self._changed.isdisjoint(self._references_in(old))

    def same_schema(self, old: Located, new: Located) -> bool:
        """As ``same``, of a schema with its subtypes, which it does not mention."""
        return self.same(old.value, new.value) and self._changed.isdisjoint(
            (f"#{old.pointer}", f"#{new.pointer}")
        )

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
            differs, mentioned = self._target(reference)
            if differs:
                changed.add(reference)
            for inner in mentioned:
                used_by[inner].append(reference)
                if inner not in seen:
                    seen.add(inner)
                    waiting.append(inner)
        return _spread(changed, used_by)

    def _target(self, reference: str) -> tuple[bool, frozenset[str]]:
        """Whether what a reference names differs by itself, and what that refers to."""
        old, new = self._old.target(reference), self._new.target(reference)
        if old is None or new is None:
            return True, frozenset()  # what it leads to may have changed
        hidden, others = (subtypes.hidden_in(reference) for subtypes in self._subtypes)
        differs = hidden != others or exact(old.value) != exact(new.value)
        return differs, self._references_in(old.value) | hidden


def _spread(changed: set[str], used_by: Mapping[str, list[str]]) -> set[str]:
    """With those that refer to what changed."""
    spreading = list(changed)
    while spreading:
        for user in used_by.get(spreading.pop(), ()):
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
            # They lead elsewhere from each place, which is not followed.
            yield from (f"{key} {item[key]}" for key in DYNAMIC if key in item)
            if is_base(item):
                mapping = item["discriminator"].get("mapping")
                yield from _mapped(mapping if isinstance(mapping, dict) else {})
            waiting.extend(item.values())


def _mapped(mapping: dict[str, Any]) -> Iterator[str]:
    """What a discriminator maps values to: a reference, or a name for one."""
    for target in mapping.values():
        if isinstance(target, str):
            is_name = "/" not in target and "#" not in target
            yield f"#{COMPONENT_SCHEMAS}{target}" if is_name else target
