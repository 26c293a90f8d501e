"""JSONPath, as API Gateway's mapping templates and parameter mappings use it.

`$`, `.name`, `['name']`, `[0]`, `[-1]`, `[*]`, `.*` and `..name` are read here, since what they
find is one value where the path can find one only, and `.length()` at the end. Filters
(`[?(@.price > 1)]`), slices and unions find a list, and are left to a library.
https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_STEP = re.compile(
    r"(?P<deep>\.\.)(?P<below>\w[\w-]*)|\.?(?P<all>\*)|\[(?P<every>\*)\]|\.(?P<name>[\w-]+)"
    r"|\[\s*(?P<quote>['\"])(?P<key>.*?)(?P=quote)\s*\]|\[\s*(?P<index>-?\d+)\s*\]"
)
_LENGTH = ".length()"


def evaluate(path: str, document: Any) -> Any:
    """What the path finds: one value, a list for `*` and `..`, None when there is nothing.

    ValueError for a path that is none.
    """
    if path.endswith(_LENGTH):
        counted = evaluate(path.removesuffix(_LENGTH), document)
        return len(counted) if isinstance(counted, dict | list | str) else None
    position, found, many = 1 if path.startswith("$") else 0, [document], False
    if position == 0:
        path = f".{path}"
    while position < len(path):
        step = _STEP.match(path, position)
        if step is None:
            return _by_library(path, document)
        many = many or any(step[group] for group in ("deep", "all", "every"))
        found = [value for node in found for value in _take(step, node)]
        position = step.end()
    return found if many else next(iter(found), None)


def _by_library(path: str, document: Any) -> list[Any]:
    """What a path with filters, slices or unions finds."""
    import jsonpath  # which takes longer to import than most paths to read

    try:
        return list(jsonpath.findall(path if path.startswith("$") else f"${path}", document))
    except jsonpath.JSONPathError as problem:
        reason = str(problem).partition("\n")[0]
        raise ValueError(f"JSONPath {path!r} cannot be read: {reason}") from problem


def _take(step: re.Match[str], node: Any) -> Iterator[Any]:
    if step["deep"]:
        yield from _below(step["below"], node)
    elif step["all"] or step["every"]:
        yield from (
            node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
        )
    elif step["index"] is not None:
        index = int(step["index"])
        if isinstance(node, list) and -len(node) <= index < len(node):
            yield node[index]
    elif isinstance(node, dict):
        name = step["name"] or step["key"]
        if name in node:
            yield node[name]


def _below(name: str, node: Any) -> Iterator[Any]:
    if isinstance(node, dict):
        if name in node:
            yield node[name]
        node = list(node.values())
    if isinstance(node, list):
        for child in node:
            yield from _below(name, child)
