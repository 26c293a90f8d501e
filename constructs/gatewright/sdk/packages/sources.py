"""The generated sources of one client, from which its packages are made."""

from dataclasses import dataclass
from pathlib import Path

from gatewright.sdk.document import ApiDocument
from gatewright.sdk.names import Names


@dataclass(frozen=True, kw_only=True)
class Sources:
    """``folder`` has the sources; ``language`` is their language's name."""

    document: ApiDocument
    names: Names
    language: str
    folder: Path

    @property
    def title(self) -> str:
        """What errors call it: ``foods-v2, python``."""
        return f"{self.names.api}, {self.language}"
