"""The kinds of access that a contract can ask for."""

from collections.abc import Iterator

from gatewright.contract.contract import Contract, Operation
from gatewright.contract.document import JsonObject
from gatewright.contract.problems import Problem
from gatewright.nearest import did_you_mean

API_KEY = "api_key"
COGNITO = "cognito"
KEY_AUTHORIZER = "key_authorizer"
API_KEY_HEADER = "x-api-key"

# As OpenAPI tells clients; the gateway's own form is in gateway_security.py.
SECURITY_SCHEMES: dict[str, JsonObject] = {
    API_KEY: {"type": "apiKey", "in": "header", "name": API_KEY_HEADER},
    COGNITO: {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
}

# In place of API_KEY, where an authorizer names the caller's key.
KEY_AUTHORIZER_SCHEME: JsonObject = {"type": "apiKey", "in": "header", "name": "Authorization"}

_CHOICES = (
    'security=[{}] (anybody), [{"api_key": []}], [{"cognito": []}], '
    '[{"cognito": ["foods/write"]}] or [{"api_key": [], "cognito": []}]'
)


def security_problems(operation: Operation) -> Iterator[Problem]:
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
        for scheme, scopes in requirement.items():
            yield from _scheme_problems(operation, scheme, scopes)


def key_source_problems(contract: Contract) -> Iterator[Problem]:
    """AWS: a method has one authorizer, so one that finds the key leaves no room for Cognito's."""
    if contract.api_key_source != "AUTHORIZER":
        return
    for operation in contract.operations():
        if {API_KEY, COGNITO} <= operation.schemes.keys():
            reason = (
                "it asks for api_key and cognito, but the API's key authorizer finds the key, and "
                "a method has one authorizer"
            )
            remedy = "ask for one of them, or set api_key_source: header in platform.yaml"
            yield _problem(operation, reason, remedy)


def _scheme_problems(operation: Operation, scheme: str, scopes: list[str]) -> Iterator[Problem]:
    if scheme not in SECURITY_SCHEMES:
        hint = did_you_mean(scheme, SECURITY_SCHEMES) or f"write {_CHOICES}"
        known = " and ".join(SECURITY_SCHEMES)
        yield _problem(operation, f"unknown security scheme {scheme}; known are {known}", hint)
    elif scheme == API_KEY and scopes:
        yield _problem(operation, "an API key has no scopes", 'write {"api_key": []}')


def _problem(operation: Operation, reason: str, remedy: str) -> Problem:
    return Problem(operation.name, reason, remedy, operation.pointer("security"), operation.source)
