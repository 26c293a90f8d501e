"""`components.schemas` become models, and an inline schema becomes a model with a made name.

https://docs.aws.amazon.com/apigateway/latest/developerguide/models-mappings-models.html
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from local.gaps.openapi.document import Document
from local.gaps.openapi.tree import Ids, Record, Records

_PREFIX = "#/components/schemas/"
_NAME = re.compile(r"[A-Za-z0-9]+")


@dataclass(frozen=True)
class Models:
    """The models of an API. Grows as operations are read, since these bring inline schemas."""

    api_id: str
    document: Document
    ids: Ids
    records: Records

    @classmethod
    def read(cls, api_id: str, document: Document, ids: Ids) -> Models:
        """The models of `components.schemas`."""
        models = cls(api_id, document, ids, {})
        for name, schema in document.section("components", "schemas").items():
            if not _NAME.fullmatch(name):
                document.refuse(f"Model name must be alphanumeric: {name}")
            models._add(name, schema, where=f"model '{name}'")
        return models

    def name_of(self, schema: Any, where: str) -> str | None:
        """The name of the model for the schema of a body, None without a schema."""
        if not isinstance(schema, Mapping) or not schema:
            return None
        reference = schema.get("$ref")
        if isinstance(reference, str):
            return self._referred(reference, where)
        name = (
            f"MODEL{hashlib.sha256(json.dumps(schema, sort_keys=True).encode()).hexdigest()[:10]}"
        )
        if name not in self.records:
            self._add(name, schema, where)
        return name

    def _add(self, name: str, schema: Any, where: str) -> None:
        self.records[name] = self._record(name, self._stored(schema, where))

    def _record(self, name: str, schema: Any) -> Record:
        return {
            "id": self.ids.of(name),
            "name": name,
            "description": "",
            "schema": json.dumps(schema),
            "contentType": "application/json",
        }

    def _referred(self, reference: str, where: str) -> str | None:
        name = reference.removeprefix(_PREFIX)
        if reference.startswith(_PREFIX) and name in self.document.section("components", "schemas"):
            return name
        self.document.refuse(f"Invalid model reference {reference} in {where}")
        return None

    def _stored(self, node: Any, where: str) -> Any:
        """The schema with its references as addresses of models, as API Gateway keeps them."""
        if isinstance(node, list):
            return [self._stored(child, where) for child in node]
        if not isinstance(node, Mapping):
            return node
        stored = {key: self._stored(child, where) for key, child in node.items()}
        if isinstance(node.get("$ref"), str):
            name = self._referred(node["$ref"], where)
            stored["$ref"] = (
                f"https://apigateway.amazonaws.com/restapis/{self.api_id}/models/{name}"
            )
        return stored
