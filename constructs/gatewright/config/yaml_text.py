"""From a file to YAML nodes, by the rules that editors use."""

from pathlib import Path
from typing import NoReturn

import yaml
from yaml.reader import Reader

from gatewright.config.problems import ConfigError, Problem
from gatewright.yaml12 import BOOL, FLOAT, INT, MERGE, NULL, STR, CoreSchemaLoader

__all__ = [
    "BOOL",
    "FLOAT",
    "INT",
    "MERGE",
    "NULL",
    "STR",
    "CoreSchemaLoader",
    "compose",
    "nested_too_deeply",
]

MOST_DEPTH = 200


def compose(path: Path) -> yaml.Node | None:
    """Read a file into YAML nodes; None means that it holds nothing but comments.

    Raises ConfigError when the file cannot be read, is not UTF-8 or is not YAML.
    """
    text = _decoded(path)
    try:
        if place := nested_too_deeply(text):
            allowed = f"values nested at most {MOST_DEPTH} deep"
            _refuse(path, "deeper nesting", allowed, "write fewer brackets", *place)
        return yaml.compose(text, Loader=CoreSchemaLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        rows = text.splitlines()
        row = rows[line - 1] if line <= len(rows) else ""
        context = f" ({error.context})" if error.context else ""
        found = f"{error.problem}{context}".removeprefix("found ")
        _refuse(path, found, "YAML", _syntax_remedy(row), line, column)


def nested_too_deeply(text: str) -> tuple[int, int] | None:
    """The line and column where YAML is nested deeper than anybody writes it.

    PyYAML's loader in C ends the process there. Raises yaml.YAMLError.
    """
    depth = 0
    for event in yaml.parse(text, Loader=CoreSchemaLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MOST_DEPTH and (mark := event.start_mark):
            return mark.line + 1, mark.column + 1
    return None


def _syntax_remedy(row: str) -> str:
    if "\t" in row:
        return "YAML is indented with spaces: replace the tab"
    return f"look at this line and the one before it: {row.strip()!r}" if row.strip() else ""


def _decoded(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        remedy = "create it, or give the path of the platform file to use"
        reason = (error.strerror or str(error)).lower()
        _refuse(path, f"a file that cannot be read: {reason}", "a readable YAML file", remedy)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        found = f"the byte 0x{data[error.start]:02x}, which is not UTF-8 text"
        _refuse(path, found, "UTF-8 text", "save the file as UTF-8", *_place_after(before))
    if unprintable := Reader.NON_PRINTABLE.search(text):
        found = f"the control character U+{ord(unprintable.group()):04X}"
        before = text[: unprintable.start()]
        _refuse(path, found, "printable text", "delete the character", *_place_after(before))
    return text


def _place_after(before: str) -> tuple[int, int]:
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def _refuse(
    path: Path,
    found: str,
    allowed: str,
    remedy: str,
    line: int | None = None,
    column: int | None = None,
) -> NoReturn:
    raise ConfigError([Problem(str(path), line, column, "", found, allowed, remedy)])
