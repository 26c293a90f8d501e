"""The bodies of requests and answers in OpenAPI 3.0.3."""

import re
from collections.abc import Iterable

from gatewright.contract.document import JsonObject
from gatewright.contract.operation_rules import MEDIA_TYPE
from gatewright.contract.spec_first.documentation import Documentation
from gatewright.contract.spec_first.findings import Findings
from gatewright.contract.spec_first.media_types import plain_media_type
from gatewright.contract.spec_first.node import Node, SpecError
from gatewright.contract.spec_first.references import References
from gatewright.contract.spec_first.schemas import Schemas

_FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")
_FIELD = {"name", "in", "description", "required", "allowEmptyValue", "collectionFormat"}
_STATUS = re.compile(r"[1-5][0-9][0-9]|[1-5]XX|default")


class Bodies:
    """Reads bodies. ``origins`` says where each came from."""

    def __init__(
        self,
        root: Node,
        references: References,
        schemas: Schemas,
        documentation: Documentation,
        findings: Findings,
    ) -> None:
        self._root = root
        self._references = references
        self._schemas = schemas
        self._documentation = documentation
        self._findings = findings

    def request(self, node: Node) -> tuple[JsonObject, dict[str, Node]]:
        """A Request Body Object, and the node of each media type's schema. Raises SpecError."""
        body = self._references.inlined(node)
        out: JsonObject = {k: v for k, v in body.expect(dict).items() if k.startswith("x-")}
        if body.get("description") is not None:
            out["description"] = body.get("description")
        out["required"] = body.flag("required")
        out["content"], nodes = {}, {}
        content = body.optional("content")
        for name, media in content.items() if content else ():
            media = self._references.inlined(media)
            media_type = plain_media_type(name, media, self._findings)
            out["content"][media_type] = self._media(media)
            if (schema := media.optional("schema")) is not None:
                nodes[media_type] = schema
                out["content"][media_type]["schema"] = self._schemas.inline(schema, "request")
        return out, nodes

    def _media(self, media: Node) -> JsonObject:
        fields = {k: v for k, v in media.expect(dict).items() if k != "schema"}
        kept = Node(fields, media.file, media.parts)
        copied: JsonObject = self._documentation.copy(kept)
        return copied

    def of_parameters(
        self, parameters: Iterable[Node], operation: Node
    ) -> tuple[JsonObject, dict[str, Node]] | None:
        """The same from the parameters of Swagger 2.0; None where they have no body."""
        found = list(parameters)
        forms = [node for node in found if node.get("in") == "formData"]
        if len(forms) < len(found) and len(found) > 1:
            raise SpecError(found[-1], "it has more than one body", "declare one")
        if forms:
            return self._form(forms, operation)
        if not found:
            return None
        body = found[0]
        schema = body.optional("schema")
        described = body.get("description")
        out: JsonObject = {"description": described} if described else {}
        out |= {"required": body.flag("required"), "content": {}}
        nodes = {}
        for name in self._listed("consumes", operation):
            media_type = plain_media_type(name, body, self._findings)
            out["content"][media_type] = {}
            if schema is not None:
                nodes[media_type] = schema
                out["content"][media_type]["schema"] = self._schemas.inline(schema, "request")
        return out, nodes

    def _form(self, fields: list[Node], operation: Node) -> tuple[JsonObject, dict[str, Node]]:
        """The fields of a form as the properties of an object (OpenAPI 3.0.3, Media Type)."""
        schema: JsonObject = {"type": "object", "properties": {}}
        for node in fields:
            kept = {k: v for k, v in node.value.items() if k not in _FIELD}
            inner = Node(kept, node.file, node.parts)
            name = str(node.get("name"))
            schema["properties"][name] = self._schemas.inline(inner, "request", name)
        required = [str(node.get("name")) for node in fields if node.flag("required")]
        if required:
            schema["required"] = required
        multipart = any(node.get("type") == "file" for node in fields)
        listed = [name for name in self._listed("consumes", operation, "") if name in _FORMS]
        found = listed or [_FORMS[0] if multipart else _FORMS[1]]
        body: JsonObject = {"required": bool(required)}
        return {**body, "content": {name: {"schema": schema} for name in found}}, {}

    def answers(self, operation: Node, *, swagger: bool) -> JsonObject:
        """The Responses Object. Raises SpecError."""
        responses = operation.optional("responses")
        out = {}
        for status, node in responses.items() if responses else ():
            if status.startswith("x-"):
                continue
            if not _STATUS.fullmatch(status):
                remedy = "write a status such as 200 or 4XX, or default"
                self._findings.refuse(node, f"an answer with the status {status}", remedy)
                continue
            answer = self._references.inlined(node)
            answer.expect(dict)
            made = self._swagger(answer, operation) if swagger else self._documentation.copy(answer)
            made["description"] = str(made.get("description") or "")
            out[status] = made
        return out

    def _swagger(self, node: Node, operation: Node) -> JsonObject:
        out: JsonObject = {"description": node.get("description")}
        headers = node.optional("headers")
        if headers is not None:
            out["headers"] = {name: self._header(child) for name, child in headers.items()}
        schema, examples = node.optional("schema"), node.get("examples")
        if schema is None:
            return out
        out["content"] = {}
        for media_type in self._listed("produces", operation):
            media: JsonObject = {"schema": self._schemas.inline(schema, "answer")}
            if isinstance(examples, dict) and media_type in examples:
                media["example"] = examples[media_type]
            out["content"][media_type] = media
        return out

    def _header(self, node: Node) -> JsonObject:
        fields = {k: v for k, v in node.expect(dict).items() if k != "collectionFormat"}
        described = fields.pop("description", None)
        schema = self._schemas.inline(Node(fields, node.file, node.parts), "answer")
        return {**({"description": described} if described else {}), "schema": schema}

    def _listed(self, field: str, operation: Node, default: str = MEDIA_TYPE) -> list[str]:
        """The media types that Swagger 2.0 lists for an operation, or for all of them."""
        for holder in (operation, self._root):
            listed = holder.optional(field)
            if listed is not None and listed.expect(list):
                return [str(name) for name in listed.value]
        if field == "consumes" and default:
            text = f"consumes is not written: {MEDIA_TYPE} is what an API of JSON means"
            self._findings.note("rewritten", operation, text)
        return [default] if default else []
