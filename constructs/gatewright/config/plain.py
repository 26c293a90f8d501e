"""Reading the plain values of a document, where nothing is sure to be of the expected kind."""

import math

from gatewright.config.document import Value


def get(value: Value, name: str) -> Value:
    """Return the named value of a mapping, and None of anything else."""
    return value.get(name) if isinstance(value, dict) else None


def mapping(value: Value, name: str) -> dict[str, Value]:
    """Return the named mapping of a mapping, or an empty one."""
    found = get(value, name)
    return found if isinstance(found, dict) else {}


def answering(version: Value) -> tuple[str, str] | None:
    """Return what answers a version, as ``("handler", "shop.handler:answer")``."""
    for name in ("routes", "handler", "wsgi", "chalice"):
        found = get(version, name)
        if isinstance(found, str):
            return name, found
    return None


def names(value: Value, name: str) -> list[tuple[int, str]]:
    """Return the texts of the named list, each with its index."""
    found = get(value, name)
    items = found if isinstance(found, tuple) else ()
    return [(index, item) for index, item in enumerate(items) if isinstance(item, str)]


def number(value: Value, name: str) -> float:
    """Return the named number, or one that every comparison with is false."""
    found = get(value, name)
    if isinstance(found, int | float) and not isinstance(found, bool):
        return found
    return math.nan
