"""The operations of two documents, and which of them are the same."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from gatewright.compare.canonical import exact
from gatewright.compare.source import Located, Source
from gatewright.contract.document import METHODS

_PARAMETER = re.compile(r"\{([^{}/]*)\}")


@dataclass(frozen=True, eq=False)
class Operation:
    """One method of one path. ``item`` is the path's own mapping, which operations inherit from."""

    path: str
    method: str
    located: Located
    item: Located

    @property
    def name(self) -> str:
        """As people write it: ``GET /foods/{name}``."""
        return f"{self.method.upper()} {self.path}"

    @property
    def operation_id(self) -> str:
        """Its operationId, or nothing."""
        found = self.located.value.get("operationId")
        return found if isinstance(found, str) else ""

    @property
    def path_names(self) -> list[str]:
        """The names of the parameters in its path, in order."""
        return _PARAMETER.findall(self.path)

    @property
    def content(self) -> str:
        """What it is apart from its place, its names and words for people."""
        names = {name: f"{{{index}}}" for index, name in enumerate(self.path_names)}
        rest = {
            key: value
            for key, value in self.located.value.items()
            if key not in ("operationId", "summary", "description", "tags") and key[:2] != "x-"
        }
        parameters = [
            {**parameter, "name": names.get(str(parameter.get("name")), parameter.get("name"))}
            if isinstance(parameter, dict)
            else parameter
            for parameter in rest.pop("parameters", None) or []
        ]
        return exact([rest, parameters, len(names)])

    @property
    def shape(self) -> tuple[str, str]:
        """What a call of it looks like: the names of parameters in a path are not sent."""
        return self.method, _PARAMETER.sub("{}", self.path)


@dataclass(frozen=True)
class Matched:
    """Operations of both documents, those that moved, and those that only one has."""

    pairs: list[tuple[Operation, Operation]]
    moved: list[tuple[Operation, Operation]]
    removed: list[Operation]
    added: list[Operation]


def operations_of(source: Source) -> list[Operation]:
    """The operations of a document, in its order. Raises CompareError."""
    paths = source.at("paths")
    return [
        operation
        for path in paths.value
        if path.startswith("/")
        for operation in _of_a_path(source, path, paths.child(path))
    ]


def _of_a_path(source: Source, path: str, own: Located) -> Iterator[Operation]:
    """A path may refer to another, and have operations beside the reference (OpenAPI 3.0.3 and
    3.1.0, "Path Item Object"), which win here.

    A method in capitals is none, but what was meant by it.
    """
    own = source.mapping(own)
    other = source.mapping(source.follow(own))
    holder = own if "parameters" in own.value else other
    item = Located({**other.value, **own.value}, holder.pointer)
    for method in METHODS:
        for where in (own, other):
            key = next((key for key in where.value if key.lower() == method), None)
            if key is not None:
                yield Operation(path, method, source.mapping(where.child(key)), item)
                break


def match(old: list[Operation], new: list[Operation]) -> Matched:
    """Pairs operations by method and path. Those that are left moved, if they have the same
    operationId, or are equal but for their names and words."""
    gone, come = list(old), list(new)
    pairs = [
        *_taken(gone, come, lambda operation: operation.name),
        *_taken(gone, come, lambda operation: operation.shape),
    ]
    moved = [
        *_taken(gone, come, lambda operation: operation.operation_id),
        *_taken(gone, come, lambda operation: operation.content),
    ]
    return Matched(pairs, moved, gone, come)


def _taken(
    gone: list[Operation], come: list[Operation], sign: Callable[[Operation], object]
) -> list[tuple[Operation, Operation]]:
    """The pairs of one sign, which leave both lists."""
    by_sign = {sign(operation): operation for operation in reversed(come) if sign(operation)}
    pairs = []
    for one in list(gone):
        partner = by_sign.pop(sign(one), None)
        if partner is not None:
            gone.remove(one)
            come.remove(partner)
            pairs.append((one, partner))
    return pairs


def renamed(old: Operation, new: Operation) -> Iterator[tuple[str, str]]:
    """The names of parameters in the path, old and new, that stand at the same place."""
    if len(old.path_names) == len(new.path_names):
        yield from zip(old.path_names, new.path_names, strict=True)
