"""How the single values that two schemas accept differ."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from gatewright.compare.canonical import canonical, listed, shown
from gatewright.compare.schemas import bounds
from gatewright.compare.schemas.fact import Fact
from gatewright.compare.schemas.types import ALL, NULL, told
from gatewright.compare.schemas.view import View

_ARRAY = frozenset({"array"})
_STRING = frozenset({"string"})
_NUMBERS = frozenset({"integer", "fraction"})
_WITHIN = frozenset({("int32", "int64"), ("float", "double")})


def value_facts(old: View, new: View) -> Iterator[Fact]:
    """Differences in types, lists of values, bounds, formats, patterns and defaults.

    A demand on a type that one of the two does not accept says nothing about the other.
    """
    yield from _types(old, new)
    common = old.types & new.types
    if common:
        yield from _enum(old, new)
        yield from _bounds(old, new, common)
        yield from _formats(old, new)
        if common & _STRING:
            yield from _patterns(old, new)
        if common & _NUMBERS:
            yield from _multiples(old, new)
        if common & _ARRAY and old.unique != new.unique:
            fact = "unique-items-added" if new.unique else "unique-items-removed"
            yield Fact(fact, f"uniqueItems became {str(new.unique).lower()}", new.pointer)
    yield from _default(old, new)


def _types(old: View, new: View) -> Iterator[Fact]:
    gone, come = old.types - new.types, new.types - old.types
    # Null is told apart, unless it is all that is valid, or one of all types.
    if ALL not in (old.types, new.types) and old.types - NULL and new.types - NULL:
        if gone & NULL:
            yield Fact("became-not-nullable", "null is not valid any more", new.pointer)
        if come & NULL:
            yield Fact("became-nullable", "null is valid", new.pointer)
        gone, come = gone - NULL, come - NULL
    text = f"type {told(old.types)} became {told(new.types)}"
    if gone and come:
        yield Fact("type-changed", text, new.pointer)
    elif gone or come:
        yield Fact("type-narrowed" if gone else "type-widened", text, new.pointer)


def _enum(old: View, new: View) -> Iterator[Fact]:
    if old.enum is None or new.enum is None:
        either = new.enum if old.enum is None else old.enum
        if either is not None:
            fact, verb = ("enum-added", "became") if old.enum is None else ("enum-removed", "was")
            text = f"the list of valid values {verb} {_values(list(either.values()))}"
            yield Fact(fact, text, new.pointer, "new" if old.enum is None else "old")
        return
    unlike = {"null"} if (old.types ^ new.types) & NULL else set()
    for fact, one, other, text in (
        ("enum-value-removed", old.enum, new.enum, "is gone from the valid values"),
        ("enum-value-added", new.enum, old.enum, "is new among the valid values"),
    ):
        values = [value for key, value in one.items() if key not in other and key not in unlike]
        if values:
            text = text if len(values) == 1 else text.replace("is ", "are ", 1)
            yield Fact(fact, f"{_values(values)} {text}", new.pointer)


def _values(values: list[Any]) -> str:
    return listed([shown(value) for value in values])


def _bounds(old: View, new: View, common: frozenset[str]) -> Iterator[Fact]:
    for keyword in dict.fromkeys([*old.bounds, *new.bounds]):
        before, after = old.bounds.get(keyword), new.bounds.get(keyword)
        if not bounds.TYPES[keyword] & common:
            continue
        kind = bounds.fact_of(keyword)
        if after is None and before is not None:
            yield Fact(f"{kind}-widened", f"{before.words} is gone", new.pointer)
        elif before is None and after is not None:
            yield Fact(f"{kind}-narrowed", f"{after.words} is new", new.pointer)
        elif before and after and before.tightness != after.tightness:
            relation = "narrowed" if after.tightness > before.tightness else "widened"
            text = f"{before.words} became {after.words}"
            yield Fact(f"{kind}-{relation}", text, new.pointer)


def _formats(old: View, new: View) -> Iterator[Fact]:
    gone, come = sorted(old.formats - new.formats), sorted(new.formats - old.formats)
    text = f"format {' and '.join(gone) or 'none'} became {' and '.join(come) or 'none'}"
    if gone and come:
        pair = (*gone, *come)
        relation = "widened" if pair in _WITHIN else "narrowed" if pair[::-1] in _WITHIN else ""
        yield Fact(f"format-{relation or 'changed'}", text, new.pointer)
    elif gone or come:
        yield Fact("format-removed" if gone else "format-added", text, new.pointer)


def _patterns(old: View, new: View) -> Iterator[Fact]:
    gone, come = sorted(old.patterns - new.patterns), sorted(new.patterns - old.patterns)
    if gone and come:
        text = f"pattern {' and '.join(gone)} became {' and '.join(come)}"
        yield Fact("pattern-changed", text, new.pointer)
    elif gone:
        yield Fact("pattern-removed", f"pattern {' and '.join(gone)} is gone", new.pointer)
    elif come:
        yield Fact("pattern-added", f"pattern {' and '.join(come)} is new", new.pointer)


def _multiples(old: View, new: View) -> Iterator[Fact]:
    """A multiple of 4 is one of 2."""
    if old.multiples == new.multiples:
        return
    narrowed = any(all(was % now for was in old.multiples) for now in new.multiples)
    widened = any(all(now % was for now in new.multiples) for was in old.multiples)
    before, after = (
        " and ".join(_number(number) for number in sorted(numbers)) or "none"
        for numbers in (old.multiples, new.multiples)
    )
    if narrowed or widened:
        fact = "changed" if narrowed and widened else "narrowed" if narrowed else "widened"
        yield Fact(f"multiple-{fact}", f"multipleOf {before} became {after}", new.pointer)


def _number(number: Fraction) -> str:
    return str(number.numerator if number.denominator == 1 else float(number))


def _default(old: View, new: View) -> Iterator[Fact]:
    if [canonical(value) for value in old.default] == [canonical(value) for value in new.default]:
        return
    before, after = (shown(view.default[0]) if view.default else "none" for view in (old, new))
    fact = "default-changed" if old.default else "default-added"
    yield Fact(fact, f"default {before} became {after}", new.pointer)
