"""The gateway itself, which answers what the contract gives as an example."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gatewright.contract.document import JsonObject, schema_name
from gatewright.integrations.answers import NOTHING
from gatewright.integrations.deployed import Deployed, Permission
from gatewright.integrations.flaw import Flaw
from gatewright.integrations.sources import without_vtl
from gatewright.integrations.statuses import success_status
from gatewright.integrations.targets.call import Call

if TYPE_CHECKING:
    from gatewright.contract.contract import Contract, Operation

_JSON = "application/json"


@dataclass(frozen=True)
class MockTarget:
    """Answers ``status``, by default the lowest success that the contract declares.

    ``body`` is JSON text; by default it is the example of the contract's answer.
    """

    status: int | None = None
    body: str | None = None

    def call(
        self, operation: "Operation", contract: "Contract", deployed: Deployed, *, templated: bool
    ) -> Call:
        """A ``mock`` call. AWS: "Mock integrations for REST APIs in API Gateway"."""
        del contract, deployed, templated
        status = self.status or success_status(operation)
        return Call("mock", templates={_JSON: f'{{"statusCode": {status}}}'})

    def success(self, operation: "Operation", contract: "Contract") -> str | None:
        """The body as a template in which nothing is VTL."""
        answer = self._answer(operation)
        if self.body is not None:
            return without_vtl(json.dumps(json.loads(self.body), separators=(",", ":")))
        if not answer.get("content"):
            return NOTHING
        found = _example(answer["content"], contract.schemas)
        return None if found is _NONE else without_vtl(json.dumps(found, separators=(",", ":")))

    def _answer(self, operation: "Operation") -> JsonObject:
        status = str(self.status or success_status(operation))
        answer: JsonObject = operation.definition["responses"].get(status, {})
        return answer

    def flaws(
        self, operation: "Operation", contract: "Contract", answer: Mapping[str, str]
    ) -> Iterator[Flaw]:
        """An answer of which neither the contract nor the mock says anything."""
        del answer
        if self.success(operation, contract) is None:
            yield Flaw(
                "the contract has no example of the answer, and the mock no body",
                "write 'body' below mock, or an example into the contract's answer",
            )

    def permissions(self, deployed: Deployed) -> Iterator[Permission]:
        """None."""
        del deployed
        yield from ()


_NONE: Any = object()


def _example(content: JsonObject, schemas: JsonObject) -> Any:
    """The example of a JSON answer (OpenAPI 3.0.3: Media Type, Example and Schema Object)."""
    media: JsonObject = content.get(_JSON, {})
    if "example" in media:
        return media["example"]
    for named in media.get("examples", {}).values():
        if isinstance(named, dict) and "value" in named:
            return named["value"]
    return _of_schema(media.get("schema", {}), schemas, frozenset())


def _of_schema(schema: JsonObject, schemas: JsonObject, seen: frozenset[str]) -> Any:
    if "$ref" in schema:
        name = schema_name(schema["$ref"])
        if name in seen:
            return _NONE
        return _of_schema(schemas[name], schemas, seen | {name})
    if "example" in schema:
        return schema["example"]
    if schema.get("type") == "array":
        item = _of_schema(schema.get("items", {}), schemas, seen)
        return _NONE if item is _NONE else [item]
    properties = schema.get("properties", {})
    found = {name: _of_schema(child, schemas, seen) for name, child in properties.items()}
    known = {name: value for name, value in found.items() if value is not _NONE}
    missing = set(schema.get("required", ())) - known.keys()
    return known if known and not missing else _NONE
