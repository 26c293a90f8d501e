"""Properties that only answers have.

OpenAPI 3.0.3, Schema Object, readOnly: such a property is required of answers alone, also where
one schema declares it and another one, combined by allOf, requires it.
"""

from gatewright.contract.document import JsonObject
from gatewright.contract.spec_first.limits import MOST_COMBINED
from gatewright.contract.spec_first.node import Node, SpecError
from gatewright.contract.spec_first.references import References


def declares_read_only(node: Node, references: References) -> bool:
    """Whether the schema at ``node``, or what it refers to, is readOnly."""
    return references.target(node).get("readOnly") is True


def read_only_names(node: Node, references: References) -> set[str]:
    """The readOnly properties of a schema, and of everything that its allOf combines.

    Raises SpecError where that is more than anybody writes.
    """
    found: set[str] = set()
    waiting, visited = [node], set()
    while waiting:
        here = references.target(waiting.pop())
        if here.key in visited:
            continue
        visited.add(here.key)
        if len(visited) > MOST_COMBINED:
            reason = f"its allOf combines more than {MOST_COMBINED} schemas"
            raise SpecError(node, reason, "combine fewer, and write their properties together")
        if isinstance(here.get("properties"), dict):
            for name, child in here.child("properties").items():
                if declares_read_only(child, references):
                    found.add(name)
        if isinstance(here.get("allOf"), list):
            waiting += here.child("allOf").elements()
    return found


def declared(schema: JsonObject, names: set[str]) -> JsonObject:
    """``schema``, declaring itself those of the readOnly ``names`` that it requires."""
    missing = (names & set(schema.get("required", ()))) - schema.get("properties", {}).keys()
    if not missing:
        return schema
    added = {name: {"readOnly": True} for name in sorted(missing)}
    return {**schema, "properties": {**schema.get("properties", {}), **added}}
