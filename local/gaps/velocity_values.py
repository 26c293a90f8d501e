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

    def put(self, key: str, value: Any) -> str:
        self[key] = value
        return ""

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

    def contains(self, value: Any) -> bool:
        return value in self

    def add(self, value: Any) -> bool:
        self.append(value)
        return True

    def __str__(self) -> str:
        """The JSON arrays of AWS's JSONPath library print as JSON."""
        return as_json(self)


def wrap(value: Any) -> Any:
    """The value with every mapping and list in it as Java's."""
    if isinstance(value, Mapping):
        return JavaMap({str(key): wrap(child) for key, child in dict.items(dict(value))})
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
    return str(value)
