"""Counts of answers, which can be added up over threads and jobs."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

_DIGITS = 3


def rounded_up(microseconds: int) -> int:
    """A time to three significant digits, never less than it was."""
    step: int = 10 ** max(len(str(microseconds)) - _DIGITS, 0)
    return -(-microseconds // step) * step


@dataclass
class Tally:
    """Answers by how long they took, in microseconds to three digits, and by status.

    A status is a number, or ``no answer``. ``errors`` are those that were no success.
    """

    times: Counter[int] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)
    errors: int = 0

    def add(self, seconds: float, status: str, *, success: bool) -> None:
        """Count one answer."""
        self.times[rounded_up(round(seconds * 1_000_000))] += 1
        self.statuses[status] += 1
        self.errors += not success

    def merge(self, other: "Tally") -> None:
        """Add the counts of ``other``."""
        self.times += other.times
        self.statuses += other.statuses
        self.errors += other.errors

    @property
    def requests(self) -> int:
        """How many there were."""
        return self.times.total()

    @property
    def error_share(self) -> float:
        """Errors among all, from 0 to 1."""
        return self.errors / self.requests if self.requests else 0.0

    def percentile_ms(self, percent: float) -> float:
        """The time within which ``percent`` of the answers came, by nearest rank, in milliseconds.

        That is the shortest time that so many of them do not exceed: one that was measured, and
        none in between.
        """
        rank = max(-(-self.requests * percent // 100), 1)
        seen = 0
        for time in sorted(self.times):
            seen += self.times[time]
            if seen >= rank:
                return time / 1000
        return 0.0

    def as_json(self) -> dict[str, Any]:
        """What ``read_tally`` takes."""
        return {
            "times_us": {str(time): count for time, count in sorted(self.times.items())},
            "statuses": dict(sorted(self.statuses.items())),
            "errors": self.errors,
        }


def read_tally(found: Mapping[str, Any]) -> Tally:
    """A tally from its JSON."""
    return Tally(
        times=Counter({int(time): count for time, count in found["times_us"].items()}),
        statuses=Counter(found["statuses"]),
        errors=found["errors"],
    )
