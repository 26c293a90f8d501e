"""The paths that API Gateway accepts as resources."""

import re
from collections.abc import Iterator

from gatewright.contract.contract import Operation
from gatewright.contract.document import pointer
from gatewright.contract.problems import Problem

# AWS: "Amazon API Gateway important notes for REST APIs": path segments contain alphanumeric
# characters, underscores, hyphens, periods, commas, colons and curly braces, and a path parameter
# is a segment of its own.
_SEGMENT = re.compile(r"[A-Za-z0-9_\-.,:]+|\{[A-Za-z0-9_\-.]+\}")
_GREEDY = re.compile(r"\{[A-Za-z0-9_\-.]+\+\}")
_PARAMETER = re.compile(r"\{([^{}]+?)\+?\}")

# AWS: the same page, for REST and WebSocket APIs: reserved for the service's health check.
_RESERVED = {"/ping", "/sping"}


def path_parameters(path: str) -> list[str]:
    """The names of the parameters in ``path``; a greedy one without its plus sign."""
    return _PARAMETER.findall(path)


def path_problems(operations: list[Operation]) -> Iterator[Problem]:
    """Paths that API Gateway refuses, or that would not be served as written."""
    first: dict[str, str] = {}
    for path, operation in {operation.path: operation for operation in operations}.items():
        for reason, remedy in _complaints(path):
            yield _problem(operation, reason, remedy)
        for prefix, shape in _siblings(path):
            if first.setdefault(shape, prefix) != prefix:
                reason = f"{prefix} and {first[shape]} differ only by the name of a parameter"
                yield _problem(operation, reason, "use one name: API Gateway has one resource")
                break


def _complaints(path: str) -> Iterator[tuple[str, str]]:
    if not path.startswith("/"):
        yield "the path does not begin with /", f"write /{path}"
        return
    if path != "/" and path.endswith("/"):
        yield "the path ends with /, which API Gateway removes", f"write {path.rstrip('/')}"
        return
    if path in _RESERVED:
        yield f"{path} is reserved for API Gateway's own health check", "use another, say /health"
    segments = path.split("/")[1:] if path != "/" else []
    for position, segment in enumerate(segments):
        if _GREEDY.fullmatch(segment):
            if position + 1 < len(segments):
                yield f"the greedy {segment} is not the last segment", "put it at the end"
        elif not _SEGMENT.fullmatch(segment):
            yield (
                f"the segment '{segment}' is not one that API Gateway accepts",
                "use letters, digits and _ - . , : or one {parameter} as the whole segment",
            )
    names = path_parameters(path)
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield f"the parameter {name} is in the path twice", "give each a name of its own"


def _siblings(path: str) -> Iterator[tuple[str, str]]:
    """Each beginning of the path that ends in a parameter, with that parameter's name erased.

    API Gateway keeps resources as a tree, and a resource has at most one variable child.
    """
    segments = path.split("/")
    for end, segment in enumerate(segments, start=1):
        if segment.startswith("{"):
            prefix = "/".join(segments[:end])
            yield prefix, _PARAMETER.sub("{}", prefix)


def _problem(operation: Operation, reason: str, remedy: str) -> Problem:
    place = pointer("paths", operation.path)
    return Problem(operation.name, reason, remedy, place, operation.source)
