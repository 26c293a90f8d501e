"""Which operations ask for an authorizer, and whether one policy can tell them apart.

The wildcards of a policy match slashes, so the pattern of ``/foods/{name}`` matches the path
``/foods/a/reviews`` as well. AWS: "Grammar of the IAM JSON policy language", Resource.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product

from gatewright.contract.contract import Contract, Operation
from gatewright.contract.problems import Problem
from gatewright.runtime.operation_policy import PARAMETER, AuthorizedOperation

# No name of a path: a value of a parameter that is no other path's static part.
_FRESH = "\N{MIDDLE DOT}"


def authorized_operations(contract: Contract, authorizer: str) -> tuple[AuthorizedOperation, ...]:
    """Every operation that asks for ``authorizer``, in the contract's order."""
    asking = _asking(contract, authorizer)
    found = [
        AuthorizedOperation(
            method=operation.method,
            pattern=_pattern(operation.path),
            scopes=tuple(sorted(operation.schemes[authorizer])),
        )
        for operation in asking
    ]
    # Where all ask for the same, one pattern matches as good as another.
    if len({item.scopes for item in found}) < 2:
        return tuple(found)
    routes = tuple({operation.path for operation in contract.operations()})
    return tuple(
        replace(item, covers=tuple(_covered(index, item, asking, routes)))
        for index, item in enumerate(found)
    )


def authorized_operation_problems(contract: Contract) -> Iterator[Problem]:
    """A problem for each operation that a policy could neither allow nor deny alone."""
    for authorizer in contract.authorizers:
        operations = _asking(contract, authorizer.name)
        table = authorized_operations(contract, authorizer.name)
        for denied, item in enumerate(table):
            found = _indistinct(denied, table)
            if found is not None:
                wide, hit = (operations[place] for place in found)
                yield _problem(operations[denied], wide, hit, item.scopes)


def _indistinct(denied: int, table: Sequence[AuthorizedOperation]) -> tuple[int, int] | None:
    """An operation whose pattern lets callers in to ``denied``, and one that its denial hits."""
    for wide, item in enumerate(table):
        if denied not in item.covers:
            continue
        for hit in table[denied].covers:
            if not set(table[denied].scopes) <= {*item.scopes, *table[hit].scopes}:
                return wide, hit
    return None


def _problem(
    denied: Operation, wide: Operation, hit: Operation, scopes: tuple[str, ...]
) -> Problem:
    reason = (
        f"a policy that allows {wide.name} and {hit.name} cannot deny it, since its wildcards "
        "match slashes"
    )
    remedy = f"ask for the same scopes in them as here ({', '.join(scopes)}), or rename a path"
    return Problem(denied.name, reason, remedy, denied.pointer("security"), denied.source)


def _asking(contract: Contract, authorizer: str) -> list[Operation]:
    return [operation for operation in contract.operations() if authorizer in operation.schemes]


def _pattern(path: str) -> str:
    return re.sub(r"{[^}]+}", PARAMETER, path)


def _covered(
    index: int, item: AuthorizedOperation, asking: list[Operation], routes: Sequence[str]
) -> Iterator[int]:
    matching = re.compile(re.escape(item.pattern).replace(re.escape(PARAMETER), ".+"))
    fixed = item.pattern.partition(PARAMETER)[0]
    for other, operation in enumerate(asking):
        if other == index or operation.method != item.method:
            continue
        if not _may_begin(operation.path, fixed):
            continue
        paths = _paths(operation.path, item.pattern)
        if any(
            matching.fullmatch(path) and _route(path, routes) == operation.path for path in paths
        ):
            yield other


def _may_begin(path: str, text: str) -> bool:
    static = path.partition("{")[0]
    return static.startswith(text) or ("{" in path and text.startswith(static))


def _paths(path: str, pattern: str) -> Iterator[str]:
    """Paths of an operation: with every value that could make ``pattern`` match."""
    static = [part for part in pattern.split("/") if part and part != PARAMETER]
    choices = []
    for part in path.split("/"):
        if not part.startswith("{"):
            choices.append([part])
        elif part.endswith("+}"):
            rest = pattern.replace(PARAMETER, _FRESH).split("/")[1:]
            tails = ["/".join(rest[start:]) for start in range(len(rest))]
            choices.append([_FRESH, *static, *filter(None, tails), f"{_FRESH}/{_FRESH}"])
        else:
            choices.append([_FRESH, *static])
    yield from ("/".join(chosen) for chosen in product(*choices))


def _route(path: str, routes: Sequence[str]) -> str | None:
    """The path that API Gateway chooses: static parts before parameters, greedy ones last."""
    found = [route for route in routes if _route_pattern(route).fullmatch(path)]
    return min(found, key=_openness, default=None)


def _route_pattern(route: str) -> re.Pattern[str]:
    parts = re.split(r"({[^}]+})", route)
    return re.compile(
        "".join(
            ".+" if part.endswith("+}") else "[^/]+" if part.startswith("{") else re.escape(part)
            for part in parts
        )
    )


def _openness(route: str) -> list[int]:
    return [
        2 if part.endswith("+}") else 1 if part.startswith("{") else 0 for part in route.split("/")
    ]
