"""What a text can mean: parameters and forms are sent as text, whatever their types are."""

import json
import re
from collections.abc import Iterator
from typing import Any

from described.schemas import Schemas

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_INTEGER = re.compile(r"-?[0-9]+")
_WORDS = {"true": True, "false": False, "null": None}


def readings(text: str) -> Iterator[Any]:
    """The text itself, and the number, flag or null that it may be."""
    yield text
    if _INTEGER.fullmatch(text) and len(text) < 4000:
        yield int(text)
    elif _NUMBER.fullmatch(text):
        yield json.loads(text)
    elif text in _WORDS:
        yield _WORDS[text]


def reading(text: str, schema: Any, schemas: Schemas) -> Any:
    """The first reading that ``schema`` allows, or the text."""
    return next((value for value in readings(text) if not schemas.problem(value, schema)), text)
