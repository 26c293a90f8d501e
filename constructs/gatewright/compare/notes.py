"""Differences in words for people."""

from collections.abc import Iterator

from gatewright.compare.canonical import exact, listed
from gatewright.compare.finding import Finding
from gatewright.compare.source import Located

_KEYS = frozenset(
    {
        "summary", "description", "tags", "externalDocs", "example", "examples", "links", "title",
        "termsOfService", "contact", "license",
    }
)  # fmt: skip


def note_findings(old: Located, new: Located, place: str) -> Iterator[Finding]:
    """Descriptions, examples, tags, links and extensions of two mappings that differ."""
    keys = dict.fromkeys(
        key for holder in (old, new) for key in holder.value if key in _KEYS or key[:2] == "x-"
    )
    changed = [key for key in keys if exact(old.value.get(key)) != exact(new.value.get(key))]
    if changed:
        text = f"{listed(changed)} changed"
        yield Finding("documentation-changed", place, text, new.pointer)
