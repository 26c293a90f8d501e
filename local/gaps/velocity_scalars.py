"""Strings and numbers as a mapping template sees them: with the methods of Java's.

A method of Python's that Java's does not have is found too; a template that uses one fails on AWS.
https://docs.oracle.com/javase/8/docs/api/java/lang/String.html
https://docs.oracle.com/javase/8/docs/api/java/lang/Integer.html
"""

from __future__ import annotations

import re
from typing import Any

from local.gaps.patch import Function, Patch
from local.gaps.velocity_values import JavaArray, JavaMap, text

AIRSPEED = "airspeed.operators"
_GROUP = re.compile(r"\\(.)|\$(\d)")


class JavaString(str):
    """A string: `.split`, `.replaceAll`, `.toLowerCase` and what templates use besides."""

    __slots__ = ()

    def length(self) -> int:
        return len(self)

    def isEmpty(self) -> bool:  # noqa: N802 - the names are Java's
        return not self

    def toString(self) -> str:  # noqa: N802
        return self

    def toLowerCase(self) -> str:  # noqa: N802
        return self.lower()

    def toUpperCase(self) -> str:  # noqa: N802
        return self.upper()

    def trim(self) -> str:
        return self.strip()

    def concat(self, other: Any) -> str:
        return self + text(other)

    def contains(self, part: str) -> bool:
        return part in self

    def equals(self, other: Any) -> bool:
        return isinstance(other, str) and str.__eq__(self, other)

    def equalsIgnoreCase(self, other: Any) -> bool:  # noqa: N802
        return isinstance(other, str) and self.lower() == other.lower()

    def startsWith(self, part: str) -> bool:  # noqa: N802
        return self.startswith(part)

    def endsWith(self, part: str) -> bool:  # noqa: N802
        return self.endswith(part)

    def indexOf(self, part: str, start: int = 0) -> int:  # noqa: N802
        return self.find(part, start)

    def lastIndexOf(self, part: str) -> int:  # noqa: N802
        return self.rfind(part)

    def charAt(self, index: int) -> str:  # noqa: N802
        return self.substring(index, index + 1)

    def substring(self, start: int, end: int | None = None) -> str:
        last = len(self) if end is None else end
        if not 0 <= start <= last <= len(self):
            raise IndexError(f"String index out of range: {start}, {last} of {len(self)}")
        return self[start:last]

    def matches(self, pattern: str) -> bool:
        return re.fullmatch(pattern, self) is not None

    def replaceAll(self, pattern: str, replacement: str) -> str:  # noqa: N802
        return re.sub(pattern, lambda match: _expanded(replacement, match), self)

    def replaceFirst(self, pattern: str, replacement: str) -> str:  # noqa: N802
        return re.sub(pattern, lambda match: _expanded(replacement, match), self, count=1)

    def split(self, pattern: str, limit: int = 0) -> Any:  # type: ignore[override]
        """By a regular expression; empty strings at the end do not count."""
        parts = re.split(pattern, self, maxsplit=max(limit - 1, 0)) if limit != 1 else [self]
        while limit == 0 and len(parts) > 1 and not parts[-1]:
            parts.pop()
        return JavaArray(parts)


def _expanded(replacement: str, match: re.Match[str]) -> str:
    """`$1` is a group and `\\$` a dollar, as in Java's Matcher."""
    return _GROUP.sub(lambda found: found[1] or match[int(found[2])] or "", replacement)


class JavaInteger(int):
    """An integer. `#set($Integer = 0)` and `$Integer.parseInt("7")` is how templates parse one."""

    def parseInt(self, digits: Any) -> int:  # noqa: N802
        return int(str(digits))

    def intValue(self) -> int:  # noqa: N802
        return int(self)

    def doubleValue(self) -> float:  # noqa: N802
        return float(self)

    def toString(self, *number: Any) -> str:  # noqa: N802
        return text(number[0]) if number else text(int(self))

    def equals(self, other: Any) -> bool:
        return bool(int(self) == other)


class JavaDouble(float):
    """A number with a fraction."""

    def intValue(self) -> int:  # noqa: N802
        return int(self)

    def doubleValue(self) -> float:  # noqa: N802
        return float(self)

    def toString(self) -> str:  # noqa: N802
        return text(float(self))


_KINDS: dict[type, type] = {str: JavaString, int: JavaInteger, float: JavaDouble}


def with_methods(original: Function) -> Function:
    """Look a name up in the Java value, where airspeed looks it up in Python's."""

    def calculate(element: Any, value: Any, *arguments: Any) -> Any:
        kind = _KINDS.get(type(value))
        return original(element, kind(value) if kind else value, *arguments)

    return calculate


def as_list(original: Function) -> Function:
    """`[1, 2]` and `[1..3]` make a list of Java's."""

    def calculate(element: Any, *arguments: Any) -> Any:
        return JavaArray(original(element, *arguments))

    return calculate


def as_map(original: Function) -> Function:
    """`{"a": 1}` makes a map of Java's."""

    def calculate(element: Any, *arguments: Any) -> Any:
        return JavaMap(original(element, *arguments))

    return calculate


PATCHES = (
    Patch(AIRSPEED, "NameOrCall.calculate", with_methods),
    Patch(AIRSPEED, "ValueList.calculate", as_list),
    Patch(AIRSPEED, "DictionaryLiteral.calculate", as_map),
)
