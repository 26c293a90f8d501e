"""What to do about breaking changes that nobody wrote down."""

import json
from collections.abc import Iterable, Iterator

from gatewright.compare.grouping import Group
from gatewright.compare.rules import RULES


def declaration(api: str, groups: Iterable[Group]) -> str:
    """The lines that declare the changes, to paste into ``contracts/breaking.yaml``.

    A schema that several operations have in common is declared once, by its pointer.
    """
    lines = [f"{api}:"]
    for group in groups:
        for fields in _entries(group):
            first, *others = (f"{name}: {_scalar(value)}" for name, value in fields.items())
            lines.append(f"  - {first}")
            lines += [f"    {line}" for line in others]
            lines.append("    reason:  # why callers can bear it")
    return "\n".join(lines)


def compatible_way(group: Group) -> str:
    """How to have the same without breaking anybody."""
    return RULES[group.first.kind].remedy


def _entries(group: Group) -> Iterator[dict[str, str]]:
    kind = group.first.kind
    if group.is_shared and len(group.changes) > 1:
        yield {"kind": kind, "place": group.first.pointer}
        return
    for change in group.changes:
        fields = {"kind": kind, "operation": change.operation, "place": change.place}
        yield {name: value for name, value in fields.items() if value}


def _scalar(text: str) -> str:
    # JSON's texts are YAML's; most need no quotes.
    plain = text[0].isalpha() or text[0] == "/"
    if plain and not set(text) & set(":#'\"\\") and text == text.strip():
        return text
    return json.dumps(text, ensure_ascii=False)
