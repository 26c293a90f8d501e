"""Documents in files."""

import json
import math
from pathlib import Path
from typing import Any

import yaml

from gatewright.compare.change import CompareError
from gatewright.config import yaml_text
from gatewright.config.problems import ConfigError
from gatewright.contract.document import JsonObject

_MOST_VALUES = 10_000_000


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
            f"{file} holds no OpenAPI document but {type(document).__name__}: "
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
    try:
        if yaml_text.nested_too_deeply(text):
            raise RecursionError
        loaded = yaml.load(text, Loader=yaml_text.CoreSchemaLoader)  # noqa: S506 - a safe one
        return _plain(loaded, [_MOST_VALUES])
    except (yaml.YAMLError, ConfigError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{file}:{mark.line + 1}:{mark.column + 1}" if mark else str(file)
        reason = getattr(error, "problem", None) or str(error)
        raise CompareError(f"{place} is neither JSON nor YAML: {reason}; mend it there") from error


def _plain(value: Any, left: list[int]) -> Any:
    """As JSON has it: names are text, as of statuses without quotes. Aliases are written out, of
    which a few lines can make more than memory holds: ``left`` counts down."""
    left[0] -= 1
    if left[0] < 0:
        raise ValueError("its aliases stand for too much")
    if isinstance(value, dict):
        return {_name(name): _plain(item, left) for name, item in value.items()}
    if isinstance(value, list):
        return [_plain(item, left) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value if isinstance(value, bool | int | float | str) or value is None else str(value)


def _name(name: Any) -> str:
    return str(name).lower() if isinstance(name, bool) else str(name)
