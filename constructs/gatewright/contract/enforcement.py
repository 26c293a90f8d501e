"""Refuses what nobody would check."""

from collections.abc import Iterator
from dataclasses import replace

from gatewright.contract.constraints import Constraint, backend_constraints
from gatewright.contract.contract import Contract, Operation
from gatewright.contract.document import pointer
from gatewright.contract.problems import Problem

_INTEGRATION_REMEDY = (
    "take it out of the contract, have a function answer the operation, or say validates: true "
    "in its integration where the backend checks it"
)
_REMEDY = (
    "take it out of the contract, or have the backend check it and say so by backend_validates: "
    "true in platform.yaml, in code backend_validates=True"
)


def enforcement_problems(contract: Contract) -> Iterator[Problem]:
    """A problem for each constraint that neither API Gateway nor the backend enforces.

    A promise that nobody keeps is worse than none: callers build on it.
    """
    if contract.integrations:
        yield from _of_integrations(contract)
    if contract.backend_validates:
        return
    operations = list(contract.operations())
    for item in backend_constraints(contract):
        yield _problem(item, operations)


def _of_integrations(contract: Contract) -> Iterator[Problem]:
    from gatewright.integrations.check import unvalidated

    # Where the function validates nothing either, all operations are asked at once.
    part = unvalidated(contract) if contract.backend_validates else None
    for item in backend_constraints(part) if part else ():
        problem = _problem(item, list(part.operations()) if part else [])
        yield replace(problem, remedy=_INTEGRATION_REMEDY)


def _problem(item: Constraint, operations: list[Operation]) -> Problem:
    reason = f"nobody enforces {item.keyword}: not API Gateway ({item.reason}), and no backend"
    for operation in operations:
        if item.pointer.startswith(operation.pointer() + "/"):
            return Problem(operation.name, reason, _REMEDY, item.pointer, operation.source)
    schema = item.pointer.removeprefix(pointer("components", "schemas", "")).partition("/")[0]
    return Problem(f"schema {schema}", reason, _REMEDY, item.pointer)
