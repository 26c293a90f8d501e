"""Bodies of answers that templates make of what an AWS service returned."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from gatewright.contract.document import JsonObject, schema_name
from gatewright.integrations.sources import escaped, parse_source, without_vtl
from gatewright.integrations.statuses import success_status

if TYPE_CHECKING:
    from gatewright.contract.contract import Contract, Operation

_JSON = "application/json"
RESULT = "result"
"""The kind of source that is a field of what the service returned: ``result.MessageId``."""

NOTHING = '#set($body = "")'
"""A template of an empty body: an absent template would hand the backend's body on."""

ERROR_BODY = '{"message":"%s","request_id":"$context.requestId"}'


def error_body(message: str) -> str:
    """A body in the shape of all errors."""
    return ERROR_BODY % message


def answer_schema(operation: "Operation", contract: "Contract") -> JsonObject | None:
    """The schema of the JSON that success answers, references followed; None for no body."""
    answer = operation.definition["responses"].get(str(success_status(operation)), {})
    media = answer.get("content", {}).get(_JSON)
    return None if media is None else followed(media.get("schema", {}), contract)


def followed(schema: JsonObject, contract: "Contract") -> JsonObject:
    """A schema, or the one that it refers to."""
    for _ in range(len(contract.schemas)):
        if "$ref" not in schema:
            break
        schema = contract.schemas[schema_name(schema["$ref"])]
    return schema


def list_of(schema: JsonObject, contract: "Contract") -> tuple[str | None, JsonObject]:
    """The property that is the list of an answer, None for the answer itself, and its items.

    There are no items where there is no list.
    """
    if schema.get("type") == "array":
        return None, schema.get("items", {})
    for name, child in schema.get("properties", {}).items():
        found = followed(child, contract)
        if found.get("type") == "array":
            return name, found.get("items", {})
    return None, {}


def answer_template(answer: Mapping[str, str], results: Mapping[str, str]) -> str:
    """The JSON object of ``answer``: sources by property.

    ``results`` has the VTL expression of each field that the service returns.
    """
    return "{" + ",".join(_member(name, text, results) for name, text in answer.items()) + "}"


def _member(name: str, text: str, results: Mapping[str, str]) -> str:
    kind, _, field = text.partition(".")
    if kind == RESULT:
        value = f'"{escaped(results[field])}"'
    else:
        value = f'"{parse_source(text).in_json_text}"'
    return f'"{without_vtl(name)}":{value}'


def answer_flaws(
    answer: Mapping[str, str], results: Mapping[str, str], schema: JsonObject | None
) -> Iterator[tuple[str, str]]:
    """Reasons and remedies for an answer that is missing, or not what the contract promises."""
    fields = ", ".join(f"{RESULT}.{name}" for name in results) or "no field of what it returns"
    if schema is None:
        if answer:
            yield "it writes an answer, and the contract promises no body", "remove 'answer'"
        return
    if not answer and schema:
        remedy = f"write 'answer', a source for each property; of the service it may use {fields}"
        yield "the contract promises a body, and nothing makes one", remedy
        return
    for name in schema.get("required", ()):
        if name not in answer:
            yield f"the answer has no {name}, which the contract requires", f"add {name} to it"
    for name, text in answer.items():
        yield from _source_flaws(name, text, results)
        yield from _promise_flaws(name, schema.get("properties", {}))


def _source_flaws(name: str, text: str, results: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    kind, _, field = text.partition(".")
    if kind == "body":
        # There, the body is the one that the service answered.
        reason = f"the answer's {name} is {text}, which is gone when the answer is made"
        yield reason, "use path, query, header, context, stageVariables or a text"
    if kind == RESULT and field not in results:
        known = ", ".join(f"{RESULT}.{known}" for known in results) or "a source of the request"
        yield f"the answer's {name} is {text}, which the service does not return", f"use {known}"


def _promise_flaws(name: str, properties: JsonObject) -> Iterator[tuple[str, str]]:
    if properties and name not in properties:
        yield f"the answer has {name}, which the contract does not", "declare it there"
    elif properties.get(name, {}).get("type", "string") != "string":
        remedy = "make it a string, or write a template below responses"
        yield f"the answer's {name} is a text, and the contract promises another type", remedy
