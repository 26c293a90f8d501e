"""What was found while a description was read: what to mend, and what became of the rest."""

from dataclasses import dataclass, field
from typing import Literal

from gatewright.contract.problems import Problem
from gatewright.contract.spec_first.node import Node, SpecError

NoteKind = Literal["rewritten", "documents", "ask"]


@dataclass(frozen=True)
class Note:
    """Something that is not refused.

    ``kind`` is ``rewritten`` (written otherwise for the gateway, with the same meaning),
    ``documents`` (the gateway is not told of it, and accepts the same requests) or ``ask`` (above
    a quota that AWS raises on request). ``operation``, ``pointer`` and ``source`` are as a
    Problem's.
    """

    kind: NoteKind
    operation: str
    text: str
    pointer: str = ""
    source: str = ""


@dataclass
class Findings:
    """Collects them. ``operation`` is what is being read, like ``GET /foods``."""

    operation: str = ""
    problems: list[Problem] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def refuse(self, node: Node, reason: str, remedy: str) -> None:
        """Add a problem at ``node``."""
        found = Problem(self.operation, reason, remedy, node.pointer, node.source)
        if found not in self.problems[-20:]:
            self.problems.append(found)

    def caught(self, error: SpecError) -> None:
        """Add the problem that an error tells of."""
        self.refuse(error.node, error.reason, error.remedy)

    def note(self, kind: NoteKind, node: Node, text: str) -> None:
        """Add a note at ``node``."""
        self.notes.append(Note(kind, self.operation, text, node.pointer, node.source))
