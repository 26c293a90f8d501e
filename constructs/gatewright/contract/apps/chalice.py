"""Reads a contract from the routes of a Chalice app."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from gatewright.contract.apps.chalice_document import chalice_document
from gatewright.contract.apps.chalice_routes import (
    ChaliceRoute,
    chalice_routes,
    is_chalice,
)
from gatewright.contract.authorizer import Authorizer
from gatewright.contract.check import contract_problems
from gatewright.contract.contract import Contract, KeySource, SecurityRequirement
from gatewright.contract.problems import ContractError, Problem
from gatewright.contract.service_module import ServiceImportError, imported_service


@dataclass(frozen=True)
class ChaliceApp:
    """What an app declares of an API."""

    routes: tuple[ChaliceRoute, ...]
    binary_types: tuple[str, ...]


def read_chalice(
    *,
    source: Path,
    app: str,
    name: str,
    version: str,
    title: str,
    packages: Sequence[Path] = (),
    security: Sequence[Mapping[str, Sequence[str]]] | None = None,
    allow_origin: str | None = None,
    authorizers: Sequence[Authorizer] = (),
    api_key_source: KeySource = "HEADER",
) -> Contract:
    """The contract of the ``chalice.Chalice`` that ``app`` (``shop.app:app``) names.

    ``source``, ``packages`` and the rest are as for ``read_routes``. ``security`` is what a route
    asks for that has neither an authorizer nor a key; without it such a route is refused.
    ``allow_origin`` is the origin that the platform lets in, which must be that of the routes with
    ``cors``. ``authorizers`` are those of platform.yaml, by whose names routes ask for the
    app's. The app checks content types and all else. Raises ContractError.
    """
    source, label = source.resolve(), f"{name}-{version}"
    try:
        found = imported_chalice(source, app, packages)
    except ServiceImportError as error:
        raise ContractError(label, [replace(error.problem, operation=f"chalice {app}")]) from error
    made = chalice_document(found.routes, _plain(security), authorizers)
    made.content["info"] = {"title": title, "version": version}
    contract = Contract(
        name=name,
        version=version,
        title=title,
        text=json.dumps(made.content),
        backend_validates=True,
        any_body=True,
        binary_media_types=found.binary_types,
        authorizers=tuple(authorizers),
        api_key_source=api_key_source,
        sources={route.name: route.source for route in found.routes},
    )
    problems = [*made.problems, *_cors_problems(found.routes, allow_origin)]
    # What only sound routes can be asked comes last.
    if problems := problems or list(contract_problems(contract)):
        raise ContractError(label, problems)
    return contract


def imported_chalice(source: Path, app: str, packages: Sequence[Path] = ()) -> ChaliceApp:
    """What the app at ``app`` declares. Raises ServiceImportError."""
    with imported_service(source, app, packages) as found:
        if not is_chalice(found):
            reason = f"it is a {type(found).__name__}, not a chalice.Chalice"
            remedy = "name the object that Chalice(app_name=...) made"
            raise ServiceImportError(Problem(f"chalice {app}", reason, remedy))
        return ChaliceApp(
            routes=chalice_routes(found, source),
            binary_types=tuple(sorted(found.api.binary_types)),
        )


def _plain(
    security: Sequence[Mapping[str, Sequence[str]]] | None,
) -> list[SecurityRequirement] | None:
    if security is None:
        return None
    return [{name: list(scopes) for name, scopes in item.items()} for item in security]


def _cors_problems(routes: Sequence[ChaliceRoute], allow_origin: str | None) -> Iterator[Problem]:
    """The gateway answers preflights, by what platform.yaml says; the app adds its own header."""
    for route in routes:
        if route.allow_origin is not None and route.allow_origin != allow_origin:
            there = f"those of {allow_origin}" if allow_origin else "none"
            reason = f"its cors lets in pages of {route.allow_origin}, and platform.yaml {there}"
            remedy = f'write cors: {{allow_origin: "{route.allow_origin}"}} under the version there'
            yield Problem(route.name, reason, remedy, source=route.source)
