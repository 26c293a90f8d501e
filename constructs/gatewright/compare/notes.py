"""Differences in words for people."""

from collections.abc import Iterator
from typing import Any

from gatewright.compare.canonical import exact, listed
from gatewright.compare.finding import Finding
from gatewright.compare.source import Located

_KEYS = frozenset(
    {
        "summary", "description", "tags", "externalDocs", "example", "examples", "links", "title",
        "termsOfService", "contact", "license",
    }
)  # fmt: skip


_NAMES = frozenset(
    {
        "properties", "patternProperties", "responses", "headers", "content", "callbacks",
        "encoding", "$defs", "definitions", "dependentSchemas", "mapping",
    }
)  # fmt: skip
"""What holds things by names of their own, which may be those of words."""
_VALUES = frozenset({"enum", "const", "default"})


def without_words(value: Any, *, named: bool = False) -> Any:
    """A part of a document as programs read it. ``named`` tells that its keys are names."""
    if isinstance(value, list):
        return [without_words(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        key: item
        if key in _VALUES and not named
        else without_words(item, named=not named and key in _NAMES)
        for key, item in value.items()
        if named or not (key in _KEYS or key[:2] == "x-")
    }


def note_findings(old: Located, new: Located, place: str) -> Iterator[Finding]:
    """Descriptions, examples, tags, links and extensions of two mappings that differ."""
    keys = dict.fromkeys(
        key for holder in (old, new) for key in holder.value if key in _KEYS or key[:2] == "x-"
    )
    changed = [key for key in keys if exact(old.value.get(key)) != exact(new.value.get(key))]
    if changed:
        text = f"{listed(changed)} changed"
        yield Finding("documentation-changed", place, text, new.pointer)
