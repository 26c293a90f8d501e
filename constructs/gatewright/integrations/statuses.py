"""The statuses that an integration answers with."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gatewright.contract.contract import Operation

FAILED = 502
"""What a backend's failure becomes, where nothing else is written: RFC 9110, Bad Gateway."""


def declared_statuses(operation: "Operation") -> list[int]:
    """The statuses of an operation's answers, lowest first."""
    return sorted(int(s) for s in operation.definition["responses"] if s.isdigit())


def success_status(operation: "Operation") -> int:
    """The lowest success that is declared; 200 where none is."""
    return next((s for s in declared_statuses(operation) if 200 <= s < 300), 200)
