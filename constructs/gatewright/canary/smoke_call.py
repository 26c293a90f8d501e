"""A call of a smoke check, as the resource `Custom::CanaryBake` holds it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class SmokeCall:
    """One call, and what it must answer.

    ``resource`` is API Gateway's path of it, ``/foods/{name}``, and ``path`` the one that is
    called, with its query. ``answers`` are the statuses of success, each with its media types and
    the JSON Schema of each: ``{"200": {"application/json": {...}}}``; an empty schema is any
    content, no media type at all is any answer.
    """

    method: str
    resource: str
    path: str
    headers: Mapping[str, str]
    body: str | None
    answers: Mapping[str, Mapping[str, Any]]

    @property
    def name(self) -> str:
        """How people speak of it: ``GET /foods``."""
        return f"{self.method} {self.path}"


def smoke_calls(text: str) -> tuple[SmokeCall, ...]:
    """Read the property ``Smoke`` of the resource: JSON, or nothing for no calls."""
    return tuple(SmokeCall(**fields) for fields in json.loads(text)) if text else ()
