"""The operations of a description as those of one OpenAPI 3.0.3 document."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from gatewright.contract.document import METHODS, JsonObject, pointer
from gatewright.contract.operation_rules import MEDIA_TYPE
from gatewright.contract.spec_first.bodies import Bodies
from gatewright.contract.spec_first.documentation import Documentation
from gatewright.contract.spec_first.extensions import extension_findings, kept_integration
from gatewright.contract.spec_first.fields import PATH_ITEM, check_fields, operation_fields
from gatewright.contract.spec_first.findings import Findings
from gatewright.contract.spec_first.gateway_rules import OPERATION_FIELDS
from gatewright.contract.spec_first.node import Node, SpecError
from gatewright.contract.spec_first.operation_ids import OperationIds
from gatewright.contract.spec_first.parameters import IN_BODY, Parameters
from gatewright.contract.spec_first.references import References
from gatewright.contract.spec_first.security import Security
from gatewright.contract.spec_first.versions import SpecVersion

if TYPE_CHECKING:
    from gatewright.integrations.integration import Integration

_KEPT = ("summary", "description", "deprecated")
_BESIDE_A_REFERENCE = {"$ref", "summary", "description"}


class Operations:
    """Reads them. ``origins`` has the node of each part, by its pointer in the new document."""

    def __init__(
        self,
        root: Node,
        version: SpecVersion,
        references: References,
        parameters: Parameters,
        bodies: Bodies,
        security: Security,
        documentation: Documentation,
        findings: Findings,
    ) -> None:
        self._version = version
        self._swagger = version == "2.0"
        self._root = root
        self._references = references
        self._parameters = parameters
        self._bodies = bodies
        self._security = security
        self._documentation = documentation
        self._findings = findings
        self._ids = OperationIds(findings)
        self.origins: dict[str, Node] = {}
        self.sources: dict[str, str] = {}
        self.request_schemas: list[JsonObject] = []
        self.integrations: list[Integration] = []

    def paths(self) -> JsonObject:
        """The Paths Object, sorted, so that the order in the file changes nothing."""
        out: JsonObject = {}
        paths = self._root.optional("paths")
        if paths is None or not isinstance(paths.value, dict):
            return out
        for path in sorted(paths.value):
            if path.startswith("x-"):
                continue
            self._findings.operation = path
            try:
                item = self._item(paths.child(path))
                made = dict(self._operations(path, item))
            except SpecError as error:
                self._findings.caught(error)
                continue
            if made:
                out[path] = made
                self.origins[pointer("paths", path)] = item
        return out

    def _item(self, node: Node) -> Node:
        item = self._references.inlined(node)
        check_fields(item, PATH_ITEM, self._findings)
        extension_findings(item, self._findings)
        if item.get("servers"):
            text = OPERATION_FIELDS["servers"].text
            self._findings.note("documents", item.child("servers"), text)
        beside = item is not node and sorted(node.value.keys() - _BESIDE_A_REFERENCE)
        if beside:
            reason = f"{', '.join(map(str, beside))} beside $ref, for which OpenAPI has no meaning"
            raise SpecError(node, reason, "write them in the file that it refers to")
        return item

    def _operations(self, path: str, item: Node) -> Iterator[tuple[str, JsonObject]]:
        for method in METHODS:
            if (node := item.optional(method)) is None:
                continue
            name = f"{method.upper()} {path}"
            self._findings.operation = name
            try:
                # OpenAPI has no references here, and many a description in several files does.
                node = self._references.inlined(node)
                self.sources[name] = node.source
                self.origins[pointer("paths", path, method)] = node
                yield method, self._operation(path, method, item, node)
            except SpecError as error:
                self._findings.caught(error)

    def _operation(self, path: str, method: str, item: Node, node: Node) -> JsonObject:
        check_fields(node, operation_fields(self._version), self._findings)
        out: JsonObject = {"operationId": self._ids.give(node, method, path)}
        out |= {key: node.value[key] for key in _KEPT if node.get(key) is not None}
        for key in ("tags", "externalDocs", "callbacks"):
            if (child := node.optional(key)) is not None:
                out[key] = self._documentation.copy(child)
        out |= extension_findings(node, self._findings)
        if (integration := kept_integration(node, out["operationId"])) is not None:
            self.integrations.append(integration)
        for key, rule in OPERATION_FIELDS.items():
            if node.get(key):
                self._findings.note("documents", node.child(key), rule.text)
        where = pointer("paths", path, method)
        self._requests(out, where, item, node)
        out["responses"] = self._bodies.answers(node, swagger=self._swagger)
        try:
            if (security := self._security.of(node, method)) is not None:
                out["security"] = security
        except SpecError as error:
            self._findings.caught(error)
            out["security"] = [{}]  # it is refused already, and once
        return out

    def _requests(self, out: JsonObject, where: str, item: Node, node: Node) -> None:
        """The parameters and the body. Each mistake is told, so that all come together."""
        found = self._parameters.of(item, node)
        parameters: list[JsonObject] = []
        for parameter in found:
            if parameter.get("in") in IN_BODY:
                continue
            try:
                made = self._parameters.read(parameter)
            except SpecError as error:
                self._findings.caught(error)
                continue
            if made is not None:
                self._origin_of_parameter(f"{where}/parameters/{len(parameters)}", parameter)
                parameters.append(made)
                self.request_schemas.append(made["schema"])
        if parameters:
            out["parameters"] = parameters
        try:
            self._body(out, where, node, [p for p in found if p.get("in") in IN_BODY])
        except SpecError as error:
            self._findings.caught(error)

    def _origin_of_parameter(self, where: str, node: Node) -> None:
        self.origins[where] = node
        # Swagger 2.0 has the keywords of the schema in the parameter itself.
        schema = None if self._swagger else node.optional("schema")
        self.origins[f"{where}/schema"] = schema or node

    def _body(self, out: JsonObject, where: str, node: Node, in_body: list[Node]) -> None:
        body = None if self._swagger else node.optional("requestBody")
        if self._swagger:
            made = self._bodies.of_parameters(in_body, node)
            body = in_body[0] if in_body else None
        else:
            made = self._bodies.request(body) if body is not None else None
        if made is None or body is None:
            return
        out["requestBody"], schemas = made
        at = f"{where}/requestBody"
        self.origins[at] = self._references.target(body)
        for media_type, schema in schemas.items():
            self.origins[at + pointer("content", media_type, "schema")] = schema
            if media_type == MEDIA_TYPE:
                self.request_schemas.append(out["requestBody"]["content"][media_type]["schema"])
