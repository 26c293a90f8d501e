"""Reads a contract from the routes of a service (code-first)."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from gatewright.contract.authorizer import Authorizer
from gatewright.contract.check import contract_problems
from gatewright.contract.contract import Contract, KeySource
from gatewright.contract.normalise import normalise
from gatewright.contract.operation_ids import assign_operation_ids
from gatewright.contract.problems import ContractError, Problem
from gatewright.contract.resolver import Declared, declared, resolver_problems
from gatewright.contract.service_module import ServiceImportError, imported_service


def read_routes(
    *,
    source: Path,
    routes: str,
    name: str,
    version: str,
    title: str,
    packages: Sequence[Path] = (),
    api_key_source: KeySource = "HEADER",
    authorizers: tuple[Authorizer, ...] = (),
) -> Contract:
    """The contract that the Powertools resolver ``routes`` below ``source`` declares.

    ``source`` is the folder on whose modules the service stands (``lambda_src``), ``routes`` a
    module and the resolver in it (``foods.v1.handler:app``). ``packages`` are folders of installed
    libraries that the service needs and that may be missing here; what is installed here comes
    first. ``api_key_source`` and ``authorizers`` are the Contract's. Needs no AWS, no credentials
    and no environment variables. Reads the service's files again each time; not for several threads
    at once. Raises ContractError with every problem.
    """
    source = source.resolve()
    label = f"{name}-{version}"
    found = _declared(label, source, routes, packages)
    repeated = assign_operation_ids(found)
    document, inexact = normalise(found, title=title, version=version, authorizers=authorizers)
    contract = Contract(
        name=name,
        version=version,
        title=title,
        text=json.dumps(document),
        # Powertools and pydantic do, where the types say it.
        backend_validates=True,
        api_key_source=api_key_source,
        authorizers=authorizers,
        sources={route.name: route.source for route in found.routes},
    )
    if problems := [*repeated, *inexact, *contract_problems(contract)]:
        raise ContractError(label, problems)
    return contract


def _declared(label: str, source: Path, routes: str, packages: Sequence[Path]) -> Declared:
    try:
        with imported_service(source, routes, packages) as resolver:
            if problems := list(resolver_problems(resolver, routes, source)):
                raise ContractError(label, problems)
            return _described(label, routes, source, resolver)
    except ServiceImportError as error:
        raise ContractError(label, [error.problem]) from error


def _described(label: str, routes: str, source: Path, resolver: Any) -> Declared:
    try:
        return declared(resolver, source)
    # Pydantic and Powertools raise many types for a model that OpenAPI cannot describe.
    except Exception as error:
        reason = f"its OpenAPI document cannot be made: {type(error).__name__}: {error}"
        remedy = "use types that pydantic can describe as JSON Schema in models and responses"
        raise ContractError(label, [Problem(f"routes {routes}", reason, remedy)]) from error
