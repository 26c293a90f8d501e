"""The files of one description: the first one, and those that its references lead to."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gatewright.contract.spec_first.failures import UnreadableError
from gatewright.contract.spec_first.json_text import parse_json
from gatewright.contract.spec_first.limits import MOST_BYTES
from gatewright.contract.spec_first.tree import Lines, TreeBuilder
from gatewright.contract.spec_first.yaml_events import parse_yaml


@dataclass(frozen=True, eq=False)
class SourceFile:
    """A file's values. ``name`` is what people read; ``lines`` are as the TreeBuilder has them."""

    path: Path
    name: str
    root: Any = field(repr=False)
    lines: Lines = field(repr=False)

    def line(self, parts: tuple[str | int, ...]) -> int:
        """The line of the value at ``parts``, or of the nearest part of it that is there."""
        value, line = self.root, 1
        for part in parts:
            here = self.lines.get(id(value), {})
            if part not in here:
                break
            line, value = here[part], value[part]
        return line

    def place(self, parts: tuple[str | int, ...]) -> str:
        """``lambda_src/shop/openapi.yaml:12``."""
        return f"{self.name}:{self.line(parts)}"


class SourceFiles:
    """Reads each file once. ``folder`` is where all of them must be."""

    def __init__(self, folder: Path, name: Callable[[Path], str]) -> None:
        self._folder = folder.resolve()
        self._name = name
        self._read: dict[Path, SourceFile] = {}

    def read(self, path: Path) -> SourceFile:
        """The file at ``path``. Raises UnreadableError."""
        # A link is followed, or it would lead out of the folder unseen.
        path = Path(os.path.realpath(path))
        if path not in self._read:
            if not path.is_relative_to(self._folder):
                reason = f"{path.name} is outside of the folder {self._folder.name}"
                raise UnreadableError(reason, f"move it into {self._folder.name}")
            tree = _parse(path)
            self._read[path] = SourceFile(path, self._name(path), tree.root, tree.lines)
        return self._read[path]


def _parse(path: Path) -> TreeBuilder:
    text = _decoded(path)
    if path.suffix == ".json" or text.lstrip()[:1] == "{":
        try:
            return parse_json(text)
        except UnreadableError:
            # YAML may begin with a brace, too.
            if path.suffix == ".json":
                raise
    return parse_yaml(text)


def _decoded(path: Path) -> str:
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            reason = f"it has {size:,} bytes, and {MOST_BYTES:,} are read"
            raise UnreadableError(reason, "split it into several files or versions")
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableError(f"it is not UTF-8 text: {error.reason}", "save it as UTF-8") from None
    except OSError as error:
        reason = f"the file {path.name} cannot be read: {(error.strerror or str(error)).lower()}"
        raise UnreadableError(reason, "name a file that is there") from None


def parts_of(place: str) -> tuple[str, ...]:
    """The names in a JSON pointer (RFC 6901)."""
    return tuple(part.replace("~1", "/").replace("~0", "~") for part in place.split("/")[1:])
