"""What is wrong with a call of DynamoDB, before anything is deployed."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from gatewright.integrations.answers import answer_flaws, answer_schema, followed, list_of
from gatewright.integrations.attributes import kind_of, source_schema, unmapped
from gatewright.integrations.flaw import Flaw
from gatewright.integrations.sources import parse_source

if TYPE_CHECKING:
    from gatewright.contract.contract import Contract, Operation
    from gatewright.contract.document import JsonObject
    from gatewright.integrations.targets.dynamodb import DynamoDbTarget

_TEMPLATE = "write a template of your own below 'responses', or describe it as an object"


def dynamodb_flaws(
    target: "DynamoDbTarget",
    operation: "Operation",
    contract: "Contract",
    answer: Mapping[str, str],
) -> Iterator[Flaw]:
    """Every flaw of one call."""
    yield from _of_keys(target, operation, contract)
    yield from _of_item(target, operation, contract)
    yield from _of_statuses(target, operation)
    schema = answer_schema(operation, contract)
    written = ("PutItem", "DeleteItem")
    if target.action in written or answer or (target.action == "UpdateItem" and schema is None):
        for reason, remedy in answer_flaws(answer, {}, schema):
            yield Flaw(reason, remedy)
    elif schema is None:
        reason = f"{target.action} reads, and the contract promises no body"
        yield Flaw(reason, "describe the answer in the contract")
    elif target.action in ("GetItem", "UpdateItem"):
        yield from _of_object(schema, contract, "the answer")
    else:
        yield from _of_list(target, schema, contract)


def _of_keys(
    target: "DynamoDbTarget", operation: "Operation", contract: "Contract"
) -> Iterator[Flaw]:
    names = [name for name in (target.partition_key, target.sort_key) if name]
    given = target.item if target.action == "PutItem" else target.key
    field = "item" if target.action == "PutItem" else "key"
    required = names[:1] if target.action == "Query" else names
    for name in required:
        if name not in given:
            reason = f"{field} has no {name}, which is in the key of table {target.table}"
            yield Flaw(reason, f"add '{name}: <source>' to it")
    if target.action != "PutItem":
        for name in given:
            if name not in names:
                known = " and ".join(names)
                reason = f"key has {name}, and the key of table {target.table} is {known}"
                yield Flaw(reason, "remove it")
    for name in names:
        text = given.get(name)
        if text is None:
            continue
        source = parse_source(text)
        schema = source_schema(source, operation, contract)
        if source.kind == "body" and not _never_empty(schema or {}):
            reason = (
                f"the key {name} is {text}, which may be empty, and DynamoDB takes no empty key"
            )
            yield Flaw(reason, "give it minLength: 1 in the contract")


def _never_empty(schema: "JsonObject") -> bool:
    return bool(schema.get("minLength") or schema.get("enum"))


def _of_item(
    target: "DynamoDbTarget", operation: "Operation", contract: "Contract"
) -> Iterator[Flaw]:
    if target.action == "UpdateItem":
        yield from _of_changes(target)
    for name, text in target.item.items():
        if kind_of(parse_source(text), operation, contract) is None:
            reason = f"the item's {name} is {text}, a list or an object"
            yield Flaw(reason, "write a template of your own: request_template")


def _of_changes(target: "DynamoDbTarget") -> Iterator[Flaw]:
    if not target.item:
        yield Flaw("it changes nothing: there is no item", "write what it changes below 'item'")
    for name in (target.partition_key, target.sort_key):
        if name in target.item:
            reason = f"it changes {name}, which is in the key of table {target.table}"
            yield Flaw(reason, "remove it from item: another key is another item")


def _of_statuses(target: "DynamoDbTarget", operation: "Operation") -> Iterator[Flaw]:
    declared = operation.definition["responses"]
    if target.action in ("GetItem", "UpdateItem") and "404" not in declared:
        reason = "it answers 404 where there is no such item, which the contract does not declare"
        yield Flaw(reason, "declare 404 among the operation's responses")
    if target.create and "409" not in declared:
        reason = "it answers 409 where there is such an item, which the contract does not declare"
        yield Flaw(reason, "declare 409 among the operation's responses")


def _of_object(schema: "JsonObject", contract: "Contract", what: str) -> Iterator[Flaw]:
    if schema.get("type") != "object" or not schema.get("properties"):
        yield Flaw(f"{what} is no object with properties, which is what an item is", _TEMPLATE)
        return
    for name in unmapped(schema, contract):
        reason = f"{what} has {name}, which is neither text, nor number, nor boolean"
        yield Flaw(reason, _TEMPLATE)


def _of_list(
    target: "DynamoDbTarget", schema: "JsonObject", contract: "Contract"
) -> Iterator[Flaw]:
    name, items = list_of(schema, contract)
    if not items:
        yield Flaw("the answer has no list, which is what a query finds", _TEMPLATE)
        return
    yield from _of_object(followed(items, contract), contract, "an element of the answer")
    others = set(schema.get("required", ())) - {name}
    if name is not None and others:
        reason = f"the answer has {', '.join(sorted(others))} beside {name}, and must have it"
        yield Flaw(reason, "make it optional in the contract, or write a template of your own")
    properties = schema.get("properties", {})
    if target.next is not None and (name is None or target.next not in properties):
        reason = f"the answer has no property {target.next}, which says where to go on"
        yield Flaw(reason, f"add {target.next}, a string that is not required, to the contract")
    if (target.after is None) != (target.next is None):
        yield Flaw("after and next go together: where to go on, and where that is said",
                   "write both, or neither")  # fmt: skip
    if target.after is not None and target.sort_key is None:
        reason = f"table {target.table} has no sort key, so that a query finds one item at most"
        yield Flaw(reason, "remove after and next")
