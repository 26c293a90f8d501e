"""What a package must have, and what came of trying it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gatewright.contract.document import METHODS, JsonObject
from gatewright.publish.errors import PublishError
from gatewright.publish.indexes.index import Package

_SPELLING = re.compile(r"[^A-Za-z0-9]")


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A package, and the contract that it must have every operation of."""

    package: Package
    document: JsonObject

    @property
    def title(self) -> str:
        """What lines and errors call it."""
        return f"{self.package.api} {self.package.version}, {self.package.language}"

    @property
    def operations(self) -> tuple[str, ...]:
        """The operationId of each operation, as letters and digits alone.

        Each language spells them in its own way, and puts something in front of a reserved word.
        """
        return tuple(_SPELLING.sub("", name).lower() for name in _operations(self.document))


def failed(candidate: Candidate, why: str) -> PublishError:
    """It does not do what it must."""
    return PublishError(
        f"{candidate.title}: the package does not work: {why}. Nothing of it was published. The "
        "contract may use a name that the language reserves; `make sdk` makes the same package."
    )


def _operations(document: JsonObject) -> Iterator[str]:
    for item in document["paths"].values():
        for method in METHODS:
            if name := item.get(method, {}).get("operationId"):
                yield name
