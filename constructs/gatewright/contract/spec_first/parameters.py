"""The parameters of an operation: OpenAPI's Parameter Object, and Swagger 2.0's."""

from collections.abc import Iterator
from typing import Any

from gatewright.contract.document import JsonObject
from gatewright.contract.parameters import is_never_blank
from gatewright.contract.spec_first.documentation import Documentation
from gatewright.contract.spec_first.fields import check_parameter_fields
from gatewright.contract.spec_first.findings import Findings
from gatewright.contract.spec_first.node import Node, SpecError
from gatewright.contract.spec_first.references import References
from gatewright.contract.spec_first.schemas import Schemas
from gatewright.contract.spec_first.versions import SpecVersion

IN_BODY = ("body", "formData")
_LOCATIONS = ("query", "header", "path", "cookie")
# OpenAPI 3.0.3, Parameter Object: such header parameters shall be ignored.
_IGNORED_HEADERS = ("accept", "authorization", "content-type")
_KEPT = ("description", "deprecated", "allowEmptyValue", "style", "explode", "allowReserved",
         "example")  # fmt: skip
# Swagger 2.0, Parameter Object, as style and explode of OpenAPI 3.0.3.
_IN_QUERY: dict[str, JsonObject] = {
    "csv": {"style": "form", "explode": False},
    "multi": {"style": "form", "explode": True},
    "pipes": {"style": "pipeDelimited", "explode": False},
    "ssv": {"style": "spaceDelimited", "explode": False},
}
_NO_SCHEMA = {"name", "in", "description", "required", "allowEmptyValue", "collectionFormat"}


class Parameters:
    """Reads the parameters that a path and its operation have together."""

    def __init__(
        self,
        version: SpecVersion,
        references: References,
        schemas: Schemas,
        documentation: Documentation,
        findings: Findings,
    ) -> None:
        self._version = version
        self._references = references
        self._schemas = schemas
        self._documentation = documentation
        self._findings = findings

    def of(self, path: Node, operation: Node) -> list[Node]:
        """Its Parameter Objects: the operation's own in place of the path's. Raises SpecError."""
        found: dict[tuple[str, str], Node] = {}
        for holder in (path, operation):
            here = dict(self._own(holder))
            found |= here
        return list(found.values())

    def _own(self, holder: Node) -> Iterator[tuple[tuple[str, str], Node]]:
        listed = holder.optional("parameters")
        seen = set()
        for item in listed.elements() if listed else ():
            node = self._references.inlined(item)
            node.expect(dict)
            place, name = str(node.get("in")), node.get("name")
            known = (*_LOCATIONS, *IN_BODY) if self._version == "2.0" else _LOCATIONS
            if place not in known:
                remedy = f"write in: {', '.join(known)}"
                self._findings.refuse(item, f"a parameter in {place}", remedy)
                continue
            if not isinstance(name, str):
                self._findings.refuse(item, "a parameter without a name", "write name: <name>")
                continue
            key = (place, name.lower() if place == "header" else name)
            if key in seen:
                reason = f"the parameter {name} in {place} is there twice"
                self._findings.refuse(item, reason, "remove one of them")
            seen.add(key)
            yield key, node

    def read(self, node: Node) -> JsonObject | None:
        """The parameter at ``node`` in OpenAPI 3.0.3; None for one that OpenAPI ignores.

        Raises SpecError.
        """
        name, place = str(node.get("name")), str(node.get("in"))
        check_parameter_fields(node, self._version, self._findings)
        if self._version != "2.0" and place == "header" and name.lower() in _IGNORED_HEADERS:
            text = f"the parameter {name} is left out: OpenAPI ignores it, and says it elsewhere"
            self._findings.note("documents", node, text)
            return None
        out: JsonObject = {"name": name, "in": place}
        out |= {key: node.value[key] for key in _KEPT if node.get(key) is not None}
        out |= {key: value for key, value in node.value.items() if key.startswith("x-")}
        if (examples := node.optional("examples")) is not None:
            out["examples"] = self._documentation.copy(examples)
        if self._required(node, name, place):
            out["required"] = True
        if self._version == "2.0":
            out |= self._collection(node, place)
        out["schema"] = self._schema(node, name)
        if is_never_blank(out) and _may_be_blank(out["schema"]):
            text = "a required text in query or header has minLength 1: API Gateway refuses blanks"
            self._findings.note("rewritten", node, text)
            out["schema"] = {**out["schema"], "minLength": 1}
        return out

    def _required(self, node: Node, name: str, place: str) -> bool:
        required = node.flag("required")
        if place == "path" and not required:
            text = f"the parameter {name} is required, for it is a part of the path"
            self._findings.note("rewritten", node, text)
            return True
        if required and node.get("allowEmptyValue") is True and place == "query":
            reason = f"the required parameter {name} may be empty, and API Gateway refuses it then"
            raise SpecError(node, reason, "make it optional, or remove allowEmptyValue")
        return required

    def _collection(self, node: Node, place: str) -> JsonObject:
        if node.get("type") != "array":
            return {}
        kind = str(node.get("collectionFormat") or "csv")
        if place == "query" and kind in _IN_QUERY:
            return dict(_IN_QUERY[kind])
        if place != "query" and kind == "csv":
            return {"style": "simple"}
        reason = f"collectionFormat {kind} in {place}, which OpenAPI 3.0.3 has not"
        raise SpecError(node, reason, "use csv, or multi in query")

    def _schema(self, node: Node, name: str) -> JsonObject:
        if self._version == "2.0":
            fields = {k: v for k, v in node.value.items() if k not in _NO_SCHEMA}
            fields = {
                k: v for k, v in fields.items() if not k.startswith("x-") or k == "x-nullable"
            }
            return self._schemas.inline(
                Node(_without_collections(fields), node.file, node.parts), "request", name
            )
        schema = node.optional("schema")
        if schema is None:
            what = "content" if node.get("content") else "no schema"
            reason = f"the parameter {name} has {what}"
            remedy = "describe it by schema, as the text that is sent"
            raise SpecError(node, reason, remedy)
        target = self._references.target(schema)
        # A named choice stays one in SDKs. Of anything else, each constraint is told by itself.
        named = isinstance(target.value, dict) and "enum" in target.value
        found = schema if named else self._references.inlined(schema)
        return self._schemas.inline(found, "request", name)


def _may_be_blank(schema: JsonObject) -> bool:
    says = {"enum", "format", "pattern"} & set(schema)
    return schema.get("type") == "string" and not says and not schema.get("minLength")


def _without_collections(fields: JsonObject) -> JsonObject:
    items: Any = fields.get("items")
    if not isinstance(items, dict):
        return fields
    kept = {name: value for name, value in items.items() if name != "collectionFormat"}
    return {**fields, "items": _without_collections(kept)}
