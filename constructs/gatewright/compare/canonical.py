"""Values as text that is the same where the values are the same in JSON."""

import json
from typing import Any

_LENGTH = 60


def canonical(value: Any) -> str:
    """The value, with sorted names. True and 1 differ, as in JSON, and 1 and 1.0 do not."""
    return json.dumps(_plain_numbers(value), sort_keys=True, separators=(",", ":"))


def exact(value: Any) -> str:
    """As ``canonical``, many times faster; where 1 and 1.0 may differ."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"))


def shown(value: Any) -> str:
    """The value for people, cut where it is long."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LENGTH else f"{text[:_LENGTH]}..."


def noun(value: Any) -> str:
    """What a value is, in words of JSON."""
    match value:
        case None:
            return "nothing"
        case bool():
            return "true or false"
        case int() | float():
            return "a number"
        case str():
            return "a text"
        case list():
            return "a list"
    return "a mapping"


def listed(texts: list[str], most: int = 6, between: str = ", ") -> str:
    """Some texts for people: ``a, b and 3 more``."""
    if len(texts) <= most:
        return between.join(texts)
    return f"{between.join(texts[:most])} and {len(texts) - most} more"


def _plain_numbers(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain_numbers(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_plain_numbers(item) for item in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value
