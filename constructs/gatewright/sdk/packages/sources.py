"""The generated sources of one client, from which its packages are made."""

from dataclasses import dataclass
from pathlib import Path

from gatewright.sdk.client_names import ClientNames
from gatewright.sdk.document import ApiDocument
from gatewright.sdk.names import Names


@dataclass(frozen=True, kw_only=True)
class Sources:
    """``folder`` has the sources; ``client`` what everything is called in them."""

    document: ApiDocument
    names: Names
    client: ClientNames
    folder: Path

    @property
    def language(self) -> str:
        """The name of the sources' language."""
        return self.client.language

    @property
    def title(self) -> str:
        """What errors call it: ``foods-v2, python``."""
        return f"{self.names.api}, {self.language}"
