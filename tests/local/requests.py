"""Requests derived from a contract: every operation, with the examples that it documents."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gatewright.contract import Contract, public_document

_METHODS = ("get", "put", "post", "delete", "patch", "head")


@dataclass(frozen=True, kw_only=True)
class Call:
    """One operation, ready to be called but for credentials."""

    api: str
    method: str
    route: str
    path: str
    body: Any
    schemes: tuple[str, ...]

    @property
    def label(self) -> str:
        return f"{self.api} {self.method} {self.route}"


def calls(contracts: Mapping[str, Contract]) -> list[Call]:
    """Every operation of every API. A new operation is covered without a new test."""
    return [
        _call(api, document, method, route, operation)
        for api, contract in contracts.items()
        for document in [public_document(contract)]
        for route, item in document["paths"].items()
        for method, operation in item.items()
        if method in _METHODS
    ]


def _call(
    api: str, document: dict[str, Any], method: str, route: str, operation: dict[str, Any]
) -> Call:
    examples = {
        parameter["name"]: _example(document, parameter)
        for parameter in operation.get("parameters", [])
        if parameter["in"] == "path"
    }
    path = re.sub(r"{(\w+)\+?}", lambda found: str(examples[found[1]]), route)
    content = operation.get("requestBody", {}).get("content", {}).get("application/json")
    return Call(
        api=api,
        method=method.upper(),
        route=route,
        path=path.lstrip("/"),
        body=_example(document, content) if content else None,
        schemes=tuple(scheme for needed in operation["security"] for scheme in needed),
    )


def _example(document: dict[str, Any], holder: dict[str, Any]) -> Any:
    if "example" in holder:
        return holder["example"]
    schema = holder.get("schema", holder)
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[1]
        schema = document["components"]["schemas"][name]
    if "example" in schema:
        return schema["example"]
    if schema.get("type") == "object":
        return {
            name: _example(document, schema["properties"][name])
            for name in schema.get("required", [])
        }
    raise AssertionError(f"give an example in the contract for {holder}")
