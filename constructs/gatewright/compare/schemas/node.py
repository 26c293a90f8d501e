"""A place in a document where a schema is."""

from dataclasses import dataclass

from gatewright.compare.source import Located, component_name, reference_of


@dataclass(frozen=True, eq=False)
class Node:
    """Schemas that hold together, as of one property that several parts of an ``allOf`` have.

    No part at all is what accepts everything. ``only`` leaves some types of it; it is set where a
    plain schema is compared with alternatives.
    """

    parts: tuple[Located, ...] = ()
    only: frozenset[str] | None = None

    @property
    def key(self) -> tuple[object, ...]:
        """The same for nodes that mean the same."""
        only = self.only and tuple(sorted(self.only))
        return (*sorted({part.pointer for part in self.parts}), only)

    @property
    def name(self) -> str | None:
        """The name of the component that this is, or refers to."""
        if len(self.parts) != 1:
            return None
        reference = reference_of(self.parts[0].value)
        return component_name(reference[1:] if reference else self.parts[0].pointer)

    @property
    def pointer(self) -> str:
        """Where it is, or the first of its parts."""
        return self.parts[0].pointer if self.parts else ""

    def and_also(self, other: "Node") -> "Node":
        """What meets both."""
        own = {part.pointer for part in self.parts}
        return Node((*self.parts, *(part for part in other.parts if part.pointer not in own)))


ANYTHING = Node()


def forbidden(pointer: str) -> Node:
    """What nothing meets, since the object at ``pointer`` is closed."""
    return Node((Located(False, f"{pointer}/additionalProperties"),))
