"""What a Powertools resolver tells about its routes."""

import inspect
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gatewright.contract.declared_only import declared_only_problems
from gatewright.contract.document import JsonObject
from gatewright.contract.problems import Problem
from gatewright.contract.security import API_KEY, COGNITO, SECURITY_SCHEMES

if TYPE_CHECKING:
    from aws_lambda_powertools.event_handler import APIGatewayRestResolver


@dataclass(frozen=True)
class Route:
    """One route as declared. ``operation_id`` is None unless the author wrote one.

    ``undescribed_errors`` are the statuses, 400 and above, that it declares without content.
    """

    method: str
    path: str
    function: str
    operation_id: str | None
    source: str
    undescribed_errors: frozenset[int] = frozenset()

    @property
    def name(self) -> str:
        """``GET /foods``."""
        return f"{self.method} {self.path}"


@dataclass(frozen=True)
class Declared:
    """The routes, the OpenAPI 3.1 document, and the status of a failed validation."""

    routes: tuple[Route, ...]
    document: JsonObject
    validation_status: int


def resolver_problems(candidate: Any, routes: str, source: Path) -> Iterator[Problem]:
    """Why the object cannot be read for routes; nothing if it can."""
    from aws_lambda_powertools.event_handler import APIGatewayRestResolver

    if not isinstance(candidate, APIGatewayRestResolver):
        yield Problem(
            f"routes {routes}",
            f"it is a {type(candidate).__name__}, not an APIGatewayRestResolver",
            "name a gatewright.runtime.RestApp, or a resolver of Powertools",
        )
    elif not candidate._enable_validation:
        yield Problem(
            f"routes {routes}",
            "its resolver has enable_validation off, so typed parameters and bodies do not work",
            "write APIGatewayRestResolver(enable_validation=True), or gatewright.runtime.RestApp()",
        )
    else:
        yield from _route_problems(candidate, source)


def declared(resolver: "APIGatewayRestResolver", source: Path) -> Declared:
    """Read a resolver that has no problems."""
    # Duplicate operation ids are looked for after ours are made; Powertools warns of its own.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        schema = resolver.get_openapi_schema(
            title="-", version="-", security_schemes=_security_schemes(resolver)
        )
    return Declared(
        routes=tuple(_route(route, source) for route in _visible_routes(resolver)),
        document=schema.model_dump(mode="json", by_alias=True, exclude_none=True),
        validation_status=int(getattr(resolver, "validation_status", 422)),
    )


def _route_problems(resolver: "APIGatewayRestResolver", source: Path) -> Iterator[Problem]:
    for route in _visible_routes(resolver):
        found = _route(route, source)
        if route.enable_validation is False:
            reason = "it has enable_validation off, so its typed parameters and body do not work"
            yield Problem(found.name, reason, "leave enable_validation out", source=found.source)
        try:
            _ = route.dependant, route.body_field
        # Powertools and pydantic raise many types for a signature that they cannot describe.
        except Exception as error:
            reason = f"its signature cannot be described: {type(error).__name__}: {error}"
            remedy = "use types that pydantic can describe, and Path, Query, Header or Body"
            yield Problem(found.name, reason, remedy, source=found.source)
        else:
            yield from declared_only_problems(route, found.name, found.source)


def _visible_routes(resolver: "APIGatewayRestResolver") -> list[Any]:
    # There is no public list of routes; reading the document alone would lose the functions.
    routes = resolver._dynamic_routes + resolver._static_routes
    return [route for route in routes if route.include_in_schema]


def _route(route: Any, source: Path) -> Route:
    explicit = route.operation_id != route._generate_operation_id()
    return Route(
        method=route.method,
        path=route.openapi_path,
        function=route.func.__name__,
        operation_id=route.operation_id if explicit else None,
        source=_line(route.func, source),
        undescribed_errors=frozenset(
            int(status)
            for status, response in (route.responses or {}).items()
            if int(status) >= HTTPStatus.BAD_REQUEST and "content" not in response
        ),
    )


def _line(function: Any, source: Path) -> str:
    code = inspect.unwrap(function).__code__
    file = Path(code.co_filename)
    if file.is_relative_to(source):
        file = file.relative_to(source.parent)
    return f"{file}:{code.co_firstlineno}"


def _security_schemes(resolver: "APIGatewayRestResolver") -> dict[str, Any]:
    """The known schemes, and any others that a route names.

    Powertools stops at the first unknown one and does not say where; our check names them all.
    """
    from aws_lambda_powertools.event_handler.openapi.models import APIKey, HTTPBearer

    models: dict[str, type[APIKey | HTTPBearer]] = {"apiKey": APIKey, "http": HTTPBearer}
    known: dict[str, Any] = {
        name: models[SECURITY_SCHEMES[name]["type"]].model_validate(SECURITY_SCHEMES[name])
        for name in (API_KEY, COGNITO)
    }
    requirements = list(resolver.openapi_config.security or [])
    for route in resolver._dynamic_routes + resolver._static_routes:
        requirements.extend(route.security or [])
    unknown = {name for requirement in requirements for name in requirement} - known.keys()
    return known | dict.fromkeys(unknown, known["api_key"])
