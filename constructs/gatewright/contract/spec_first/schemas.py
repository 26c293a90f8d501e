"""The schemas of a description as components of one OpenAPI 3.0.3 document."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from gatewright.contract.document import SCHEMAS, JsonObject, pointer, referenced_schemas
from gatewright.contract.openapi30 import SchemaDowngrade
from gatewright.contract.spec_first.component_names import ComponentNames, component_name, is_good
from gatewright.contract.spec_first.files import SourceFile, parts_of
from gatewright.contract.spec_first.findings import Findings
from gatewright.contract.spec_first.gateway_rules import KEYWORD_REMEDIES
from gatewright.contract.spec_first.node import Node
from gatewright.contract.spec_first.references import References
from gatewright.contract.spec_first.schema_reader import Refuse, SchemaReader
from gatewright.contract.spec_first.versions import SpecVersion

Direction = Literal["request", "answer"]
_OTHER = "describe the value without it, and check it in the function"


@dataclass(frozen=True)
class _Complaint:
    node: Node
    reason: str
    remedy: str


class Schemas:
    """Rewrites schemas, and makes a component of each that a reference leads to."""

    def __init__(
        self,
        root: SourceFile,
        version: SpecVersion,
        references: References,
        findings: Findings,
    ) -> None:
        self._references = references
        self._findings = findings
        self._root = root
        self._names: dict[object, str] = {}
        self._waiting: list[tuple[str, Node]] = []
        self._complaints: dict[str, list[_Complaint]] = {}
        self._given = ComponentNames(_own_names(root))
        self._reader = SchemaReader(version, references, self._reference, findings)
        self.components: JsonObject = {}
        self.origins: dict[str, Node] = {}

    def inline(self, node: Node, direction: Direction, name: str = "") -> JsonObject:
        """The schema at ``node``, with references to components.

        What a request's schema says and OpenAPI 3.0.3 does not have is refused. An answer's is
        left out: it accepts nothing. ``name`` is what the schema is known by.
        """
        complaints: list[_Complaint] = []
        schema = self._rewritten(node, name, complaints)
        for complaint in complaints:
            self._tell(complaint, refused=direction == "request")
        return schema

    def finish(self, requests: list[JsonObject]) -> None:
        """Rewrite what references led to. ``requests`` are the schemas of all requests."""
        while self._waiting:
            name, node = self._waiting.pop(0)
            self._findings.operation = f"schema {name}"
            complaints = self._complaints.setdefault(name, [])
            self.components[name] = self._rewritten(node, name, complaints)
            self.origins[pointer("components", "schemas", name)] = node
        asked = referenced_schemas(requests, self.components)
        for name, complaints in self._complaints.items():
            self._findings.operation = f"schema {name}"
            for complaint in complaints:
                self._tell(complaint, refused=name in asked)

    def _tell(self, complaint: _Complaint, *, refused: bool) -> None:
        if refused:
            self._findings.refuse(complaint.node, complaint.reason, complaint.remedy)
        else:
            text = f"{complaint.reason}; it is left out, since only answers have it"
            self._findings.note("documents", complaint.node, text)

    def _rewritten(self, node: Node, name: str, complaints: list[_Complaint]) -> JsonObject:
        def refuse(at: Node, reason: str, remedy: str) -> None:
            complaints.append(_Complaint(at, reason, remedy))

        schema = self._reader.read(node, refuse)
        return SchemaDowngrade(_downgrading(node, refuse)).schema(schema, "", name)

    def _reference(self, node: Node) -> JsonObject:
        """A reference to the component that the reference at ``node`` leads to."""
        chain = self._references.chain(node)
        target = chain[-1]
        if target.key not in self._names:
            root = target.file is self._root and component_name(target) is not None
            name = self._given.give(chain[1:], root=root)
            self._names[target.key] = name
            self._waiting.append((name, target))
            own = component_name(target)
            if own is not None and not is_good(own):
                text = f"the schema {own} is called {name}, for names are letters, digits and . _ -"
                self._findings.note("rewritten", target, text)
        return {"$ref": SCHEMAS + self._names[target.key]}


def _downgrading(node: Node, refuse: Refuse) -> Callable[[str, str, str], None]:
    def tell(where: str, reason: str, _remedy: str) -> None:
        parts = parts_of(where)
        remedy = KEYWORD_REMEDIES.get(parts[-1], _OTHER)
        refuse(Node(None, node.file, (*node.parts, *parts)), reason, remedy)

    return tell


def _own_names(root: SourceFile) -> set[str]:
    node = Node(root.root, root)
    found: set[str] = set()
    for place in (("components", "schemas"), ("definitions",)):
        here: Node | None = node
        for part in place:
            here = here.optional(part) if here else None
        if here is not None and isinstance(here.value, dict):
            found |= here.value.keys()
    return found
