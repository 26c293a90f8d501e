"""What is wrong with a contract, told so that somebody can mend it."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing to mend.

    ``operation`` is like ``PUT /add_food/{food}``, or what was being read when there is no
    operation. ``pointer`` is a JSON pointer (RFC 6901) into the contract's document, ``source``
    a ``file:line``; either may be empty.
    """

    operation: str
    reason: str
    remedy: str
    pointer: str = ""
    source: str = ""

    def __str__(self) -> str:
        place = f" ({self.source})" if self.source else ""
        at = f"\n  at: {self.pointer}" if self.pointer else ""
        return f"{self.operation}{place}: {self.reason}{at}\n  remedy: {self.remedy}"


class ContractError(Exception):
    """A contract cannot be read, or promises what cannot be kept. All problems at once."""

    def __init__(self, contract: str, problems: Iterable[Problem]) -> None:
        self.contract = contract
        self.problems = tuple(problems)
        super().__init__(contract, self.problems)

    def __str__(self) -> str:
        count = len(self.problems)
        heading = f"{self.contract}: {count} problem{'' if count == 1 else 's'} in the contract"
        return "\n".join([heading, *map(str, self.problems)])
