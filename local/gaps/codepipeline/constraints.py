"""What a request may hold: the required members, lengths, patterns and values of the model.

SDKs check types and required members before they send; the rest is the service's to refuse.
https://docs.aws.amazon.com/codepipeline/latest/APIReference/CommonErrors.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any


def violations(value: Any, shape: Any, path: str = "") -> Iterator[str]:
    """Each constraint that the value breaks, in AWS's words. Values are not told: some are secret.

    ``path`` names the value as AWS does, such as ``pipeline.stages.1.member.name``.
    """
    kind = {"structure": _structure, "list": _list, "map": _map, "string": _string}
    check = kind.get(shape.type_name, _number)
    yield from check(value, shape, path)


def _structure(value: Any, shape: Any, path: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield _failed(path, "Member must be a structure")
        return
    for name in shape.required_members:
        if value.get(name) is None:
            yield _failed(_below(path, name), "Member must not be null")
    for name, member in shape.members.items():
        if value.get(name) is not None:
            yield from violations(value[name], member, _below(path, name))


def _list(value: Any, shape: Any, path: str) -> Iterator[str]:
    if not isinstance(value, list):
        yield _failed(path, "Member must be a list")
        return
    yield from _length(len(value), shape, path)
    for position, item in enumerate(value, start=1):
        yield from violations(item, shape.member, f"{path}.{position}.member")


def _map(value: Any, shape: Any, path: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield _failed(path, "Member must be a map")
        return
    yield from _length(len(value), shape, path)
    for key, item in value.items():
        yield from violations(key, shape.key, f"{path}.key")
        yield from violations(item, shape.value, f"{path}.{key}.member")


def _string(value: Any, shape: Any, path: str) -> Iterator[str]:
    if not isinstance(value, str):
        yield _failed(path, "Member must be a string")
        return
    yield from _length(len(value), shape, path)
    pattern, allowed = shape.metadata.get("pattern"), shape.metadata.get("enum")
    if pattern and not re.fullmatch(pattern, value):
        yield _failed(path, f"Member must satisfy regular expression pattern: {pattern}")
    if allowed and value not in allowed:
        yield _failed(path, f"Member must satisfy enum value set: [{', '.join(allowed)}]")


def _number(value: Any, shape: Any, path: str) -> Iterator[str]:
    if shape.type_name not in ("integer", "long"):
        return
    if not isinstance(value, int) or isinstance(value, bool):
        yield _failed(path, "Member must be an integer")
        return
    low, high = shape.metadata.get("min"), shape.metadata.get("max")
    if low is not None and value < low:
        yield _failed(path, f"Member must have value greater than or equal to {low}")
    if high is not None and value > high:
        yield _failed(path, f"Member must have value less than or equal to {high}")


def _length(length: int, shape: Any, path: str) -> Iterator[str]:
    low, high = shape.metadata.get("min"), shape.metadata.get("max")
    if low is not None and length < low:
        yield _failed(path, f"Member must have length greater than or equal to {low}")
    if high is not None and length > high:
        yield _failed(path, f"Member must have length less than or equal to {high}")


def _failed(path: str, constraint: str) -> str:
    return f"Value at '{path}' failed to satisfy constraint: {constraint}"


def _below(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
