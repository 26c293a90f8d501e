"""`x-amazon-apigateway-request-validators` become request validators.

https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-request-validators.html
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from local.gaps.openapi.document import Document
from local.gaps.openapi.tree import Ids, Records

_ONE = "x-amazon-apigateway-request-validator"


@dataclass(frozen=True)
class Validators:
    """The request validators of an API and which of them is the default."""

    document: Document
    records: Records

    @classmethod
    def read(cls, document: Document, ids: Ids) -> Validators:
        """Every validator that the document declares."""
        records: Records = {}
        for name, settings in document.section("x-amazon-apigateway-request-validators").items():
            record = {
                "id": ids.of(name),
                "name": name,
                "validateRequestBody": bool(settings.get("validateRequestBody", False)),
                "validateRequestParameters": bool(settings.get("validateRequestParameters", False)),
            }
            records[str(record["id"])] = record
        return cls(document, records)

    def id_for(self, operation: Mapping[str, Any], where: str) -> str | None:
        """The id of the operation's validator, else of the API's, else None."""
        name = operation.get(_ONE, self.document.content.get(_ONE))
        if name is None:
            return None
        for record in self.records.values():
            if record["name"] == name:
                return str(record["id"])
        self.document.refuse(f"Invalid request validator '{name}' specified for {where}")
        return None
