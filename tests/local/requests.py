"""Requests derived from a contract: every operation, with the examples that it documents.

What an operation creates gets a name of its own, so that the suite leaves alone what is there: a
``name`` in the body of a POST is a ``{name}`` in the paths below, and both are made unique.
"""

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from gatewright.contract import Contract, public_document

# A created thing is read and changed before it is deleted.
_METHODS = ("post", "get", "head", "put", "patch", "delete")
JsonObject = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Call:
    """One operation, ready to be called but for credentials.

    ``security`` has the scopes of each scheme that is asked for. Some headers may serve once:
    ``fresh`` are those that need another value in every request.
    """

    api: str
    method: str
    route: str
    path: str
    body: Any
    security: Mapping[str, tuple[str, ...]]
    headers: Mapping[str, str] = field(default_factory=dict)
    fresh: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        return f"{self.api} {self.method} {self.route}"

    @property
    def scopes(self) -> tuple[str, ...]:
        return self.security.get("cognito", ())

    def sent_headers(self) -> dict[str, str]:
        """The headers of one more request."""
        return {**self.headers, **{name: str(uuid.uuid4()) for name in self.fresh}}


def calls(contracts: Mapping[str, Contract]) -> list[Call]:
    """Every operation of every API. A new operation is covered without a new test."""
    return [
        call
        for api, contract in contracts.items()
        for call in _Calls(api, public_document(contract)).all()
    ]


class _Calls:
    def __init__(self, api: str, document: JsonObject) -> None:
        self._api = api
        self._document = document
        created = {
            name
            for item in document["paths"].values()
            for name in self._properties(item.get("post", {}))
        }
        in_paths = {name for path in document["paths"] for name in re.findall(r"{(\w+)\+?}", path)}
        mark = uuid.uuid4().hex[:8]
        self._unique = dict.fromkeys(created & in_paths, f"-verify-{mark}")

    def all(self) -> list[Call]:
        operations = [
            (method, route, item[method])
            for route, item in self._document["paths"].items()
            for method in _METHODS
            if method in item
        ]
        operations.sort(key=lambda found: _METHODS.index(found[0]))
        return [self._call(*found) for found in operations]

    def _call(self, method: str, route: str, operation: JsonObject) -> Call:
        needed = [p for p in operation.get("parameters", []) if p["required"]]
        values = {p["name"]: str(self._value(p["name"], p)) for p in needed}
        headers = {p["name"]: values[p["name"]] for p in needed if p["in"] == "header"}
        query = "&".join(f"{p['name']}={values[p['name']]}" for p in needed if p["in"] == "query")
        path = re.sub(r"{(\w+)\+?}", lambda found: values[found[1]], route)
        [security] = operation["security"]
        return Call(
            api=self._api,
            method=method.upper(),
            route=route,
            path=path.lstrip("/") + (f"?{query}" if query else ""),
            body=self._body(operation),
            security={scheme: tuple(scopes) for scheme, scopes in security.items()},
            headers=headers,
            # The one header that HTTP wants to be new each time (Idempotency-Key draft).
            fresh=tuple(name for name in headers if name.lower() == "idempotency-key"),
        )

    def _body(self, operation: JsonObject) -> Any:
        content = operation.get("requestBody", {}).get("content", {}).get("application/json")
        return self._value("", content) if content else None

    def _properties(self, operation: JsonObject) -> list[str]:
        content = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
        return list(self._schema(content).get("properties", {}))

    def _value(self, name: str, holder: JsonObject) -> Any:
        schema = self._schema(holder)
        example = holder.get("example", schema.get("example"))
        if example is not None:
            return f"{example}{self._unique[name]}" if name in self._unique else example
        if schema.get("type") == "object":
            return {
                name: self._value(name, schema["properties"][name])
                for name in schema.get("required", [])
            }
        raise AssertionError(f"give an example in the contract for {holder}")

    def _schema(self, holder: JsonObject) -> JsonObject:
        schema: JsonObject = holder.get("schema", holder)
        if "$ref" in schema:
            name = schema["$ref"].rsplit("/", 1)[1]
            schema = self._document["components"]["schemas"][name]
        return schema
