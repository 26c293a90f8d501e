"""What is wrong with an integration."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Flaw:
    """Why an operation cannot be answered so, and what to do about it.

    ``place`` is ``file:line`` where that is not the integration's own.
    """

    reason: str
    remedy: str
    place: str = ""
