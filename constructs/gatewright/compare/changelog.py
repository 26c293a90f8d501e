"""What changed, for those who use an SDK."""

from collections.abc import Iterable

from gatewright.compare.change import Change
from gatewright.compare.grouping import Group, grouped

_ADDED = frozenset({"operation-added", "api-added"})
_PARTS = ("Breaking", "Added", "Changed", "Documentation")
_MOST_OPERATIONS = 4


def changelog(version: str, changes: Iterable[Change]) -> str:
    """The section of one release, as Markdown: what breaks, what is new, what changed, and words.

    Operations have the names that methods of SDKs have. What a schema brings to several operations
    is told once.
    """
    return _section(f"## {version}", changes, nothing="No changes.")


def differences(version: str, predecessor: str, changes: Iterable[Change]) -> str:
    """The section that tells users of ``predecessor``, as ``v1``, what another API version does
    otherwise."""
    heading = f"## {version}\n\n### What differs from {predecessor}"
    return _section(heading, changes, nothing="Nothing.", level="####")


def _section(heading: str, changes: Iterable[Change], *, nothing: str, level: str = "###") -> str:
    parts: dict[str, list[str]] = {title: [] for title in _PARTS}
    for group in grouped(changes):
        parts[_part(group.first)].append(_line(group))
    lines = [heading, ""]
    for title, told in parts.items():
        if told:
            lines += [f"{level} {title}", "", *dict.fromkeys(told), ""]
    if not any(parts.values()):
        lines += [nothing, ""]
    return "\n".join(lines)


def _part(change: Change) -> str:
    if change.verdict == "breaking":
        return "Breaking"
    if change.verdict == "documentation":
        return "Documentation"
    return "Added" if change.kind in _ADDED or _is_new(change.kind) else "Changed"


def _is_new(kind: str) -> bool:
    return "-added" in kind and not kind.endswith(("enum-added", "constraint-added"))


def _line(group: Group) -> str:
    names = [f"`{name}`" for name in group.operation_ids]
    text, subject = group.first.text, group.subject
    told = text if not subject or text.startswith(subject) else f"{subject}: {text}"
    why = f": {group.first.why}" if group.first.verdict == "breaking" else ""
    where = f" ({_operations(names)})" if names else ""
    return f"- {told}{where}{why}"


def _operations(names: list[str]) -> str:
    if len(names) <= _MOST_OPERATIONS:
        return ", ".join(names)
    shown = names[: _MOST_OPERATIONS - 1]
    return f"{', '.join(shown)} and {len(names) - len(shown)} others"
