"""What the command line asked for, handed to every measurement."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Options:
    """``runs`` of each thing; ``seconds`` of load at a time; ``work`` is a folder to write in.

    ``routes`` are the sizes of the API that is synthesised; ``say`` prints one line of progress.
    """

    runs: int
    seconds: int
    routes: tuple[int, ...]
    work: Path
    say: Callable[[str], None]
