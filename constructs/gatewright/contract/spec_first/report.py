"""What was found in a description, for people: of each kind a few places, and how many."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gatewright.contract.problems import Problem
from gatewright.contract.spec_first.findings import Note, NoteKind
from gatewright.contract.spec_first.read import ReadDescription

_HEADINGS: dict[NoteKind, str] = {
    "rewritten": "Rewritten, with the same meaning",
    "documents": "Documents only: the gateway is not told",
    "ask": "Above a default quota",
}


@dataclass(frozen=True)
class _Found:
    """One finding: what is said, where, and what to do; the last may be empty."""

    text: str
    place: str
    remedy: str = ""


def report(file: str, found: ReadDescription, *, places: int | None) -> str:
    """The whole report. ``places`` is the most to name of one kind; None names all."""
    parts = [_verdict(file, found)]
    refused = [_Found(p.reason, _place(p), p.remedy) for p in found.problems]
    parts += _section("Refused", refused, places)
    for kind, heading in _HEADINGS.items():
        notes = [_Found(note.text, _place(note)) for note in found.notes if note.kind == kind]
        parts += _section(heading, notes, places)
    return "\n".join(parts)


def _verdict(file: str, found: ReadDescription) -> str:
    if found.contract is None:
        count = len(found.problems)
        return f"{file} is refused: {count} problem{'' if count == 1 else 's'}"
    count = len(list(found.contract.operations()))
    return f"{file} can be served: {count} operation{'' if count == 1 else 's'}"


def _section(heading: str, found: list[_Found], places: int | None) -> Iterator[str]:
    if not found:
        return
    yield f"\n{heading} ({len(found)})"
    for alike in _alike(found):
        yield f"  {alike[0].text}"
        for item in alike[:places]:
            yield f"    at {item.place}"
        if places is not None and len(alike) > places:
            yield f"    and {len(alike) - places} more (--all names them)"
        if alike[0].remedy:
            yield f"    remedy: {alike[0].remedy}"


def _alike(found: Iterable[_Found]) -> list[list[_Found]]:
    """Findings by what they say; the most frequent kinds first."""
    groups: dict[tuple[str, str], list[_Found]] = {}
    for item in found:
        groups.setdefault((item.text, item.remedy), []).append(item)
    return sorted(groups.values(), key=len, reverse=True)


def _place(item: Problem | Note) -> str:
    parts = (item.source, item.operation, item.pointer)
    return "  ".join(part for part in parts if part)
