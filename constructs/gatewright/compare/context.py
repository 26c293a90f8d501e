"""The two documents side by side, with what is worked out once for both."""

from collections.abc import Iterator

from gatewright.compare.direction import Direction
from gatewright.compare.finding import Finding
from gatewright.compare.rules import RULES
from gatewright.compare.rules.schemas import schema_kind
from gatewright.compare.schemas.graph import SchemaGraph
from gatewright.compare.schemas.node import ANYTHING, Node
from gatewright.compare.schemas.pair import Pair
from gatewright.compare.schemas.reader import SchemaReader
from gatewright.compare.source import Located, Source
from gatewright.compare.subtypes import Subtypes
from gatewright.compare.unchanged import Unchanged
from gatewright.contract.document import JsonObject


class Context:
    """What all parts of a comparison need. Raises CompareError for what is no OpenAPI 3."""

    def __init__(self, old: JsonObject, new: JsonObject) -> None:
        self.old = Source(old, "old")
        self.new = Source(new, "new")
        old_subtypes, new_subtypes = Subtypes(self.old), Subtypes(self.new)
        self.unchanged = Unchanged(self.old, self.new, old_subtypes, new_subtypes)
        self._graph = SchemaGraph(
            Pair(
                SchemaReader(self.old, old_subtypes),
                SchemaReader(self.new, new_subtypes),
                self.unchanged,
            )
        )

    def schemas(
        self, old: Located, new: Located, direction: Direction, place: str, *, is_xml: bool = False
    ) -> Iterator[Finding]:
        """How the schemas in two media types, parameters or headers differ."""
        nodes = [
            Node((holder.child("schema"),)) if "schema" in holder.value else ANYTHING
            for holder in (old, new)
        ]
        for fact in self._graph.facts(nodes[0], nodes[1], direction):
            kind = fact.fact if fact.fact in RULES else schema_kind(direction, fact.fact)
            if fact.fact == "xml-changed" and not is_xml:
                kind = "documentation-changed"
            step = fact.step.removeprefix(".")
            where = f"{place}, {step}" if step else place
            pointer = fact.pointer or (new if fact.document == "new" else old).pointer
            yield Finding(kind, where, fact.text, pointer, fact.document)
