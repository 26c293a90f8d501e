"""Every constraint on the requests of a contract, and who enforces it.

AWS, "Request validation for REST APIs": API Gateway checks that required parameters are there and
not blank, and that a body matches its model. All else is the backend's.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from gatewright.contract.contract import Contract, Operation
from gatewright.contract.document import JsonObject, pointer, schema_name
from gatewright.contract.gateway_models import GatewayModels
from gatewright.contract.model_schema import DESCRIBES
from gatewright.contract.operation_rules import MEDIA_TYPE
from gatewright.contract.parameters import is_never_blank, unseen_by_gateway

EnforcedBy = Literal["gateway", "backend"]

_NO_MODEL = "it has no model for a body that may be left out, or is no JSON"
_PARAMETERS = "of parameters only presence is checked"
# They hold other schemas, and say nothing themselves.
_HOLDERS = ("properties", "items", "allOf")


@dataclass(frozen=True)
class Constraint:
    """A keyword at a JSON pointer into the contract's document.

    ``reason`` says why it is not the gateway that enforces it.
    """

    pointer: str
    keyword: str
    enforced_by: EnforcedBy
    reason: str = ""

    @property
    def holder(self) -> str:
        """The pointer to the schema or parameter that has the keyword."""
        return self.pointer.removesuffix(pointer(self.keyword))


def constraints(contract: Contract) -> tuple[Constraint, ...]:
    """Every constraint of a contract's requests, those of parameters first.

    What a schema that is used twice demands is the backend's if the gateway misses it once.
    """
    operations = list(contract.operations())
    found = [item for operation in operations for item in _of_parameters(operation)]
    bodies = _Bodies(contract)
    for operation in operations:
        bodies.add(operation)
    return tuple(found + list(bodies.found.values()))


def backend_constraints(contract: Contract) -> tuple[Constraint, ...]:
    """Those that a request passes the gateway without meeting."""
    return tuple(item for item in constraints(contract) if item.enforced_by == "backend")


def _of_parameters(operation: Operation) -> Iterator[Constraint]:
    for index, parameter in enumerate(operation.parameters):
        at = operation.pointer("parameters", index)
        reason = unseen_by_gateway(parameter)
        if parameter["in"] == "cookie":
            yield Constraint(f"{at}/in", "in", "backend", reason)
        if parameter.get("required"):
            yield _constraint(at, "required", reason)
        for keyword, value in sorted(parameter["schema"].items()):
            if _restricts(keyword) and (keyword, value) != ("type", "string"):
                blank = (keyword, value) == ("minLength", 1) and is_never_blank(parameter)
                yield _constraint(f"{at}/schema", keyword, "" if blank else _PARAMETERS)


class _Bodies:
    """Walks the schemas of bodies. ``reason`` is why the gateway sees nothing of a schema."""

    def __init__(self, contract: Contract) -> None:
        self._schemas = contract.schemas
        self._left = {item.pointer: item.reason for item in GatewayModels(contract).unenforced()}
        self._visited: set[tuple[str, bool]] = set()
        self.found: dict[str, Constraint] = {}

    def add(self, operation: Operation) -> None:
        """Note the constraints of an operation's body."""
        if operation.body is None:
            return
        unseen = "" if operation.validated_body else _NO_MODEL
        if operation.body.get("required"):
            self._note(operation.pointer("requestBody"), "required", unseen)
        for media_type, media in operation.body["content"].items():
            reason = unseen or ("" if media_type == MEDIA_TYPE else _NO_MODEL)
            place = ("requestBody", "content", media_type, "schema")
            self._schema(media.get("schema", {}), operation.pointer(*place), reason)

    def _schema(self, schema: JsonObject, where: str, reason: str) -> None:
        if "$ref" in schema:
            name = schema_name(schema["$ref"])
            schema, where = self._schemas[name], pointer("components", "schemas", name)
        if (where, bool(reason)) in self._visited:
            return
        self._visited.add((where, bool(reason)))
        reason = reason or self._left.get(where + pointer("nullable"), "")
        for keyword in sorted(filter(_restricts, schema)):
            at = where + pointer(keyword)
            unseen = reason or self._left.get(at, "")
            if keyword not in _HOLDERS and not _allows_all(keyword, schema[keyword]):
                self._note(where, keyword, unseen)
            for child, place in _children(keyword, schema[keyword], at):
                self._schema(child, place, unseen)

    def _note(self, where: str, keyword: str, reason: str) -> None:
        made = _constraint(where, keyword, reason)
        if reason or made.pointer not in self.found:
            self.found[made.pointer] = made


def _constraint(where: str, keyword: str, reason: str) -> Constraint:
    at = where + pointer(keyword)
    return Constraint(at, keyword, "backend" if reason else "gateway", reason)


def _restricts(keyword: str) -> bool:
    return keyword not in DESCRIBES and not keyword.startswith("x-")


def _allows_all(keyword: str, value: Any) -> bool:
    return keyword == "additionalProperties" and value in (True, {})


def _children(keyword: str, value: Any, at: str) -> Iterator[tuple[JsonObject, str]]:
    """The schemas inside a keyword, with their pointers."""
    if keyword in ("anyOf", "oneOf", "allOf"):
        yield from ((child, at + pointer(index)) for index, child in enumerate(value))
    elif keyword == "properties":
        yield from ((child, at + pointer(name)) for name, child in sorted(value.items()))
    elif keyword in ("items", "not", "additionalProperties") and isinstance(value, dict):
        yield value, at
