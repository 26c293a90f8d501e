"""Numbers, time series and lists of them, and what the operators of metric math make of two.

"Missing values in a time series are treated as 0. If the value of a data point causes a function to
attempt to divide by zero, the data point is dropped."
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

TimeSeries = dict[int, float]  # by the beginning of the period, in seconds since 1970
Value = float | TimeSeries | list[TimeSeries]
Operation = Callable[[float, float], float]


class FormulaError(ValueError):
    """An expression that cannot be read, or not be calculated. Its text says why."""


def _compared(compare: Callable[[Any, Any], bool]) -> Operation:
    return lambda left, right: float(compare(left, right))


OPERATIONS: dict[str, Operation] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "^": operator.pow,
    "==": _compared(operator.eq),
    "!=": _compared(operator.ne),
    "<=": _compared(operator.le),
    ">=": _compared(operator.ge),
    "<": _compared(operator.lt),
    ">": _compared(operator.gt),
    "AND": lambda left, right: float(bool(left) and bool(right)),
    "OR": lambda left, right: float(bool(left) or bool(right)),
}


def apply(name: str, left: Value, right: Value) -> Value:
    """The operator between two numbers, two series, or two lists of as many series."""
    operation = OPERATIONS[name]
    if isinstance(left, list) or isinstance(right, list):
        lefts, rights = _lists(left, right)
        return [_of_two(operation, *pair) for pair in zip(lefts, rights, strict=True)]
    if isinstance(left, dict) or isinstance(right, dict):
        return _of_two(operation, left, right)
    try:
        return float(operation(left, right))
    except (ArithmeticError, ValueError) as problem:
        raise FormulaError(str(problem)) from problem


def _lists(left: Value, right: Value) -> tuple[list[Any], list[Any]]:
    if not isinstance(left, list):
        assert isinstance(right, list)  # noqa: S101 - one of them is
        return [left] * len(right), right
    if not isinstance(right, list):
        return left, [right] * len(left)
    if len(left) != len(right):
        raise FormulaError("an operator needs two lists of as many time series")
    return left, right


def _of_two(
    operation: Operation, left: float | TimeSeries, right: float | TimeSeries
) -> TimeSeries:
    found: TimeSeries = {}
    for when in _times(left, right):
        try:
            found[when] = float(operation(at(left, when, 0.0), at(right, when, 0.0)))
        except (ArithmeticError, TypeError):
            continue  # divided by zero, or a root of less than zero
    return found


def _times(*values: float | TimeSeries) -> list[int]:
    return sorted({when for value in values if isinstance(value, dict) for when in value})


def at(value: float | TimeSeries, when: int, missing: Any) -> Any:
    """What a number or a series is at a time."""
    return value.get(when, missing) if isinstance(value, dict) else value
