"""Documents in files."""

import json
import math
from pathlib import Path
from typing import Any

import yaml

from gatewright.compare.canonical import noun
from gatewright.compare.change import CompareError
from gatewright.config import yaml_text
from gatewright.config.problems import ConfigError
from gatewright.contract.document import JsonObject

_MOST_VALUES = 3_000_000
_MOST_DIGITS = 4_000


def read_openapi_file(file: Path) -> JsonObject:
    """The document in a file of JSON or YAML. Raises CompareError when there is none."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = (getattr(error, "strerror", None) or "it is not UTF-8 text").lower()
        raise CompareError(f"{file} cannot be read: {reason}; give a JSON or YAML file") from error
    try:
        document = _parsed(file, text)
    except RecursionError as error:
        raise CompareError(f"{file} is nested too deeply to be read") from error
    if not isinstance(document, dict):
        raise CompareError(
            f"{file} holds no OpenAPI document but {noun(document)}: "
            "give one that begins with `openapi:`"
        )
    return document


def _parsed(file: Path, text: str) -> Any:
    if text.lstrip().startswith("{"):
        try:
            return json.loads(text)
        except json.JSONDecodeError as error:
            place = f"{file}:{error.lineno}:{error.colno}"
            if file.suffix == ".json":
                raise CompareError(f"{place} is not JSON: {error.msg}; mend it there") from error
        except ValueError as error:  # of Python, which reads thousands of digits and not more
            reason = f"one has more than {_MOST_DIGITS} digits; write a shorter one"
            raise CompareError(f"{file} has a number that cannot be read: {reason}") from error
    try:
        if yaml_text.nested_too_deeply(text):
            raise RecursionError
        loaded = yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe one
        if _size(loaded, {}) > _MOST_VALUES:
            reason = f"more than {_MOST_VALUES} values; write fewer of them"
            raise CompareError(f"{file} has aliases that stand for {reason}")
        return _plain(loaded, {})
    except CompareError:
        raise
    except (yaml.YAMLError, ConfigError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{file}:{mark.line + 1}:{mark.column + 1}" if mark else str(file)
        reason = getattr(error, "problem", None) or str(error)
        raise CompareError(f"{place} is neither JSON nor YAML: {reason}; mend it there") from error


class _Loader(yaml_text.CoreSchemaLoader):
    """Keeps what no float can hold: two that differ must not be the same infinity."""

    def number(self, node: yaml.ScalarNode) -> float | str:
        text = str(node.value)
        if text.lstrip("+-").isdigit() and len(text) <= _MOST_DIGITS:
            return int(text)
        value = float(text)
        return value if math.isfinite(value) else text


_Loader.add_constructor(yaml_text.FLOAT, _Loader.number)


def _size(value: Any, known: dict[int, int]) -> int:
    """How many values this is with its aliases written out, of which a few lines can make more than
    memory holds. Each is counted once, by its identity. Raises ValueError for a circle."""
    if not isinstance(value, dict | list):
        return 1
    if id(value) not in known:
        known[id(value)] = -1
        items = value.values() if isinstance(value, dict) else value
        known[id(value)] = 1 + sum(_size(item, known) for item in items)
    if known[id(value)] < 0:
        raise ValueError("an alias stands for what it is in")
    return known[id(value)]


def _plain(value: Any, known: dict[int, Any]) -> Any:
    """As JSON has it: names are text, as of statuses without quotes."""
    if isinstance(value, dict | list):
        if id(value) not in known:
            known[id(value)] = (
                {_name(name): _plain(item, known) for name, item in value.items()}
                if isinstance(value, dict)
                else [_plain(item, known) for item in value]
            )
        return known[id(value)]
    return value if isinstance(value, bool | int | float | str) or value is None else str(value)


def _name(name: Any) -> str:
    return str(name).lower() if isinstance(name, bool) else str(name)
