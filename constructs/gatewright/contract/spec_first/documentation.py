"""Copies what only documents, with its references brought in."""

from typing import Any

from gatewright.contract.spec_first.node import Node
from gatewright.contract.spec_first.references import References, reference_of
from gatewright.contract.spec_first.schemas import Schemas

# Their values are anybody's, and a $ref inside is no reference.
_VALUES = {"example", "default", "value", "enum", "const"}


class Documentation:
    """Copies headers, examples, links, callbacks and bodies of answers."""

    def __init__(self, references: References, schemas: Schemas) -> None:
        self._references = references
        self._schemas = schemas
        self._open: list[object] = []

    def copy(self, node: Node) -> Any:
        """The value at ``node``. Raises SpecError for a reference that leads to nothing."""
        if reference_of(node.value) is not None:
            return self._brought_in(self._references.inlined(node))
        if isinstance(node.value, list):
            return [self.copy(item) for item in node.elements()]
        if not isinstance(node.value, dict):
            return node.value
        return {name: self._field(name, child) for name, child in node.items()}

    def _field(self, name: str, child: Node) -> Any:
        if name == "schema":
            return self._schemas.inline(child, "answer")
        if name in _VALUES or name.startswith("x-"):
            return child.value
        return self.copy(child)

    def _brought_in(self, target: Node) -> Any:
        # Callbacks may lead to their own operation again.
        if target.key in self._open:
            return {}
        self._open.append(target.key)
        try:
            return self.copy(target)
        finally:
            self._open.pop()
