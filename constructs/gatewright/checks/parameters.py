"""UserParameters of a Lambda action: JSON that somebody wrote, read field by field."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

_NO_DEFAULT: Any = object()
_SHOWN = 80


class ParameterError(Exception):
    """A field of UserParameters is wrong. The text names it and says what is allowed."""


class Parameters:
    """The fields of UserParameters, a JSON object of at most 1,000 characters.

    Each method reads one field and raises ParameterError when it is not what the method promises;
    with a ``default`` it may be left out. ``known`` are all fields that the action has: others are
    refused, since a misspelt one would otherwise be one that is ignored.
    AWS: "Lambda invoke action reference", ActionDeclaration.
    """

    def __init__(self, text: str, known: Sequence[str]) -> None:
        try:
            found = json.loads(text or "{}")
        except ValueError as error:
            raise ParameterError(f"UserParameters is not JSON: {error}.") from None
        if not isinstance(found, dict):
            raise ParameterError("UserParameters must be a JSON object of fields.")
        unknown = sorted(found.keys() - set(known))
        if unknown:
            raise ParameterError(
                f'UserParameters: unknown field "{unknown[0]}"; known are {", ".join(known)}.'
            )
        self._found: Mapping[str, Any] = found

    def given(self, name: str) -> bool:
        """Whether the field is there."""
        return name in self._found

    def text(self, name: str, *, default: str = _NO_DEFAULT, pattern: str = ".+") -> str:
        """A text that ``pattern``, a regular expression, matches as a whole."""
        value = self._value(name, default)
        if value is default:
            return str(default)
        if not isinstance(value, str) or not re.fullmatch(pattern, value):
            like = "a text" if pattern == ".+" else f"a text like {pattern}"
            raise _wrong(name, like, value)
        return value

    def number(
        self, name: str, *, least: float, most: float, default: float = _NO_DEFAULT
    ) -> float:
        """A number from ``least`` to ``most``."""
        value = self._value(name, default)
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if not is_number or not least <= value <= most:
            raise _wrong(name, f"a number from {least:g} to {most:g}", value)
        return float(value)

    def whole(self, name: str, *, least: int, most: int, default: int = _NO_DEFAULT) -> int:
        """A whole number from ``least`` to ``most``."""
        value = self._value(name, default)
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise _wrong(name, f"a whole number from {least} to {most}", value)
        return value

    def choice(self, name: str, allowed: Sequence[str], *, default: str = _NO_DEFAULT) -> str:
        """One of ``allowed``."""
        value = self._value(name, default)
        if value not in allowed:
            raise _wrong(name, " or ".join(json.dumps(choice) for choice in allowed), value)
        return str(value)

    def flag(self, name: str, *, default: bool = _NO_DEFAULT) -> bool:
        """True or false."""
        value = self._value(name, default)
        if not isinstance(value, bool):
            raise _wrong(name, "true or false", value)
        return value

    def names(self, name: str, *, default: tuple[str, ...] = _NO_DEFAULT) -> tuple[str, ...]:
        """A list of texts, not empty where it is given."""
        value = self._value(name, default)
        if value is default:
            return tuple(default)
        if not isinstance(value, list) or not value or not all(isinstance(v, str) for v in value):
            raise _wrong(name, "a list of texts", value)
        return tuple(value)

    def _value(self, name: str, default: Any) -> Any:
        value = self._found.get(name, default)
        if value is _NO_DEFAULT:
            raise ParameterError(f'UserParameters: "{name}" is missing.')
        return value


def _wrong(name: str, allowed: str, value: Any) -> ParameterError:
    shown = json.dumps(value)[:_SHOWN]
    return ParameterError(f'UserParameters: "{name}" must be {allowed}, and is {shown}.')
