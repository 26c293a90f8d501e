"""Bounds of numbers, texts, lists and objects, so that the tighter of two is the greater."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import isfinite
from typing import Any

_SIGNS = {
    "minimum": ("range", 1),
    "maximum": ("range", -1),
    "minLength": ("length", 1),
    "maxLength": ("length", -1),
    "minItems": ("length", 1),
    "maxItems": ("length", -1),
    "minProperties": ("length", 1),
    "maxProperties": ("length", -1),
}
KEYWORDS = frozenset(_SIGNS)
EXCLUSIVE = {"exclusiveMinimum": "minimum", "exclusiveMaximum": "maximum"}

TYPES = {
    "minimum": frozenset({"integer", "fraction"}),
    "maximum": frozenset({"integer", "fraction"}),
    "minLength": frozenset({"string"}),
    "maxLength": frozenset({"string"}),
    "minItems": frozenset({"array"}),
    "maxItems": frozenset({"array"}),
    "minProperties": frozenset({"object"}),
    "maxProperties": frozenset({"object"}),
}
"""The types of values that a bound is about."""


@dataclass(frozen=True, order=True)
class Bound:
    """``tightness`` orders bounds of one keyword; ``words`` is how the document has it."""

    tightness: tuple[Fraction, bool]
    words: str


def fact_of(keyword: str) -> str:
    """``range`` or ``length``: what rules call it."""
    return _SIGNS[keyword][0]


def is_number(value: Any) -> bool:
    """A number of JSON; a flag is none, though Python's is, and neither is infinity."""
    if isinstance(value, float):
        return isfinite(value)
    return isinstance(value, int) and not isinstance(value, bool)


def exactly(number: float) -> Fraction:
    """A number as the document has it: 0.1 is a tenth, which no float is."""
    return Fraction(number) if isinstance(number, int) else Fraction(repr(number))


def read_bounds(raw: dict[str, Any], is_30: bool) -> Iterator[tuple[str, Bound]]:
    """The bounds of a schema. Of two that say the same, as in 3.1, both come."""
    for keyword, (_, sign) in _SIGNS.items():
        value: Any = raw.get(keyword)
        if is_number(value):
            exclusive = "exclusive" + keyword[0].upper() + keyword[1:]
            excluded = is_30 and raw.get(exclusive) is True
            words = f"{exclusive if excluded else keyword} {value}"
            yield keyword, Bound((sign * exactly(value), excluded), words)
    for exclusive, keyword in EXCLUSIVE.items():
        value = raw.get(exclusive, "")
        if is_number(value) and not is_30:
            sign = _SIGNS[keyword][1]
            yield keyword, Bound((sign * exactly(value), True), f"{exclusive} {value}")


def of_integers(bound: Bound) -> Bound:
    """The same for whole numbers: above 0 is from 1 on."""
    value, excluded = bound.tightness
    least = Fraction(value.__floor__() + 1 if excluded else value.__ceil__())
    return Bound((least, False), bound.words)


def says_nothing(keyword: str, bound: Bound) -> bool:
    """Nothing has less than no characters."""
    return keyword.startswith("min") and keyword != "minimum" and bound.tightness[0] <= 0
