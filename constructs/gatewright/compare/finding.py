"""A difference before it is told of an operation."""

from dataclasses import dataclass

from gatewright.compare.change import Change, Side
from gatewright.compare.rules import RULES


@dataclass(frozen=True)
class Finding:
    """What changed, where in the operation, and where in which document."""

    kind: str
    place: str
    text: str
    pointer: str
    document: Side = "new"

    def of(self, operation: str, operation_id: str) -> Change:
        """The change of an operation, judged by the table."""
        rule = RULES[self.kind]
        return Change(
            kind=self.kind,
            verdict=rule.verdict,
            operation=operation,
            operation_id=operation_id,
            place=self.place,
            pointer=self.pointer,
            text=self.text,
            why=rule.why,
            document=self.document,
        )
