"""Everything that an import defines, as ministack's stores hold it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

Record = dict[str, Any]
Records = dict[str, Record]


@dataclass(frozen=True)
class Tree:
    """Records as stored: models by name, gateway responses by type, the others by id."""

    resources: Records
    authorizers: Records = field(default_factory=dict)
    models: Records = field(default_factory=dict)
    validators: Records = field(default_factory=dict)
    gateway_responses: Records = field(default_factory=dict)


@dataclass(frozen=True)
class Ids:
    """Ids that stay what they were for what keeps its path or name."""

    previous: Mapping[str, str]

    @classmethod
    def kept(cls, records: Iterable[Record], name: str) -> Ids:
        """The ids of these records by one of their fields."""
        return cls({record[name]: record["id"] for record in records})

    def of(self, name: str) -> str:
        """The id it had, or a new one."""
        from ministack.services import apigateway_v1

        return self.previous.get(name) or str(apigateway_v1._new_id())[:8]
