"""Calls derived from a public OpenAPI document: every operation, with its documented examples.

What an operation creates gets a name of its own, so that a check leaves alone what is there: a
``name`` in the body of a POST is a ``{name}`` in the paths below, and both are made unique.
"""

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import quote, urlencode

from gatewright.checks.credentials import COGNITO

# A created thing is read and changed before it is deleted.
_METHODS = ("post", "get", "head", "put", "patch", "delete")
_JSON = "application/json"
_NAME = r"{([\w.-]+)\+?}"
JsonObject = Mapping[str, Any]


class NoExampleError(Exception):
    """A document gives no value to call an operation with. The text says where."""


@dataclass(frozen=True, kw_only=True)
class Call:
    """One operation, ready to be called but for credentials.

    ``resource`` is the path without a slash in front, ``query`` and ``headers`` are the required
    ones. ``security`` has the scopes of each scheme that is asked for. Some headers may serve once:
    ``fresh`` are those that need another value in every request. ``body`` is JSON, or None.
    ``media_types`` are those that the operation takes, ``body_schema`` is that of JSON, and
    ``successes`` are the statuses of success that it declares.
    ``unique`` says that the path names something which the same document creates; ``bearer`` that
    an authorizer of the API's own reads a bearer token.
    """

    api: str
    method: str
    route: str
    operation_id: str
    resource: str
    body: Any
    security: Mapping[str, tuple[str, ...]]
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    fresh: tuple[str, ...] = ()
    media_types: tuple[str, ...] = ()
    successes: tuple[int, ...] = ()
    body_schema: JsonObject = field(default_factory=dict)
    unique: bool = False
    bearer: bool = False

    @property
    def label(self) -> str:
        """How people speak of it: ``foods-v2 GET /foods``."""
        return f"{self.api} {self.method} {self.route}"

    @property
    def path(self) -> str:
        """The path with its query, without a slash in front."""
        return self.resource + (f"?{urlencode(self.query)}" if self.query else "")

    @property
    def scopes(self) -> tuple[str, ...]:
        """The scopes that a token needs."""
        return self.security.get("cognito", ())

    def sent_headers(self) -> dict[str, str]:
        """The headers of one more request."""
        return {**self.headers, **{name: str(uuid.uuid4()) for name in self.fresh}}

    def without_parameter(self, name: str) -> "Call":
        """The call without one of its query parameters or headers."""
        return replace(
            self,
            query={n: value for n, value in self.query.items() if n != name},
            headers={n: value for n, value in self.headers.items() if n != name},
            fresh=tuple(n for n in self.fresh if n != name),
        )


def requirement(document: JsonObject, operation: JsonObject) -> Mapping[str, list[str]]:
    """What a caller must bring: scopes by scheme, nothing where the operation is open.

    Of alternatives, the first (OpenAPI 3.0.3, Security Requirement Object).
    """
    choices = operation.get("security", document.get("security", ()))
    return {} if not choices or {} in choices else choices[0]


def document_calls(api: str, document: JsonObject, mark: str) -> list[Call]:
    """Every operation of ``document``, created things first and deletions last.

    ``mark``, letters and digits, makes names unique. Raises NoExampleError.
    """
    calls = _Calls(api, document, mark)
    return [calls.call(*found) for found in _operations(document)]


def operation_calls(api: str, document: JsonObject, mark: str) -> dict[str, Call | NoExampleError]:
    """The same by operation id, or why one of them cannot be called."""
    calls = _Calls(api, document, mark)
    found: dict[str, Call | NoExampleError] = {}
    for method, route, operation in _operations(document):
        try:
            call = calls.call(method, route, operation)
        except NoExampleError as problem:
            found[operation.get("operationId", "")] = problem
        else:
            found[call.operation_id] = call
    return found


def _operations(document: JsonObject) -> list[tuple[str, str, JsonObject]]:
    found = [
        (method, route, item[method])
        for route, item in document["paths"].items()
        for method in _METHODS
        if method in item
    ]
    return sorted(found, key=lambda operation: _METHODS.index(operation[0]))


