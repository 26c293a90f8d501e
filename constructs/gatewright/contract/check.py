"""The rules that every contract keeps, whatever it was read from.

cdk-nag looks at AWS::ApiGateway::Method and so not inside an OpenAPI body. What it asks of
methods, authorization and request validation, is asked here of the operations.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial

from gatewright.contract.authorized_operations import authorized_operation_problems
from gatewright.contract.contract import Contract, Operation
from gatewright.contract.enforcement import enforcement_problems
from gatewright.contract.operation_rules import OPERATION_RULES
from gatewright.contract.paths import path_problems
from gatewright.contract.problems import ContractError, Problem
from gatewright.contract.security import (
    key_source_problems,
    security_problems,
    unused_authorizers,
)

GATEWAY_ERROR = "GatewayError"


def check_contract(contract: Contract) -> None:
    """Raise ContractError, with every problem, unless the contract keeps all the rules."""
    if contract.problems:
        raise ContractError(contract.api_name, list(contract.problems))


def all_problems(contract: Contract) -> list[Problem]:
    """Every problem. What only a sound contract can be asked comes last."""
    return list(contract_problems(contract)) or list(enforcement_problems(contract))


def contract_problems(contract: Contract) -> Iterator[Problem]:
    """Every problem, operation by operation, then those between operations."""
    operations = list(contract.operations())
    rules: tuple[Callable[[Operation], Iterator[Problem]], ...] = (
        partial(security_problems, contract),
        *OPERATION_RULES,
    )
    for operation in operations:
        for rule in rules:
            yield from rule(operation)
    yield from key_source_problems(contract)
    if contract.integrations or not contract.has_function:
        # Not above: most platforms have none.
        from gatewright.integrations.check import integration_problems

        yield from integration_problems(contract)
    yield from unused_authorizers(contract)
    yield from authorized_operation_problems(contract)
    yield from path_problems(operations)
    yield from _repeated_ids(operations)
    if not operations:
        yield Problem(
            contract.api_name,
            "it has no operations",
            "declare a route, or an operation in the contract file",
        )
    if GATEWAY_ERROR in contract.schemas:
        yield Problem(
            f"schema {GATEWAY_ERROR}",
            "the name is the gateway's own, for the errors that it answers",
            "rename the model",
            f"/components/schemas/{GATEWAY_ERROR}",
        )


def _repeated_ids(operations: list[Operation]) -> Iterator[Problem]:
    by_id: dict[str, list[Operation]] = defaultdict(list)
    for operation in operations:
        if operation.operation_id:
            by_id[operation.operation_id].append(operation)
    for operation_id, users in by_id.items():
        if len(users) > 1:
            places = " and ".join(map(_place, users))
            yield Problem(
                users[0].name,
                f"the operation id {operation_id} is used by {places}",
                "give each one of its own: rename a function, or write operation_id=",
                users[0].pointer("operationId"),
                users[0].source,
            )


def _place(operation: Operation) -> str:
    return f"{operation.name} ({operation.source})" if operation.source else operation.name
