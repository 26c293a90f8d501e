"""The kinds of access that a contract can ask for."""

from collections.abc import Iterable, Iterator

from gatewright.contract.authorizer import AUTHORIZATION, Authorizer
from gatewright.contract.contract import Contract, Operation
from gatewright.contract.document import JsonObject
from gatewright.contract.problems import Problem
from gatewright.nearest import did_you_mean

API_KEY = "api_key"
COGNITO = "cognito"
KEY_AUTHORIZER = "key_authorizer"
IAM = "iam"
API_KEY_HEADER = "x-api-key"
AUTHTYPE = "x-amazon-apigateway-authtype"
SIGV4 = "awsSigv4"

# As OpenAPI tells clients; the gateway's own form is in gateway_security.py.
SECURITY_SCHEMES: dict[str, JsonObject] = {
    API_KEY: {"type": "apiKey", "in": "header", "name": API_KEY_HEADER},
    COGNITO: {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
    # AWS: "x-amazon-apigateway-authtype property". OpenAPI has no signatures.
    IAM: {
        "type": "apiKey",
        "name": AUTHORIZATION,
        "in": "header",
        AUTHTYPE: SIGV4,
    },
}

RESERVED = (API_KEY, COGNITO, KEY_AUTHORIZER, IAM)
"""Names of schemes that are the platform's own, which no declared authorizer can have."""

# In place of API_KEY, where an authorizer names the caller's key.
KEY_AUTHORIZER_SCHEME: JsonObject = {"type": "apiKey", "in": "header", "name": "Authorization"}

_CHOICES = (
    'security=[{}] (anybody), [{"api_key": []}], [{"cognito": []}], '
    '[{"cognito": ["foods/write"]}] or [{"api_key": [], "cognito": []}]'
)


def security_schemes(authorizers: Iterable[Authorizer]) -> dict[str, JsonObject]:
    """Every scheme that an operation may ask for, as OpenAPI tells clients."""
    declared = {authorizer.name: dict(authorizer.scheme) for authorizer in authorizers}
    return {**SECURITY_SCHEMES, **declared}


def security_problems(contract: Contract, operation: Operation) -> Iterator[Problem]:
    """An explicit choice, of known schemes, without alternatives. OPTIONS is exempt."""
    requirements = operation.security
    if requirements is None:
        # A preflight carries no credentials (Fetch standard), so OPTIONS cannot ask for them.
        if operation.method != "OPTIONS":
            yield _problem(operation, "nobody chose who may call it", f"write {_CHOICES}")
        return
    if len(requirements) != 1:
        # An empty list means anonymous in OpenAPI, but is easily an accident.
        reason = (
            f"it has {len(requirements)} alternative security requirements, and API Gateway "
            "reads them as one: all of them"
            if requirements
            else "its list of security requirements is empty"
        )
        yield _problem(operation, reason, f"write one requirement, or two operations: {_CHOICES}")
    for requirement in requirements:
        known = security_schemes(contract.authorizers)
        for scheme, scopes in requirement.items():
            yield from _scheme_problems(operation, scheme, scopes, known)
        yield from _authorizers_of_one_method(operation, requirement)


def unused_authorizers(contract: Contract) -> Iterator[Problem]:
    """An authorizer that nobody asks protects nothing, and looks as if it did."""
    asked = {name for operation in contract.operations() for name in operation.schemes}
    for authorizer in contract.authorizers:
        if authorizer.name not in asked:
            name = authorizer.name
            yield Problem(
                f"authorizer {name}",
                "no operation asks for it",
                f'ask for it, security=[{{"{name}": []}}], or remove it from authorizers',
            )


def key_source_problems(contract: Contract) -> Iterator[Problem]:
    """AWS: a method has one authorizer, so one that finds the key leaves no room for another."""
    if contract.api_key_source != "AUTHORIZER":
        return
    for operation in contract.operations():
        others = sorted(operation.schemes.keys() - {API_KEY})
        if API_KEY in operation.schemes and others:
            reason = (
                f"it asks for api_key and {' and '.join(others)}, but the API's key authorizer "
                "finds the key, and a method has one authorizer"
            )
            remedy = "ask for one of them, or set api_key_source: header in platform.yaml"
            yield _problem(operation, reason, remedy)


def _authorizers_of_one_method(
    operation: Operation, requirement: Iterable[str]
) -> Iterator[Problem]:
    """AWS: "Method", authorizationType: a method has one, and an API key beside it."""
    found = sorted(set(requirement) - {API_KEY})
    if len(found) > 1:
        reason = f"it asks for {' and '.join(found)}, and a method has one authorizer"
        remedy = "ask for one of them, beside api_key if need be, or have one function check both"
        yield _problem(operation, reason, remedy)


def _scheme_problems(
    operation: Operation, scheme: str, scopes: list[str], known: dict[str, JsonObject]
) -> Iterator[Problem]:
    if scheme not in known:
        hint = did_you_mean(scheme, known) or f"write {_CHOICES}, or declare it in authorizers"
        names = ", ".join(known)
        yield _problem(operation, f"unknown security scheme {scheme}; known are {names}", hint)
    elif scheme == API_KEY and scopes:
        yield _problem(operation, "an API key has no scopes", 'write {"api_key": []}')
    elif scheme == IAM and scopes:
        reason = "a signature has no scopes: policies say what its signer may call"
        yield _problem(operation, reason, 'write {"iam": []}')


def _problem(operation: Operation, reason: str, remedy: str) -> Problem:
    return Problem(operation.name, reason, remedy, operation.pointer("security"), operation.source)
