"""The scopes that operations ask of tokens, against those that tokens can have."""

from collections.abc import Collection, Iterator, Mapping

from gatewright.contract.contract import Contract, Operation
from gatewright.contract.problems import ContractError, Problem
from gatewright.contract.security import COGNITO
from gatewright.nearest import did_you_mean

# AWS, "Scopes, M2M, and resource servers": Cognito's own, in the access token of every user who
# signs in through its API (InitiateAuth). No resource server has it.
SIGNED_IN_USER = "aws.cognito.signin.user.admin"


def check_scopes(contract: Contract, known: Mapping[str, Collection[str]]) -> None:
    """Raise ContractError for every scope that no token can have.

    ``known`` are the scopes by the identifier of their resource server; a token has them as
    ``<identifier>/<scope>``. Asking for any other admits nobody.
    """
    scopes = {f"{server}/{scope}" for server, found in known.items() for scope in found}
    problems = [
        problem
        for operation in contract.operations()
        for problem in _problems(contract, operation, scopes)
    ]
    if problems:
        raise ContractError(contract.api_name, problems)


def _problems(contract: Contract, operation: Operation, known: set[str]) -> Iterator[Problem]:
    for index, scope in enumerate(operation.schemes.get(COGNITO, [])):
        if scope in known or scope == SIGNED_IN_USER:
            continue
        choices = sorted(known)
        service, _, name = scope.rpartition("/")
        declare = (
            f"declare {name} under services.{service or contract.name}.scopes in platform.yaml"
        )
        guess = did_you_mean(scope, choices)
        yield Problem(
            operation.name,
            f"no resource server has the scope {scope}; known are {', '.join(choices) or 'none'}",
            f"{guess} Otherwise {declare}" if guess else declare,
            operation.pointer("security", 0, COGNITO, index),
            operation.source,
        )
