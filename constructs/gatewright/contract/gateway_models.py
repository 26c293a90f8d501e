"""The models that API Gateway validates bodies with: schemas of JSON Schema draft 4."""

import re
from collections.abc import Iterator

from gatewright.contract.contract import Contract, Operation
from gatewright.contract.document import (
    SCHEMAS,
    JsonObject,
    pointer,
    referenced_schemas,
    schema_name,
)
from gatewright.contract.model_schema import ModelSchema
from gatewright.contract.operation_rules import MEDIA_TYPE
from gatewright.contract.unenforced import Unenforced


class GatewayModels:
    """The models of a contract. Each accepts at least what the contract accepts."""

    def __init__(self, contract: Contract) -> None:
        self._contract = contract
        self._bodies = {
            operation.name: operation
            for operation in contract.operations()
            if operation.validated_body is not None
        }
        bodies = [_schema(operation) for operation in self._bodies.values()]
        shared = sorted(referenced_schemas(bodies, contract.schemas))
        inline = [_inline_name(o) for o in self._bodies.values() if "$ref" not in _schema(o)]
        self._names = _model_names([*shared, *inline])
        self._shared = shared

    def body(self, operation: Operation) -> JsonObject:
        """A reference to the model of an operation's body."""
        schema = _schema(operation)
        name = schema_name(schema["$ref"]) if "$ref" in schema else _inline_name(operation)
        return {"$ref": SCHEMAS + self._names[name]}

    def schemas(self) -> JsonObject:
        """The models by name."""
        compiled = dict(self._compile([]))
        return {name: compiled[name] for name in sorted(compiled)}

    def unenforced(self) -> list[Unenforced]:
        """What the contract demands of bodies and the models do not."""
        found: list[Unenforced] = []
        for _ in self._compile(found):
            pass
        return found

    def _compile(self, found: list[Unenforced]) -> Iterator[tuple[str, JsonObject]]:
        compiler = ModelSchema(self._names, found)
        for name in self._shared:
            where = pointer("components", "schemas", name)
            yield self._names[name], compiler.schema(self._contract.schemas[name], where)
        for operation in self._bodies.values():
            if "$ref" not in (schema := _schema(operation)):
                where = operation.pointer("requestBody", "content", MEDIA_TYPE, "schema")
                yield self._names[_inline_name(operation)], compiler.schema(schema, where)


def _schema(operation: Operation) -> JsonObject:
    schema: JsonObject = (operation.body or {})["content"][MEDIA_TYPE]["schema"]
    return schema


def _inline_name(operation: Operation) -> str:
    # A slash cannot be in the name of a component, so this is never one.
    return f"{operation.operation_id}/body"


def _model_names(names: list[str]) -> dict[str, str]:
    """AWS, "Important notes": model names can only contain alphanumeric characters.

    A name that already does keeps it; of others that become alike, the later ones are numbered.
    """
    given = {name: name for name in names if re.fullmatch(r"[A-Za-z0-9]+", name)}
    taken = set(given.values())
    for name in names:
        if name not in given:
            words = re.findall(r"[A-Za-z0-9]+", name)
            base = "".join(word[0].upper() + word[1:] for word in words) or "Model"
            candidates = (base if n == 1 else f"{base}{n}" for n in range(1, len(names) + 2))
            given[name] = next(candidate for candidate in candidates if candidate not in taken)
            taken.add(given[name])
    return given
