"""A row of the table by which changes are judged."""

from dataclasses import dataclass

from gatewright.compare.change import Verdict


@dataclass(frozen=True)
class Rule:
    """One kind of change.

    ``what`` completes "this happened:", ``why`` is the reason of the verdict, and ``remedy`` what
    makes a breaking change compatible; it is empty for the others.
    """

    kind: str
    what: str
    verdict: Verdict
    why: str
    remedy: str = ""


def breaks(kind: str, what: str, why: str, remedy: str) -> Rule:
    """A kind of change that breaks callers."""
    return Rule(kind, what, "breaking", why, remedy)


def keeps(kind: str, what: str, why: str) -> Rule:
    """A kind of change that no caller minds."""
    return Rule(kind, what, "compatible", why)


def words(kind: str, what: str, why: str) -> Rule:
    """A kind of change of what people read, and nobody else."""
    return Rule(kind, what, "documentation", why)
