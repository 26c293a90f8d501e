"""A value of a description together with where it was written."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from gatewright.contract.document import pointer
from gatewright.contract.spec_first.files import SourceFile

_KINDS = {dict: "an object", list: "a list", str: "text", bool: "true or false"}


@dataclass(frozen=True, eq=False)
class Node:
    """A value, its file, and the names that lead to it there."""

    value: Any
    file: SourceFile
    parts: tuple[str | int, ...] = ()

    @property
    def key(self) -> tuple[SourceFile, tuple[str | int, ...]]:
        """What two nodes of one place have in common."""
        return self.file, self.parts

    @property
    def pointer(self) -> str:
        """The JSON pointer (RFC 6901) to the value in its file."""
        return pointer(*self.parts)

    @property
    def source(self) -> str:
        """``file:line``."""
        return self.file.place(self.parts)

    def get(self, name: str) -> Any:
        """The value of that name, or None; also where this is no object."""
        return self.value.get(name) if isinstance(self.value, dict) else None

    def flag(self, name: str) -> bool:
        """Whether the field of that name is true. Raises SpecError unless it is a boolean."""
        return self.get(name) is not None and bool(self.child(name).expect(bool))

    def child(self, *parts: str | int) -> "Node":
        """The node inside. Raises LookupError and TypeError where there is none."""
        value = self.value
        for part in parts:
            value = value[part]
        return Node(value, self.file, (*self.parts, *parts))

    def optional(self, name: str) -> "Node | None":
        """The node of that name; None where it is absent or null."""
        return None if self.get(name) is None else self.child(name)

    def items(self) -> Iterator[tuple[str, "Node"]]:
        """The names and nodes of an object. Raises SpecError where this is none."""
        for name in self.expect(dict):
            yield name, self.child(name)

    def elements(self) -> Iterator["Node"]:
        """The nodes of a list. Raises SpecError where this is none."""
        for index in range(len(self.expect(list))):
            yield self.child(index)

    def expect(self, kind: type) -> Any:
        """The value. Raises SpecError unless it is a dict, list, str or bool, as asked."""
        if isinstance(self.value, kind):
            return self.value
        found = _KINDS.get(type(self.value), repr(self.value)[:60])
        raise SpecError(self, f"{self._name} is {found}", f"write {_KINDS[kind]}")

    @property
    def _name(self) -> str:
        return next((str(p) for p in reversed(self.parts) if isinstance(p, str)), "the document")


class SpecError(Exception):
    """A part of a description that cannot be taken as it is written, and what to do about it."""

    def __init__(self, node: Node, reason: str, remedy: str) -> None:
        self.node, self.reason, self.remedy = node, reason, remedy
        super().__init__(reason)
