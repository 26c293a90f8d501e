"""Documents that Python and Node write as the same JSON."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

# How a CDK token begins inside a string, and inside a list of one string. AWS CDK: "Tokens and the
# AWS CDK".
UNRESOLVED = "${Token["
_UNRESOLVED_LIST = "#{Token["
# JavaScript's Number.MAX_SAFE_INTEGER.
_MOST = 2**53 - 1


class NotPlainError(Exception):
    """A document has a value that Node writes otherwise than Python, or leaves out."""


def token_strings(document: Mapping[str, Any]) -> tuple[str, ...]:
    """The strings with CDK tokens, each of them once, in the document's order.

    Raises NotPlainError for what ``json.dumps`` and the CDK do not write alike: null, fractions,
    numbers that JavaScript has not, numerals as names anywhere but first and in order (ECMAScript:
    "OrdinaryOwnPropertyKeys"), lone surrogates, and tokens that are no string.
    """
    return tuple(dict.fromkeys(_tokens(document)))


def written(value: Any) -> str:
    """What ``JSON.stringify`` writes of a plain document."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def _tokens(document: Mapping[str, Any]) -> Iterator[str]:
    # Not recursive: generators in generators are three times as slow, and documents are long.
    waiting: list[Any] = [document]
    while waiting:
        value = waiting.pop()
        kind = type(value)
        if kind is str:
            if not value.isascii():
                _check_text(value)
            if "{Token[" in value:
                if _UNRESOLVED_LIST in value:
                    raise NotPlainError
                yield value
        elif kind is dict:
            _check_names(value)
            waiting.extend(value.values())
        elif kind is list or kind is tuple:
            waiting.extend(value)
        elif kind is not bool and (kind is not int or abs(value) > _MOST):
            raise NotPlainError


def _check_names(value: Mapping[str, Any]) -> None:
    numerals: list[int] = []
    for index, name in enumerate(value):
        if type(name) is not str:
            raise NotPlainError
        if name.isdecimal():
            if index != len(numerals):
                raise NotPlainError
            numerals.append(int(name))
        elif not name.isascii():
            _check_text(name)
    if len(numerals) > 1 and numerals != sorted(numerals):
        raise NotPlainError


def _check_text(value: str) -> None:
    try:
        value.encode()
    except UnicodeEncodeError:
        raise NotPlainError from None
