"""The routes of a Chalice app as an OpenAPI document."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus

from gatewright.contract.apps.chalice_routes import ChaliceRoute
from gatewright.contract.authorizer import Authorizer
from gatewright.contract.contract import SecurityRequirement
from gatewright.contract.document import SCHEMAS, JsonObject
from gatewright.contract.normalise import used_schemes
from gatewright.contract.paths import path_parameters
from gatewright.contract.problems import Problem
from gatewright.contract.security import API_KEY, COGNITO, IAM, security_schemes

_CHOOSE = (
    "write api_key_required=True or an authorizer at the route, or 'security: [{}]' (anybody) for "
    "all such routes under the version in platform.yaml"
)
_BODILESS = ("GET", "HEAD", "DELETE", "OPTIONS")
# How Chalice tells of an error that a view raises, and of what it refuses itself.
# https://aws.github.io/chalice/topics/views.html, "Error Handling"
_ERROR = "ChaliceError"
_ERROR_SCHEMA: JsonObject = {
    "type": "object",
    "description": "How the app tells of an error.",
    "required": ["Code", "Message"],
    "properties": {"Code": {"type": "string"}, "Message": {"type": "string"}},
}
_NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9_]")


@dataclass(frozen=True)
class ChaliceDocument:
    """An OpenAPI 3.0.3 document without title and version, and what is wrong with it."""

    content: JsonObject
    problems: tuple[Problem, ...]


def chalice_document(
    routes: Sequence[ChaliceRoute],
    unchosen: list[SecurityRequirement] | None,
    authorizers: Iterable[Authorizer],
) -> ChaliceDocument:
    """The document of ``routes``.

    ``unchosen`` is what a route asks for that has neither an authorizer nor a key; None for a
    problem at each. ``authorizers`` are those that platform.yaml declares.
    """
    schemes = security_schemes(authorizers)
    problems: list[Problem] = []
    paths: dict[str, JsonObject] = {}
    repeated = {view for view, count in Counter(r.view for r in routes).items() if count > 1}
    for route in routes:
        problems += _problems(route, unchosen, schemes)
        operation = _operation(route, route.view in repeated)
        operation["security"] = _security(route) or unchosen or [{}]
        paths.setdefault(route.path, {})[route.method.lower()] = operation
    content = {
        "openapi": "3.0.3",
        "info": {},
        "paths": paths,
        "components": {
            "schemas": {_ERROR: _ERROR_SCHEMA},
            "securitySchemes": used_schemes(paths, schemes),
        },
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
    out["responses"] |= _errors(route, out)
    return out


def _errors(route: ChaliceRoute, operation: JsonObject) -> JsonObject:
    """The statuses that the gateway describes as well, which would else be its alone."""
    statuses = ["403", "429", "500"]
    if "parameters" in operation or "requestBody" in operation:
        statuses.append("400")
    if "requestBody" in operation:
        statuses.append("415")
    if route.authorizer not in (None, "iam"):
        statuses.append("401")
    schema = {"$ref": SCHEMAS + _ERROR}
    return {
        status: {
            "description": HTTPStatus(int(status)).phrase,
            "content": {"application/json": {"schema": schema}},
        }
        for status in statuses
    }


def _security(route: ChaliceRoute) -> list[SecurityRequirement]:
    """What the route itself asks for; empty where it does not."""
    asked: SecurityRequirement = {}
    if route.api_key_required:
        asked[API_KEY] = []
    if route.authorizer == "cognito":
        asked[COGNITO] = list(route.scopes)
    elif route.authorizer == "iam":
        asked[IAM] = []
    elif route.authorizer is not None:
        asked[route.authorizer_name] = list(route.scopes)
    return [asked] if asked else []


def _problems(
    route: ChaliceRoute,
    unchosen: list[SecurityRequirement] | None,
    schemes: Mapping[str, JsonObject],
) -> Iterator[Problem]:
    if route.authorizer in ("custom", "built-in") and route.authorizer_name not in schemes:
        name = route.authorizer_name
        reason = f"its authorizer {name} is a function, which platform.yaml does not declare"
        remedy = (
            f"write it there, below the version: authorizers: {{{name}: {{type: token, function: "
            "<folder>.<module>:<function>}}; in an app.authorizer(), that is the decorated function"
        )
        yield Problem(route.name, reason, remedy, source=route.source)
    if not _security(route) and unchosen is None:
        yield Problem(route.name, "nobody chose who may call it", _CHOOSE, source=route.source)
    if route.authorizer == "cognito" and len(route.scopes) > 1:
        reason = (
            f"it asks for the scopes {', '.join(route.scopes)}, and API Gateway accepts a token "
            "with any one of them"
        )
        remedy = "ask for one scope, which stands for all of it"
        yield Problem(route.name, reason, remedy, source=route.source)
