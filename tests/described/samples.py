"""An answer for each operation of a contract, as its schemas say. The same one every time."""

import json
from collections.abc import Iterator
from typing import Any

from openapi_schema_validator import OAS30ReadValidator, oas30_format_checker
from referencing import Registry
from referencing.jsonschema import DRAFT4

from gatewright.contract import Contract, Operation
from gatewright.contract.document import JsonObject

_CONTRACT = "urn:contract"
_DEEPEST = 6
_TEXTS = {
    "date": "2026-11-25",
    "date-time": "2026-11-25T12:00:00Z",
    "email": "somebody@example.com",
    "uuid": "1b4e28ba-2fa1-11d2-883f-0016d3cca427",
    "uri": "https://example.com/",
    "byte": "dGV4dA==",
    "ipv4": "192.0.2.1",
}


class Samples:
    """Makes values that a contract's schemas accept of an answer."""

    def __init__(self, contract: Contract) -> None:
        self._document = contract.document
        self._registry: Registry[Any] = Registry().with_resource(
            _CONTRACT, DRAFT4.create_resource(self._document)
        )

    def answers(self, contract: Contract) -> JsonObject:
        """The answer of each operation, by ``get /pets``, as Lambda gives it to API Gateway."""
        return {
            f"{operation.method.lower()} {operation.path}": self._answer(operation)
            for operation in contract.operations()
        }

    def _answer(self, operation: Operation) -> JsonObject:
        responses = operation.definition["responses"]
        for status, response in sorted(responses.items(), key=lambda item: _order(item[0])):
            made = self._of(response)
            if made is not None:
                return {"statusCode": int(status) if status.isdigit() else 200, **made}
        raise AssertionError(f"{operation.name}: no answer fits its own schema")

    def _of(self, response: JsonObject) -> JsonObject | None:
        """Headers and body of an answer; None where no value was found that fits."""
        headers = {
            name: str(next(self._values(header.get("schema", {}))))
            for name, header in response.get("headers", {}).items()
        }
        content = response.get("content")
        if not content:
            return {"headers": headers}
        for media_type, media in sorted(content.items(), key=lambda item: "json" not in item[0]):
            schema = media.get("schema", {})
            value = next((v for v in self._values(schema) if self._fits(v, schema)), None)
            if value is None and not self._fits(None, schema):
                continue
            text = value if "json" not in media_type and isinstance(value, str) else None
            body = json.dumps(value) if text is None else text
            return {"headers": {**headers, "Content-Type": media_type}, "body": body}
        return None

    def _fits(self, value: Any, schema: Any) -> bool:
        text = json.dumps(schema).replace('"$ref": "#/', f'"$ref": "{_CONTRACT}#/')
        found = OAS30ReadValidator(
            json.loads(text), registry=self._registry, format_checker=oas30_format_checker
        )
        return bool(found.is_valid(value))

    def _values(self, schema: Any, deep: int = 0) -> Iterator[Any]:
        """Candidates: what the schema is made of, then its example."""
        flat = self._flat(schema)
        yield from flat.get("enum", [])[:1]
        for word in ("oneOf", "anyOf"):
            rest = {name: value for name, value in flat.items() if name not in ("example", word)}
            for choice in flat.get(word, []):
                yield from self._values({"allOf": [rest, choice]}, deep)
        if not flat.get("oneOf") and not flat.get("anyOf"):
            yield self._one(flat, deep)
            if "properties" in flat:
                yield self._one({**flat, "properties": _only_required(flat)}, deep)
        if "example" in flat:
            yield flat["example"]

    def _flat(self, schema: Any) -> JsonObject:
        """``schema`` without references and allOf at its top."""
        while "$ref" in schema:
            schema = self._document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        out = {name: value for name, value in schema.items() if name != "allOf"}
        for part in map(self._flat, schema.get("allOf", [])):
            known = out.get("properties", {})
            more = {
                name: {"allOf": [known[name], child]} if name in known else child
                for name, child in part.get("properties", {}).items()
            }
            required = {"required": [*out.get("required", []), *part.get("required", [])]}
            out = {**part, **out, **required, "properties": {**known, **more}}
            out = {name: value for name, value in out.items() if value not in ({}, [])}
        return out

    def _one(self, schema: Any, deep: int) -> Any:
        kind = schema.get("type")
        if kind == "object" or "properties" in schema:
            return self._object(schema, deep)
        if kind == "array":
            few = schema.get("minItems", 1 if deep < _DEEPEST else 0)
            return [self._first(schema.get("items", {}), deep + 1) for _ in range(few)]
        if kind in ("integer", "number"):
            lowest, highest = schema.get("minimum", 1), schema.get("maximum")
            number = lowest + (1 if schema.get("exclusiveMinimum") else 0)
            return number if highest is None else min(number, highest)
        return {"boolean": True, "string": _text(schema)}.get(kind, {})

    def _object(self, schema: Any, deep: int) -> JsonObject:
        required = schema.get("required", [])
        return {
            name: self._first(child, deep + 1)
            for name, child in schema.get("properties", {}).items()
            if name in required or (deep < _DEEPEST and not child.get("writeOnly"))
        }

    def _first(self, schema: Any, deep: int) -> Any:
        found: Any = {}
        if deep > 3 * _DEEPEST:
            return found
        for found in self._values(schema, deep):
            if self._fits(found, schema):
                break
        return found


def _order(status: str) -> tuple[int, str]:
    """Successes first, then default, then what else is declared."""
    return (0 if status[0] == "2" else 1 if status == "default" else 2, status)


def _only_required(schema: Any) -> JsonObject:
    required = schema.get("required", [])
    return {name: child for name, child in schema["properties"].items() if name in required}


def _text(schema: Any) -> str:
    text = _TEXTS.get(schema.get("format", ""), "text")
    return text.ljust(schema.get("minLength", 0), "x")[: schema.get("maxLength", len(text) + 999)]
