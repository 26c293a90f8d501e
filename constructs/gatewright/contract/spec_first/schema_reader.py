"""One schema of a description, whatever its version, on the way to OpenAPI 3.0.3."""

import json
from collections.abc import Callable, Iterator
from typing import Any

from gatewright.contract.document import SCHEMAS, JsonObject
from gatewright.contract.model_schema import DESCRIBES
from gatewright.contract.spec_first.findings import Findings
from gatewright.contract.spec_first.node import Node, SpecError
from gatewright.contract.spec_first.read_only import declared, declares_read_only, read_only_names
from gatewright.contract.spec_first.references import References, reference_of
from gatewright.contract.spec_first.schema_keywords import mistake
from gatewright.contract.spec_first.type_lists import one_type
from gatewright.contract.spec_first.versions import SpecVersion

Refuse = Callable[[Node, str, str], None]

# They only hold schemas that references lead to, or name places for references.
_HOLDERS = {"$defs", "definitions", "$anchor", "$dynamicAnchor"}
_LISTS = ("allOf", "anyOf", "oneOf")
_SCHEMAS = ("items", "not", "additionalProperties")
_TEXTS = ("title", "description")
_MAY_BE_NULL = ("default", "example", "const")


class SchemaReader:
    """Resolves, checks and unifies schemas. ``reference`` makes references to components."""

    def __init__(
        self,
        version: SpecVersion,
        references: References,
        reference: Callable[[Node], JsonObject],
        findings: Findings,
    ) -> None:
        self._version = version
        self._references = references
        self._reference = reference
        self._findings = findings

    def read(self, node: Node, refuse: Refuse) -> Any:
        """The schema at ``node``: true, false, or an object. Mistakes are told and left out."""
        if isinstance(node.value, bool):
            return node.value
        try:
            node.expect(dict)
            if reference_of(node.value) is not None:
                return self._referring(node, refuse)
            return self._own(node, refuse, set())
        except SpecError as error:
            refuse(error.node, error.reason, error.remedy)
            return {}

    def _referring(self, node: Node, refuse: Refuse) -> JsonObject:
        reference = self._reference(node)
        beside = node.value.keys() - {"$ref"} - _HOLDERS
        if not beside:
            return reference
        if self._version == "3.1":
            # JSON Schema 2020-12: a reference and what is beside it both hold.
            own = self._own(node, refuse, {"$ref"})
            return {**own, "allOf": [reference, *own.get("allOf", [])]}
        if said := sorted(name for name in beside if name not in DESCRIBES and name[:2] != "x-"):
            text = f"{', '.join(said)} beside $ref is left out: OpenAPI {self._version} ignores it"
            self._findings.note("rewritten", node, text)
        return reference

    def _own(self, node: Node, refuse: Refuse, without: set[str]) -> JsonObject:
        out: JsonObject = {}
        for keyword, child in node.items():
            if keyword in _HOLDERS or keyword in without:
                continue
            if found := mistake(keyword, child.value):
                refuse(child, *found)
                continue
            try:
                self._keyword(out, keyword, child, refuse)
            except SpecError as error:
                refuse(error.node, error.reason, error.remedy)
        return self._unified(out, node)

    def _keyword(self, out: JsonObject, keyword: str, child: Node, refuse: Refuse) -> None:
        value = child.value
        if keyword in _LISTS:
            if found := [self.read(item, refuse) for item in child.elements()]:
                out[keyword] = found
        elif keyword in _SCHEMAS:
            out[keyword] = self._one(keyword, child, refuse)
        elif keyword == "properties":
            out[keyword] = {name: self._property(item, refuse) for name, item in child.items()}
        elif keyword == "discriminator":
            self._discriminator(out, child)
        elif keyword == "examples":
            out |= {keyword: value} if isinstance(value, list) and value else {}
        elif value is not None or keyword in _MAY_BE_NULL:
            out[keyword] = _plain(keyword, value)

    def _one(self, keyword: str, node: Node, refuse: Refuse) -> Any:
        if isinstance(node.value, list):
            remedy = "describe one schema for all items"
            raise SpecError(node, f"{keyword} is a list of schemas", remedy)
        return self.read(node, refuse)

    def _property(self, node: Node, refuse: Refuse) -> Any:
        schema = self.read(node, refuse)
        refers = isinstance(schema, dict) and "$ref" in schema
        if refers and declares_read_only(node, self._references):
            return {"allOf": [schema], "readOnly": True}
        return schema

    def _unified(self, out: JsonObject, node: Node) -> JsonObject:
        if out.get("type") == "file":  # Swagger 2.0, Response Object
            out |= {"type": "string", "format": "binary"}
        if self._version == "2.0" and out.get("x-nullable") is True:
            out["nullable"] = True
            self._findings.note("rewritten", node, "x-nullable is read as nullable")
        if isinstance(node.get("allOf"), list):
            names = read_only_names(node, self._references)
            out["allOf"] = [_declaring(item, names) for item in out.get("allOf", [])]
            out = declared(out, names)
            if not out["allOf"]:
                del out["allOf"]
        for text in _rewritten(out):
            self._findings.note("rewritten", node, text)
        return one_type(out)

    def _discriminator(self, out: JsonObject, node: Node) -> None:
        if isinstance(node.value, str):  # Swagger 2.0
            out["discriminator"] = {"propertyName": node.value}
            return
        found = dict(node.expect(dict))
        if (mapping := node.optional("mapping")) is not None:
            found["mapping"] = {}
            for value, child in mapping.items():
                if (name := self._mapped(child)) is not None:
                    found["mapping"][value] = name
        out["discriminator"] = found

    def _mapped(self, node: Node) -> str | None:
        """The component that a value of a discriminator stands for: by name, or by reference."""
        text = str(node.value)
        schemas = Node(node.file.root, node.file).optional("components")
        known = schemas.get("schemas") if schemas else None
        place = text if "/" in text or "#" in text or "." in text else f"{SCHEMAS}{text}"
        place = f"{SCHEMAS}{text}" if isinstance(known, dict) and text in known else place
        try:
            self._references.follow(node, place)
        except SpecError as error:
            self._findings.note("documents", node, f"{error.reason}: the mapping is left out")
            return None
        made = self._reference(Node({"$ref": place}, node.file, node.parts))
        return str(made["$ref"])


def _rewritten(schema: JsonObject) -> Iterator[str]:
    """What OpenAPI 3.1 writes otherwise than 3.0.3; the values that are valid stay the same."""
    if isinstance(schema.get("type"), list):
        yield "a list of types is nullable, or anyOf, in OpenAPI 3.0.3"
    for bound in ("exclusiveMinimum", "exclusiveMaximum"):
        if bound in schema and not isinstance(schema[bound], bool):
            yield f"{bound} with a number is the bound itself, and {bound}: true beside it"
    if "const" in schema:
        yield "const is an enum of one value"


def _declaring(item: Any, names: set[str]) -> Any:
    return declared(item, names) if isinstance(item, dict) and "$ref" not in item else item


def _plain(keyword: str, value: Any) -> Any:
    if keyword in ("enum", "required"):
        # JSON Schema draft 4 wants each once. Its text tells 1 from true, which Python does not.
        return list({json.dumps(item): item for item in value}.values())
    if keyword in _TEXTS:
        return str(value)
    if keyword.startswith(("min", "max")) and isinstance(value, float) and value.is_integer():
        return int(value)
    return value
