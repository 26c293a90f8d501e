"""Reads and calculates an expression of metric math, such as `100 * errors / requests`.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
"""

from __future__ import annotations

import re
from typing import Any

from local.gaps.cloudwatch.formula_functions import FUNCTIONS, LINEAR, REPEAT, Data
from local.gaps.cloudwatch.formula_values import FormulaError, TimeSeries, Value, apply

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+)|(?P<name>[A-Za-z_]\w*)"
    r"|(?P<text>\"[^\"]*\"|'[^']*')|(?P<sign>&&|\|\||==|!=|<=|>=|[-+*/^<>(),\[\]]))"
)
# From what binds least to what binds most.
_LEVELS = (
    {"OR": "OR", "||": "OR"},
    {"AND": "AND", "&&": "AND"},
    {name: name for name in ("==", "!=", "<=", ">=", "<", ">")},
    {name: name for name in "+-"},
    {name: name for name in "*/"},
)


def calculated(expression: str, data: Data) -> list[TimeSeries]:
    """The time series that an expression results in. FormulaError where it results in none."""
    reader = _Reader(_tokens(expression), data)
    try:
        found = reader.whole()
    except FormulaError:
        raise
    except (TypeError, ValueError, AttributeError, IndexError) as problem:
        raise FormulaError(f"Error in expression '{expression}': {problem}") from problem
    if isinstance(found, list):
        return found
    if not isinstance(found, dict):
        raise FormulaError(f"Error in expression '{expression}': it results in a number alone")
    return [found]


def _tokens(expression: str) -> list[tuple[str, str]]:
    found, position = [], 0
    expression = expression.rstrip()
    while position < len(expression):
        match = _TOKEN.match(expression, position)
        if match is None:
            raise FormulaError(f"Error in expression '{expression}' [Unexpected {position}]")
        found.append((match.lastgroup or "", match[match.lastgroup or 0]))
        position = match.end()
    return found


class _Reader:
    """Calculates while it reads: an expression is used once."""

    def __init__(self, tokens: list[tuple[str, str]], data: Data) -> None:
        self._tokens = [*tokens, ("end", "")]
        self._data = data
        self._next = 0

    def whole(self) -> Value:
        found: Value = self._operation(0)
        if self._kind != "end":
            raise FormulaError(f"Error in expression: unexpected {self._text!r}")
        return found

    @property
    def _kind(self) -> str:
        return self._tokens[self._next][0]

    @property
    def _text(self) -> str:
        return self._tokens[self._next][1]

    def _take(self, expected: str | None = None) -> str:
        text = self._text
        if expected is not None and text != expected:
            raise FormulaError(f"Error in expression: {expected!r} expected, not {text!r}")
        self._next += 1
        return text

    def _operation(self, level: int) -> Any:
        if level == len(_LEVELS):
            return self._signed()
        left = self._operation(level + 1)
        while self._text in _LEVELS[level] and self._kind in ("sign", "name"):
            name = _LEVELS[level][self._take()]
            left = apply(name, left, self._operation(level + 1))
        return left

    def _signed(self) -> Any:
        if self._text == "-":
            self._take()
            return apply("-", 0.0, self._signed())
        base = self._operand()
        if self._text == "^":
            self._take()
            return apply("^", base, self._signed())
        return base

    def _operand(self) -> Any:
        kind, text = self._tokens[self._next]
        self._next += 1
        if kind == "number":
            return float(text)
        if kind == "text":
            return text[1:-1]
        if text == "(":
            found = self._operation(0)
            self._take(")")
            return found
        if text == "[":
            return self._several()
        if kind == "name":
            return self._named(text)
        raise FormulaError(f"Error in expression: unexpected {text or 'end'!r}")

    def _several(self) -> list[TimeSeries]:
        found: list[TimeSeries] = []
        for value in self._arguments("]"):
            found += value if isinstance(value, list) else [value]
        return found

    def _named(self, name: str) -> Any:
        if self._text == "(" and name.isupper():
            if name not in FUNCTIONS:
                raise FormulaError(f"{name} is no function of metric math known here")
            self._take("(")
            return FUNCTIONS[name](self._data, self._arguments(")"))
        if name in (REPEAT, LINEAR):
            return name
        if name not in self._data.values:
            raise FormulaError(f"Metric or expression {name!r} is not in the request")
        return self._data.values[name]

    def _arguments(self, end: str) -> list[Any]:
        found: list[Any] = []
        while self._text != end:
            if found:
                self._take(",")
            found.append(self._operation(0))
        self._take(end)
        return found
