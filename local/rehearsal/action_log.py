"""What one action printed: a file that grows while it runs."""

import threading
from pathlib import Path
from typing import BinaryIO


class ActionLog:
    """Appends to ``path``; threads of one action may share it. Each write is there at once."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self._lock = threading.Lock()
        self._file: BinaryIO = path.open("ab", buffering=0)

    def say(self, text: str) -> None:
        """A line of the rehearsal's own."""
        self.write(f"{text}\n".encode())

    def write(self, output: bytes) -> None:
        """Output of a program, as it is."""
        with self._lock:
            self._file.write(output)

    def tail(self, lines: int) -> list[str]:
        """The last lines that are not empty."""
        text = self.path.read_text(errors="replace").splitlines()
        return [line.rstrip() for line in text if line.strip()][-lines:]

    def close(self) -> None:
        """No more output comes."""
        self._file.close()
