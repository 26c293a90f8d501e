"""The document for people: what documentation, SDKs and fuzzers read."""

from copy import deepcopy
from http import HTTPStatus
from typing import Any

from gatewright.contract.check import GATEWAY_ERROR
from gatewright.contract.constraints import constraints
from gatewright.contract.contract import Contract, Operation
from gatewright.contract.document import SCHEMAS, JsonObject, resolve
from gatewright.contract.error_answers import ErrorAnswers
from gatewright.contract.lifecycle_notice import tell_lifecycle
from gatewright.contract.security import (
    API_KEY,
    IAM,
    KEY_AUTHORIZER,
    KEY_AUTHORIZER_SCHEME,
)

ENFORCED_BY = "x-gatewright-enforced-by"
"""Maps the keywords of a schema or parameter to ``gateway`` or ``backend``: who enforces them."""

_ERROR_SCHEMA: JsonObject = {
    "type": "object",
    "description": "How the gateway and the functions tell of an error.",
    "required": ["message"],
    "properties": {
        "message": {"type": "string", "description": "What went wrong."},
        "request_id": {"type": "string", "description": "Quote it when you ask for help."},
    },
}

# After AWS's "Gateway response types". Of every operation: 403 (a key that is missing, unknown or
# on no plan; a firewall; an unsigned or mistyped call), 429 (throttle and quota), 500 (wrongly
# configured), 502 (an answer of the function that is none) and 504 (no answer in time). 413 is a
# body above 10 MB. 415 is no gateway error here: an undeclared media type goes past the models, and
# the function refuses it. 404 is never the gateway's: what is no route is a 403.
_ALWAYS = (
    HTTPStatus.FORBIDDEN,
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.INTERNAL_SERVER_ERROR,
    HTTPStatus.BAD_GATEWAY,
    HTTPStatus.GATEWAY_TIMEOUT,
)
_WITH_BODY = (HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.UNSUPPORTED_MEDIA_TYPE)


def public_document(contract: Contract, *, server_url: str | None = None) -> dict[str, Any]:
    """The contract, OpenAPI 3.0.3, with the errors that the gateway can answer.

    An error that an operation declares itself is told as it is, beside the gateway's where that
    can answer the same status; one without content has the shape of all errors. Each constraint
    on requests is marked with who enforces it (OpenAPI 3.0.3, Specification Extensions).
    ``server_url`` is where the API is served, without a slash at the end.
    """
    document = contract.document
    if server_url is not None:
        document["servers"] = [{"url": server_url}]
    if contract.api_key_source == "AUTHORIZER":
        _tell_of_authorizer(document)
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    errors = ErrorAnswers(schemas, GATEWAY_ERROR)
    for operation in contract.operations():
        item = document["paths"][operation.path][operation.method.lower()]
        declared = item["responses"]
        statuses = _statuses(operation, item.get("security", []))
        for status, response in declared.items():
            if status.isdigit() and int(status) >= HTTPStatus.BAD_REQUEST:
                response.setdefault("content", _error_content())
        added = {
            str(status.value): errors.beside(declared, str(status.value), _response(status))
            for status in statuses
        }
        item["responses"] = dict(sorted({**declared, **added}.items()))
    tell_lifecycle(document, contract.lifecycle)
    for item in constraints(contract):
        marks = resolve(document, item.holder).setdefault(ENFORCED_BY, {})
        marks[item.keyword] = item.enforced_by
    # What API Gateway writes {proxy+}, OpenAPI writes {proxy}.
    document["paths"] = {path.replace("+}", "}"): i for path, i in document["paths"].items()}
    schemas[GATEWAY_ERROR] = deepcopy(_ERROR_SCHEMA)
    return document


def _tell_of_authorizer(document: JsonObject) -> None:
    """Say what a client sends where an authorizer finds its API key: not the key."""
    schemes = document["components"].get("securitySchemes", {})
    if schemes.pop(API_KEY, None) is None:
        return
    schemes[KEY_AUTHORIZER] = deepcopy(KEY_AUTHORIZER_SCHEME)
    for item in document["paths"].values():
        for operation in item.values():
            for requirement in operation.get("security", ()):
                if API_KEY in requirement:
                    requirement[KEY_AUTHORIZER] = requirement.pop(API_KEY)


def _statuses(operation: Operation, security: list[JsonObject]) -> list[HTTPStatus]:
    statuses = list(_ALWAYS)
    if operation.parameters or operation.body is not None:
        statuses.append(HTTPStatus.BAD_REQUEST)
    if operation.body is not None:
        statuses.extend(_WITH_BODY)
    # An authorizer answers 401; API Gateway itself turns away a key or a signature with 403.
    if any(scheme not in (API_KEY, IAM) for required in security for scheme in required):
        statuses.append(HTTPStatus.UNAUTHORIZED)
    return statuses


def _response(status: HTTPStatus) -> JsonObject:
    response: JsonObject = {
        "description": status.phrase,
        "content": _error_content(),
    }
    if status is HTTPStatus.TOO_MANY_REQUESTS:
        response["headers"] = {
            "Retry-After": {
                "description": "Seconds to wait; not sent when a quota is used up.",
                "schema": {"type": "integer"},
            }
        }
    return response


def _error_content() -> JsonObject:
    return {"application/json": {"schema": {"$ref": SCHEMAS + GATEWAY_ERROR}}}
