"""A function of a service, as far as it can be seen without calling it."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from gatewright.contract.problems import ContractError, Problem
from gatewright.contract.service_module import ServiceImportError, imported_service


def check_service_function(
    api_name: str,
    *,
    source: Path,
    function: str,
    packages: Sequence[Path] = (),
    field: str,
) -> None:
    """Raise ContractError unless ``function`` below ``source`` can be imported and called.

    ``function`` is like ``foods.v1.callers:authorize``; ``packages`` are those of ``read_routes``;
    ``field`` is what platform.yaml calls it.
    """
    label = f"{field} {function}"
    try:
        with imported_service(source.resolve(), function, packages) as found:
            is_callable = callable(found)
    except ServiceImportError as error:
        raise ContractError(api_name, [replace(error.problem, operation=label)]) from error
    if not is_callable:
        reason, remedy = "it is no function", "name a function that takes event and context"
        raise ContractError(api_name, [Problem(label, reason, remedy)])
