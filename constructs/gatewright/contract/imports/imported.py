"""What an import makes: a contract document, and what somebody should know about it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from gatewright.contract.document import JsonObject

ToldKind = Literal["open", "closed", "left", "kept", "platform"]

HEADINGS: dict[ToldKind, str] = {
    "open": "Anybody may call these, as before: the file says security: []",
    "closed": "Not carried over, and refused until you choose who may call",
    "kept": "Kept in the file, where the next command says whether it can be served",
    "left": "Not carried over",
    "platform": "For platform.yaml",
}


class ImportingError(Exception):
    """A source that no contract can be made of. The text says why and what to do."""


@dataclass
class Imported:
    """``document`` is OpenAPI 3.0 or Swagger 2.0; ``told`` has each text once, by its kind.

    ``open`` are operations that ask callers for nothing; ``closed`` what stood between callers and
    an operation and cannot; ``left`` what has no place here; ``kept`` what the reader judges;
    ``platform`` what `platform.yaml` says instead.
    """

    document: JsonObject = field(default_factory=dict)
    told: dict[ToldKind, dict[str, list[str]]] = field(default_factory=dict)

    def tell(self, kind: ToldKind, text: str, *places: str) -> None:
        """Note ``text``, and the places that it is about."""
        known = self.told.setdefault(kind, {}).setdefault(text, [])
        known += [place for place in places if place not in known]

    def include(self, others: Iterable["Imported"]) -> None:
        """Take over what others tell."""
        for other in others:
            for kind, texts in other.told.items():
                for text, places in texts.items():
                    self.tell(kind, text, *places)


def report(source: str, made: Imported) -> str:
    """What was done, for people."""
    items = made.document.get("paths", {}).values()
    count = sum(len([name for name in item if name != "parameters"]) for item in items)
    lines = [f"{source}: {count} operation{'' if count == 1 else 's'}"]
    for kind, heading in HEADINGS.items():
        if texts := made.told.get(kind):
            lines += ["", heading]
        for text, places in (texts or {}).items():
            lines.append(f"  {text}")
            lines += [f"    {place}" for place in places]
    return "\n".join(lines)
