"""Schemas that extend another one, which a discriminator tells apart.

A base has a ``discriminator`` and no ``oneOf``, and its subtypes refer to it in their ``allOf``
(OpenAPI 3.0.3 and 3.1.0, "Composition and Inheritance (Polymorphism)"). The base says nothing of
them, unless it maps values to them: they are found by their references.
"""

import re
from collections import defaultdict
from functools import cached_property
from typing import Any

from gatewright.compare.source import COMPONENT_SCHEMAS, Located, Source, reference_of
from gatewright.contract.document import pointer

_PART = re.compile(r"(/allOf/[0-9]+)+\Z")


class Subtypes:
    """Who extends whom in one document."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def of(self, base: Located) -> tuple[str, ...]:
        """Pointers to what a value of this base may be, directly or not. None for what is no base.

        Those that the discriminator maps values to are not among them unless they extend it.
        """
        return self.below(owner(base.pointer)) if is_base(base.value) else ()

    def below(self, place: str) -> tuple[str, ...]:
        """Pointers to the schemas that extend the one at a pointer, directly or not."""
        found: dict[str, None] = {}
        waiting = [place]
        while waiting:
            for child in self._children.get(waiting.pop(), ()):
                if child not in found and child != place:
                    found[child] = None
                    waiting.append(child)
        return tuple(found)

    def hidden_in(self, reference: str) -> frozenset[str]:
        """References to the subtypes of what a reference names, which that does not mention."""
        target = self._source.target(reference)
        if target is None:
            return frozenset()
        parts = [target, *_parts(target)]
        return frozenset(f"#{place}" for part in parts for place in self.of(part))

    def mapped(self, mapping: dict[str, Any]) -> dict[str, str]:
        """The values of a discriminator with references; a name may stand for one."""
        return {
            value: self._reference(target)
            for value, target in mapping.items()
            if isinstance(target, str)
        }

    def _reference(self, target: str) -> str:
        named = f"#{COMPONENT_SCHEMAS.rstrip('/')}{pointer(target)}"
        return named if self._source.target(named) else target

    @cached_property
    def _children(self) -> dict[str, list[str]]:
        children: dict[str, list[str]] = defaultdict(list)
        schemas = self._source.at("components").child("schemas")
        for name in schemas.value if isinstance(schemas.value, dict) else ():
            child = schemas.child(name)
            for part in _parts(child):
                reference = reference_of(part.value)
                target = self._source.target(reference) if reference else None
                if target is not None:
                    children[target.pointer].append(child.pointer)
        return children


def is_base(value: Any) -> bool:
    """Whether a discriminator is there without alternatives to tell apart."""
    told = value.get("discriminator") if isinstance(value, dict) else None
    return (
        isinstance(told, dict)
        and isinstance(told.get("propertyName"), str)
        and not {"oneOf", "anyOf"} & value.keys()
    )


def owner(place: str) -> str:
    """The schema that a part of an ``allOf`` belongs to."""
    return _PART.sub("", place)


def _parts(schema: Located) -> list[Located]:
    parts = schema.value.get("allOf") if isinstance(schema.value, dict) else None
    if not isinstance(parts, list):
        return []
    return [schema.child("allOf", index) for index in range(len(parts))]
