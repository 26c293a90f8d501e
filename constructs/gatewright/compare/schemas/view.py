"""What a schema demands, with references and ``allOf`` resolved: each demand on its own.

A value is valid if it meets all of them (JSON Schema 2020-12, "Validation Keywords"), so a schema
accepts no less than another if each of its demands is no tighter.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from fractions import Fraction
from typing import Any

from gatewright.compare.schemas.bounds import Bound
from gatewright.compare.schemas.node import Node
from gatewright.compare.schemas.types import ALL, NULL


@dataclass(frozen=True)
class Group:
    """The alternatives of an ``anyOf`` or ``oneOf``.

    ``discriminator`` is the property that tells them apart, and ``mapping`` its values.
    """

    variants: tuple[Node, ...]
    discriminator: str | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    pointer: str = ""


@dataclass(frozen=True, kw_only=True)
class View:
    """One schema.

    ``additional`` is what properties must meet that neither ``properties`` nor ``patterned`` has,
    None where nothing is said of them, which allows all. ``opaque`` holds demands that are
    compared only as a whole. ``families`` are subtypes that a discriminator without alternatives
    tells apart: what a value may be besides. ``singles`` are groups of one alternative, which is
    a part like any other. ``notes`` are words for people,
    and ``xml`` how XML has it.
    """

    pointer: str = ""
    types: frozenset[str] = ALL
    enum: Mapping[str, Any] | None = None
    bounds: Mapping[str, Bound] = field(default_factory=dict)
    multiples: frozenset[Fraction] = frozenset()
    patterns: frozenset[str] = frozenset()
    formats: frozenset[str] = frozenset()
    unique: bool = False
    properties: Mapping[str, Node] = field(default_factory=dict)
    required: frozenset[str] = frozenset()
    additional: Node | None = None
    closed: bool = False
    patterned: Mapping[str, Node] = field(default_factory=dict)
    items: Node | None = None
    prefix: tuple[Node, ...] | None = None
    groups: tuple[Group, ...] = ()
    families: tuple[Group, ...] = ()
    singles: tuple[Group, ...] = ()
    opaque: Mapping[str, Any] = field(default_factory=dict)
    read_only: bool = False
    write_only: bool = False
    deprecated: bool = False
    xml: str = ""
    default: tuple[Any, ...] = ()
    notes: Mapping[str, str] = field(default_factory=dict)

    def or_null(self) -> "View | None":
        """What accepts null besides; None where that cannot be said by changing demands.

        All other demands are about types that null is not.
        """
        if self.groups or self.opaque:
            return None
        enum = self.enum if self.enum is None else {**self.enum, "null": None}
        return replace(self, types=self.types | NULL, enum=enum)

    @property
    def is_impossible(self) -> bool:
        """Whether no value is valid, as that of a property that a closed object does not have."""
        return not self.types or self.enum == {}

    @property
    def is_anything(self) -> bool:
        """Whether it demands nothing at all."""
        return not self.groups and self._demands_nothing_else

    @property
    def is_one_group(self) -> bool:
        """Whether it demands nothing but to be one of its alternatives."""
        return len(self.groups) == 1 and self._demands_nothing_else

    @property
    def _demands_nothing_else(self) -> bool:
        return all(
            getattr(self, item.name) == item.default
            if not callable(item.default_factory)
            else not getattr(self, item.name)
            for item in fields(self)
            if item.name not in _SAYS_NOTHING
        )


_SAYS_NOTHING = {
    "pointer", "groups", "singles", "read_only", "write_only", "deprecated", "xml", "default",
    "notes",
}  # fmt: skip
