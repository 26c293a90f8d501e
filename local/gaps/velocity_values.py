"""Values as a mapping template sees them: Java's maps and lists, not Python's.

Three habits of `airspeed` make these classes needed. It looks a name up in the mapping and then
among the Python attributes, so that `$map.items` of a map without `items` would be a bound method.
It offers Java's methods to the exact classes dict, list and str only. And it prints `str(value)`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

_PYTHON_ONLY = frozenset({"items", "keys", "copy", "update", "pop", "popitem", "clear", "fromkeys"})


class JavaMap(dict[str, Any]):
    """A map: `$map.name`, `$map['name']`, `.get`, `.keySet()`, `.entrySet()`, `.size()`."""

    def __getattribute__(self, name: str) -> Any:
        if name in _PYTHON_ONLY:
            raise AttributeError(name)
        return super().__getattribute__(name)

    def get(self, key: str, default: Any = None) -> Any:
        return dict.get(self, key, default)

    def keySet(self) -> JavaList:  # noqa: N802 - the name is Java's
        return JavaList(dict.keys(self))

    def entrySet(self) -> JavaList:  # noqa: N802
        return JavaList(JavaMap(key=key, value=value) for key, value in dict.items(self))

    def containsKey(self, key: str) -> bool:  # noqa: N802
        return key in self

    def size(self) -> int:
        return len(self)

    def isEmpty(self) -> bool:  # noqa: N802
        return not self

    def values(self) -> JavaList:  # type: ignore[override]
        return JavaList(dict.values(self))

    def containsValue(self, value: Any) -> bool:  # noqa: N802
        return value in dict.values(self)

    def getOrDefault(self, key: str, default: Any) -> Any:  # noqa: N802
        return dict.get(self, key, default)

    def put(self, key: str, value: Any) -> str:
        self[key] = value
        return ""

    def putAll(self, other: Mapping[str, Any]) -> str:  # noqa: N802
        for key, value in dict.items(dict(other) if not isinstance(other, dict) else other):
            self[key] = value
        return ""

    def remove(self, key: str) -> Any:
        return dict.pop(self, key, None)

    def toString(self) -> str:  # noqa: N802
        return str(self)

    def __str__(self) -> str:
        """Java prints a map as `{name=value}`, which is what a template on AWS prints."""
        return "{" + ", ".join(f"{k}={text(v)}" for k, v in dict.items(self)) + "}"


class JavaList(list[Any]):
    """A list: iterates, `.get(0)`, `.size()`, `.isEmpty()`, `.contains()`, `.add()`."""

    def get(self, index: int) -> Any:
        return self[index]

    def size(self) -> int:
        return len(self)

    def isEmpty(self) -> bool:  # noqa: N802
        return not self

    def count(self) -> int:  # type: ignore[override]
        """What the reference of `$input.path` calls the number of items."""
        return len(self)

    def contains(self, value: Any) -> bool:
        return value in self

    def indexOf(self, value: Any) -> int:  # noqa: N802
        return self.index(value) if value in self else -1

    def add(self, value: Any) -> bool:
        self.append(value)
        return True

    def addAll(self, values: list[Any]) -> bool:  # noqa: N802
        self.extend(values)
        return bool(values)

    def set(self, index: int, value: Any) -> Any:
        before, self[index] = self[index], value
        return before

    def toString(self) -> str:  # noqa: N802
        return str(self)

    def __str__(self) -> str:
        """The JSON arrays of AWS's JSONPath library print as JSON."""
        return as_json(self)


class JavaArray(JavaList):
    """A list that the template itself made, which prints as Java's do."""

    def __str__(self) -> str:
        return "[" + ", ".join(text(value) for value in self) + "]"


class HeaderMap(JavaMap):
    """Headers by name, whatever its case: they come without it."""

    def __getitem__(self, name: str) -> Any:
        for key, value in dict.items(self):
            if key.lower() == name.lower():
                return value
        raise KeyError(name)

    def get(self, key: str, default: Any = None) -> Any:
        return self[key] if self.containsKey(key) else default

    def containsKey(self, key: str) -> bool:  # noqa: N802
        return any(kept.lower() == key.lower() for kept in self)


class Overrides(JavaMap):
    """What a template overrides. "An override may only be applied to each parameter once." """

    def __setitem__(self, name: str, value: Any) -> None:
        if name in self:
            raise ValueError(f"{name} is overridden twice; an override is final")
        super().__setitem__(name, value)


def wrap(value: Any) -> Any:
    """The value with every mapping and list in it as Java's."""
    if isinstance(value, HeaderMap | Overrides):
        return value
    if isinstance(value, Mapping):
        items = dict.items(value) if isinstance(value, dict) else value.items()
        return JavaMap({str(key): wrap(child) for key, child in items})
    if isinstance(value, list | tuple):
        return JavaList(wrap(child) for child in value)
    return value


def plain(value: Any) -> Any:
    """The value with Python's own dicts and lists, which json can write."""
    if isinstance(value, JavaMap):
        return {key: plain(child) for key, child in dict.items(value)}
    if isinstance(value, list):
        return [plain(child) for child in value]
    return value


def as_json(value: Any) -> str:
    """The value as compact JSON."""
    return json.dumps(plain(value), separators=(",", ":"), ensure_ascii=False)


def text(value: Any) -> str:
    """The value as a template prints it."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict | list) and not isinstance(value, JavaMap | JavaList):
        return str(wrap(value))
    return str(value)
