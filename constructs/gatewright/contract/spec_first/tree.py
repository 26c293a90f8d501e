"""Builds the values of a file, and remembers their lines."""

from dataclasses import dataclass, field
from typing import Any

from gatewright.contract.spec_first.failures import UnreadableError
from gatewright.contract.spec_first.limits import MOST_DEPTH, MOST_VALUES

Lines = dict[int, dict[str | int, int]]
"""The line of each value by the id of the object or list that holds it, and its name or index."""

_MERGE = "<<"


@dataclass
class _Open:
    """An object or list that is not complete. ``size`` counts the values inside it."""

    value: Any
    line: int
    anchor: str | None
    lines: dict[str | int, int] = field(default_factory=dict)
    key: str | None = None
    merges: list[Any] = field(default_factory=list)
    size: int = 1


class TreeBuilder:
    """Takes the parts of a text in their order; ``root`` and ``lines`` are there at the end."""

    def __init__(self) -> None:
        self.root: Any = None
        self.lines: Lines = {}
        self._open: list[_Open] = []
        self._anchors: dict[str, tuple[Any, int]] = {}

    @property
    def wants_name(self) -> bool:
        """Whether the next scalar is a name in an object."""
        # A name may be empty.
        return (
            bool(self._open)
            and isinstance(self._open[-1].value, dict)
            and self._open[-1].key is None
        )

    def open(self, value: Any, line: int, anchor: str | None = None) -> None:
        """Begin ``value``, an empty object or list. Raises UnreadableError."""
        if self.wants_name:
            raise UnreadableError(
                "an object or a list is used as a name", "use a word as the name", line
            )
        if len(self._open) >= MOST_DEPTH:
            reason = f"it has values inside values more than {MOST_DEPTH} deep"
            raise UnreadableError(reason, "name the inner ones as components", line)
        self._open.append(_Open(value, line, anchor))

    def close(self) -> None:
        """End the object or list that was begun last."""
        ended = self._open.pop()
        for merged in ended.merges:
            for name, value in merged.items():
                if name not in ended.value:
                    ended.value[name] = value
                    ended.lines[name] = self.lines.get(id(merged), {}).get(name, ended.line)
        self.lines[id(ended.value)] = ended.lines
        if ended.anchor:
            self._anchors[ended.anchor] = (ended.value, ended.size)
        self._add(ended.value, ended.size, ended.line)

    def name(self, text: str, line: int) -> None:
        """The name of the next value. Raises UnreadableError where it was there before."""
        here = self._open[-1]
        if text != _MERGE and text in here.lines:
            raise UnreadableError(
                f"'{text}' stands here a second time (first on line {here.lines[text]})",
                "remove one of them, or give it another name",
                line,
            )
        here.key = text
        if text != _MERGE:
            here.lines[text] = line

    def scalar(self, value: Any, line: int, anchor: str | None = None) -> None:
        """A text, number, boolean or null."""
        if anchor:
            self._anchors[anchor] = (value, 1)
        self._add(value, 1, line)

    def alias(self, anchor: str, line: int) -> None:
        """The value of an anchor once more. Raises UnreadableError."""
        if anchor not in self._anchors:
            reason = f"the alias *{anchor} leads to nothing that is complete before this line"
            raise UnreadableError(reason, f"write &{anchor} at a value before it", line)
        value, size = self._anchors[anchor]
        if self.wants_name:
            self.name(str(value), line)
        else:
            self._add(value, size, line)

    def _add(self, value: Any, size: int, line: int) -> None:
        if not self._open:
            self.root = value
            return
        here = self._open[-1]
        here.size += size
        if here.size > MOST_VALUES:
            reason = f"it has more than {MOST_VALUES:,} values, those of aliases counted each time"
            raise UnreadableError(reason, "split it, or use fewer aliases", line)
        if isinstance(here.value, list):
            here.lines[len(here.value)] = line
            here.value.append(value)
        elif here.key == _MERGE:
            here.merges += _merged(value, line)
        else:
            here.value[here.key] = value
        here.key = None


def _merged(value: Any, line: int) -> list[Any]:
    """What ``<<`` brings in: https://yaml.org/type/merge.html."""
    found = value if isinstance(value, list) else [value]
    if not all(isinstance(item, dict) for item in found):
        raise UnreadableError("<< brings in what is no object", "name an object after it", line)
    return found
