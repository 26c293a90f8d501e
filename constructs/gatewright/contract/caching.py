"""What API Gateway may keep of an operation's answers, and what tells two answers apart.

AWS: "Cache settings for REST APIs in API Gateway". Nothing is in a cache's key by itself, not even
a parameter of the path, so what is not named here is the same answer to everybody.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from gatewright.contract.contract import Operation
from gatewright.contract.document import JsonObject
from gatewright.contract.parameters import unseen_by_gateway
from gatewright.contract.problems import ContractError, Problem
from gatewright.contract.security import SECURITY_SCHEMES
from gatewright.nearest import did_you_mean

_METHODS = ("GET", "HEAD")
_LOCATIONS = {"query": "querystring", "header": "header", "path": "path"}


@dataclass(frozen=True, kw_only=True)
class CachedOperation:
    """How answers of an operation are kept.

    ``keys`` are the parameters by which they differ, like ``query.limit`` or ``header.X-Region``;
    None for all that the operation declares. Those of the path are always among them. ``shared``
    says that callers may get each other's answers.
    """

    keys: tuple[str, ...] | None = None
    shared: bool = False


def check_cached(
    api_name: str, operations: Sequence[Operation], cached: Mapping[str, CachedOperation]
) -> None:
    """Raise ContractError for each operation whose answers may not be kept like that."""
    problems = [
        problem
        for operation in operations
        if (how := cached.get(str(operation.operation_id)))
        for problem in _problems(operation, how)
    ]
    if problems:
        raise ContractError(api_name, problems)


def with_cache(
    operation: Operation, gateway: JsonObject, cached: Mapping[str, CachedOperation]
) -> JsonObject:
    """The operation in API Gateway's dialect with the keys of its cache, if it has one.

    A key must be a parameter that the method declares, and so a credential's header becomes one.
    AWS: cacheKeyParameters and cacheNamespace of "x-amazon-apigateway-integration object".
    """
    how = cached.get(str(operation.operation_id))
    if how is None:
        return gateway
    keys = _keys(operation, how)
    declared = {f"{item['in']}.{item['name']}" for item in gateway.get("parameters", [])}
    headers = [
        {"name": key.partition(".")[2], "in": "header", "required": False, "schema": _TEXT}
        for key in keys
        if key not in declared
    ]
    integration = {
        **gateway["x-amazon-apigateway-integration"],
        "cacheNamespace": operation.operation_id,
        "cacheKeyParameters": [_as_mapped(key) for key in keys],
    }
    parameters = {"parameters": gateway.get("parameters", []) + headers} if keys else {}
    return {**gateway, **parameters, "x-amazon-apigateway-integration": integration}


_TEXT: JsonObject = {"type": "string"}


def _keys(operation: Operation, how: CachedOperation) -> list[str]:
    declared = _declared(operation)
    wanted = declared if how.keys is None else how.keys
    return sorted({*(key for key in declared if key.startswith("path.")), *wanted})


def _declared(operation: Operation) -> list[str]:
    found = [item for item in operation.parameters if not unseen_by_gateway(item)]
    return [f"{item['in']}.{item['name']}" for item in found]


def _as_mapped(key: str) -> str:
    location, _, name = key.partition(".")
    return f"method.request.{_LOCATIONS[location]}.{name}"


def _problems(operation: Operation, how: CachedOperation) -> Iterator[Problem]:
    if operation.method not in _METHODS:
        reason = "it is cached, and a repeated request would not reach the backend"
        yield _problem(operation, reason, "take it out of the cache: GET and HEAD change nothing")
        return
    credentials = {name: _header_of(name) for name in operation.schemes}
    known = {*_declared(operation), *credentials.values()}
    for key in how.keys or ():
        if key not in known:
            reason = f"its cache has the key {key}, which is no parameter of it"
            location, _, name = key.partition(".")
            beside = [k.partition(".")[2] for k in known if k.startswith(f"{location}.")]
            declare = f"declare it, or use {', '.join(sorted(known)) or 'none'}"
            remedy = did_you_mean(name, beside) or declare
            yield _problem(operation, reason, remedy)
    told = _keys(operation, how)
    for name, header in credentials.items():
        if not how.shared and header not in told:
            reason = f"it asks for {name} and is cached: one caller would get another's answer"
            remedy = (
                f"add {header} to the keys of its cache, or, if everybody gets the same answer, "
                "write shared: true beside them"
            )
            yield _problem(operation, reason, remedy)


def _header_of(scheme: str) -> str:
    """The key of the header that a caller's credentials are in."""
    found = SECURITY_SCHEMES.get(scheme, {})
    return f"header.{found['name'] if found.get('type') == 'apiKey' else 'Authorization'}"


def _problem(operation: Operation, reason: str, remedy: str) -> Problem:
    return Problem(operation.name, reason, remedy, operation.pointer(), operation.source)
