"""The document being imported, its references, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


class ImportRefusedError(ValueError):
    """API Gateway does not import this document. The message lists every reason."""


@dataclass(frozen=True)
class Document:
    """An OpenAPI document and the errors found in it so far."""

    content: Mapping[str, Any]
    errors: list[str] = field(default_factory=list)

    def refuse(self, reason: str) -> None:
        """Note a reason for which API Gateway refuses the document."""
        if reason not in self.errors:
            self.errors.append(reason)

    def raise_errors(self) -> None:
        """ImportRefusedError when a reason was noted."""
        if self.errors:
            raise ImportRefusedError("Errors found during import:\n\t" + "\n\t".join(self.errors))

    def resolve(self, node: Any) -> Mapping[str, Any]:
        """The object that the node is or refers to; empty, and noted, when there is none."""
        seen: set[str] = set()
        while isinstance(node, Mapping) and isinstance(node.get("$ref"), str):
            reference = node["$ref"]
            if reference in seen:
                self.refuse(f"The reference {reference} refers to itself")
                return {}
            seen.add(reference)
            node = self._target(reference)
        return node if isinstance(node, Mapping) else {}

    def section(self, *names: str) -> Mapping[str, Any]:
        """The object at this place of the document, empty when absent."""
        node: Any = self.content
        for name in names:
            node = node.get(name) if isinstance(node, Mapping) else None
        return node if isinstance(node, Mapping) else {}

    def _target(self, reference: str) -> Any:
        node: Any = self.content
        if not reference.startswith("#/"):
            node = None
        for token in reference[2:].split("/"):
            token = token.replace("~1", "/").replace("~0", "~")
            node = node.get(token) if isinstance(node, Mapping) else None
        if node is None:
            self.refuse(f"Unable to resolve the reference {reference}")
        return node


def check_version(content: Mapping[str, Any]) -> None:
    """ImportRefusedError unless this is OpenAPI 3.0, the version that API Gateway imports."""
    version = str(content.get("openapi", ""))
    if not version.startswith("3.0"):
        found = f"openapi {version}" if version else "no `openapi` key"
        raise ImportRefusedError(
            f"Invalid OpenAPI input: found {found}. API Gateway imports OpenAPI 3.0; "
            "write `openapi: 3.0.1`"
        )
