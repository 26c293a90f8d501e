"""The routes of a Chalice app as an OpenAPI document."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from gatewright.contract.apps.chalice_routes import AuthorizerKind, ChaliceRoute
from gatewright.contract.contract import SecurityRequirement
from gatewright.contract.document import JsonObject
from gatewright.contract.paths import path_parameters
from gatewright.contract.problems import Problem
from gatewright.contract.security import API_KEY, COGNITO, SECURITY_SCHEMES

_CHOOSE = (
    "write api_key_required=True or an authorizer at the route, or 'security: [{}]' (anybody) for "
    "all such routes under the version in platform.yaml"
)
_INSTEAD = "use a CognitoUserPoolAuthorizer, or api_key_required=True, at the route"
_AUTHORIZERS: dict[AuthorizerKind, str] = {
    "iam": "callers sign their requests (IAMAuthorizer), which the platform does not read from it",
    "custom": "another function says who may call (CustomAuthorizer), which no bundle here has",
    "built-in": "a function of the app says who may call (app.authorizer), which is not deployed",
}
_BODILESS = ("GET", "HEAD", "DELETE", "OPTIONS")
_NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9_]")


@dataclass(frozen=True)
class ChaliceDocument:
    """An OpenAPI 3.0.3 document without title and version, and what is wrong with it."""

    content: JsonObject
    problems: tuple[Problem, ...]


def chalice_document(
    routes: Sequence[ChaliceRoute], unchosen: list[SecurityRequirement] | None
) -> ChaliceDocument:
    """The document of ``routes``.

    ``unchosen`` is what a route asks for that has neither an authorizer nor a key; None for a
    problem at each.
    """
    problems: list[Problem] = []
    paths: dict[str, JsonObject] = {}
    repeated = {view for view, count in Counter(r.view for r in routes).items() if count > 1}
    for route in routes:
        problems += _problems(route, unchosen)
        operation = _operation(route, route.view in repeated)
        operation["security"] = _security(route) or unchosen or [{}]
        paths.setdefault(route.path, {})[route.method.lower()] = operation
    content = {
        "openapi": "3.0.3",
        "info": {},
        "paths": paths,
        "components": {"securitySchemes": _schemes(paths)},
    }
    return ChaliceDocument(content, tuple(problems))


def _operation(route: ChaliceRoute, repeated: bool) -> JsonObject:
    view = _NOT_IN_A_NAME.sub("_", route.view)
    out: JsonObject = {
        "operationId": f"{route.method.lower()}_{view}" if repeated else view,
        "responses": {"default": {"description": "What the app answers."}},
    }
    names = path_parameters(route.path)
    if names:
        out["parameters"] = [
            {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
            for name in names
        ]
    if route.method not in _BODILESS and route.content_types:
        out["requestBody"] = {"content": {kind: {} for kind in route.content_types}}
    return out


def _security(route: ChaliceRoute) -> list[SecurityRequirement]:
    """What the route itself asks for; empty where it does not."""
    asked: SecurityRequirement = {}
    if route.api_key_required:
        asked[API_KEY] = []
    if route.authorizer == "cognito":
        asked[COGNITO] = list(route.scopes)
    return [asked] if asked else []


def _problems(route: ChaliceRoute, unchosen: list[SecurityRequirement] | None) -> Iterator[Problem]:
    if route.authorizer is not None and (reason := _AUTHORIZERS.get(route.authorizer)):
        yield Problem(route.name, reason, _INSTEAD, source=route.source)
    elif not _security(route) and unchosen is None:
        yield Problem(route.name, "nobody chose who may call it", _CHOOSE, source=route.source)
    if route.authorizer == "cognito" and len(route.scopes) > 1:
        reason = (
            f"it asks for the scopes {', '.join(route.scopes)}, and API Gateway accepts a token "
            "with any one of them"
        )
        remedy = "ask for one scope, which stands for all of it"
        yield Problem(route.name, reason, remedy, source=route.source)


def _schemes(paths: dict[str, dict[str, Any]]) -> JsonObject:
    used = {
        name
        for item in paths.values()
        for operation in item.values()
        for requirement in operation["security"]
        for name in requirement
    }
    return {name: SECURITY_SCHEMES[name] for name in sorted(used & SECURITY_SCHEMES.keys())}
