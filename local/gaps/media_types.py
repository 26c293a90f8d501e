"""Finding what is kept under a content type."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

Value = TypeVar("Value")
DEFAULT = "application/json"


def media_type(content_type: str) -> str:
    """`Text/HTML; charset=utf-8` -> `text/html`. API Gateway takes no content type as JSON."""
    return content_type.split(";", 1)[0].strip().lower() or DEFAULT


def find(kept: Mapping[str, Value], content_type: str) -> Value | None:
    """The entry whose key is this content type, parameters and case aside."""
    wanted = media_type(content_type)
    for key, value in kept.items():
        if media_type(key) == wanted:
            return value
    return None
