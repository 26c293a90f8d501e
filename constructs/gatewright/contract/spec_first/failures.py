"""What makes a document, or a part of it, impossible to read."""

from dataclasses import dataclass


@dataclass(frozen=True)
class UnreadableError(Exception):
    """A file cannot be read. ``line`` counts from 1, and is 0 for the file as a whole."""

    reason: str
    remedy: str
    line: int = 0