class _Calls:
    def __init__(self, api: str, document: JsonObject, mark: str) -> None:
        self._api = api
        self._document = document
        created = {
            name
            for item in document["paths"].values()
            for name in self._properties(item.get("post", {}))
        }
        in_paths = {name for path in document["paths"] for name in _names(path)}
        self._unique = dict.fromkeys(created & in_paths, f"-verify-{mark}")

    def call(self, method: str, route: str, operation: JsonObject) -> Call:
        needed = [p for p in operation.get("parameters", []) if p.get("required")]
        where = f"{self._api} {method.upper()} {route}"
        values = {p["name"]: str(self._value(where, p["name"], p)) for p in needed}
        headers = {p["name"]: values[p["name"]] for p in needed if p["in"] == "header"}
        content = operation.get("requestBody", {}).get("content", {})
        body = content.get(_JSON)
        security = requirement(self._document, operation)
        return Call(
            api=self._api,
            method=method.upper(),
            route=route,
            operation_id=operation.get("operationId", ""),
            resource=re.sub(_NAME, lambda found: quote(values[found[1]], safe=""), route).lstrip(
                "/"
            ),
            query={p["name"]: values[p["name"]] for p in needed if p["in"] == "query"},
            body=self._value(where, "", body) if body else None,
            security={scheme: tuple(scopes) for scheme, scopes in security.items()},
            headers=headers,
            # The one header that HTTP wants to be new each time (Idempotency-Key draft).
            fresh=tuple(name for name in headers if name.lower() == "idempotency-key"),
            media_types=tuple(content),
            successes=_successes(operation["responses"]),
            body_schema=self._schema(body) if body else {},
            unique=any(name in self._unique for name in _names(route)),
            bearer=any(self._reads_bearer_tokens(scheme) for scheme in security),
        )

    def _reads_bearer_tokens(self, name: str) -> bool:
        """RFC 6750; the user pool's tokens are looked at more closely."""
        schemes = self._document.get("components", {}).get("securitySchemes", {})
        scheme = schemes.get(name, {}) if name != COGNITO else {}
        word = (scheme.get("type"), str(scheme.get("scheme")).lower())
        return word == ("http", "bearer") or word[0] in ("oauth2", "openIdConnect")

    def _properties(self, operation: JsonObject) -> list[str]:
        content = operation.get("requestBody", {}).get("content", {}).get(_JSON, {})
        return list(self._schema(content).get("properties", {}))

    def _value(self, where: str, name: str, holder: JsonObject) -> Any:
        schema = self._schema(holder)
        example = holder.get("example", schema.get("example", schema.get("default")))
        if example is None:
            # OpenAPI 3.0.3, Example Object: named ones, of which the first is as good as any.
            named = list(holder.get("examples", {}).values())
            example = named[0].get("value") if named else None
        if example is None and schema.get("enum"):
            example = schema["enum"][0]
        if example is not None:
            return f"{example}{self._unique[name]}" if name in self._unique else example
        if schema.get("type") == "object":
            properties = schema.get("properties", {})
            return {
                name: self._value(where, name, properties.get(name, {}))
                for name in schema.get("required", [])
                # OpenAPI 3.0.3, readOnly: such a property is required of answers alone.
                if not properties.get(name, {}).get("readOnly")
            }
        raise NoExampleError(f"{where}: give an example in the contract for {name or 'the body'}")

    def _schema(self, holder: JsonObject) -> JsonObject:
        schema: JsonObject = holder.get("schema", holder)
        if "$ref" in schema:
            name = schema["$ref"].rsplit("/", 1)[1]
            schema = self._document["components"]["schemas"][name]
        return schema


def _names(route: str) -> list[str]:
    return re.findall(_NAME, route)


def _successes(responses: JsonObject) -> tuple[int, ...]:
    """The statuses of success; any where the contract has none but 2XX or default."""
    found = sorted(int(status) for status in responses if status.isdigit() and status[0] == "2")
    return tuple(found or range(200, 300))
