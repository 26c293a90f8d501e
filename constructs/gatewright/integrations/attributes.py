"""DynamoDB's typed attributes in templates: values into them, and out of them.

AWS: DynamoDB API Reference, AttributeValue. A number is a text there; both keys of the platform's
tables are texts.
"""

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from gatewright.contract.document import JsonObject
from gatewright.integrations.answers import followed
from gatewright.integrations.sources import Source, escaped, parse_source, without_vtl

if TYPE_CHECKING:
    from gatewright.contract.contract import Contract, Operation

KINDS = {"string": "S", "integer": "N", "number": "N", "boolean": "BOOL"}
"""The attribute that a value of a schema's type becomes."""

_JSON = "application/json"
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


def text_attribute(source: Source) -> str:
    """A text attribute, such as a key."""
    return f'{{"S":"{source.in_json_text}"}}'


def attribute(source: Source, kind: str) -> str:
    """An attribute of the kind S, N or BOOL."""
    if kind == "S":
        return text_attribute(source)
    # The gateway validated the body, so a number is a number there, and nothing else is sure.
    in_body = source.kind == "body"
    value = f"$input.json('{source.json_path}')" if in_body else source.in_json_text
    return f'{{"N":"{value}"}}' if kind == "N" else f'{{"BOOL":{value}}}'


def kind_of(source: Source, operation: "Operation", contract: "Contract") -> str | None:
    """The kind of attribute that a source's schema asks for; None for lists and objects."""
    schema = source_schema(source, operation, contract)
    return "S" if schema is None else KINDS.get(str(schema.get("type", "string")))


def source_schema(
    source: Source, operation: "Operation", contract: "Contract"
) -> JsonObject | None:
    """The schema of what a source names; None where it has none, such as $context."""
    if source.is_parameter:
        for item in operation.parameters:
            if (item["in"], item["name"]) == (source.kind, source.name):
                found: JsonObject = item["schema"]
                return followed(found, contract)
        return None
    if source.kind != "body" or operation.body is None:
        return None
    schema = operation.body["content"].get(_JSON, {}).get("schema", {})
    for part in filter(None, source.name.split(".")):
        schema = followed(schema, contract).get("properties", {}).get(part, {})
    return followed(schema, contract)


def may_be_absent(source: Source, operation: "Operation", contract: "Contract") -> bool:
    """Whether a request may come without it."""
    if source.kind in ("query", "header"):
        found = [p for p in operation.parameters if p["name"] == source.name]
        return not any(item.get("required") for item in found)
    if source.kind != "body" or operation.body is None or not source.name:
        return False
    schema = operation.body["content"].get(_JSON, {}).get("schema", {})
    for part in source.name.split("."):
        schema = followed(schema, contract)
        if part not in schema.get("required", ()):
            return True
        schema = schema.get("properties", {}).get(part, {})
    return False


def members(item: Mapping[str, str], operation: "Operation", contract: "Contract") -> Iterator[str]:
    """The members of an item, each with its comma, those that may be absent on a condition."""
    for name, text in item.items():
        source = parse_source(text)
        kind = kind_of(source, operation, contract) or "S"
        member = f',"{without_vtl(name)}":{attribute(source, kind)}'
        if may_be_absent(source, operation, contract):
            member = f"#if({source.is_there}){member}#end"
        yield member


def object_of(schema: JsonObject, variable: str, contract: "Contract") -> str:
    """The JSON object that the attributes in a VTL variable (``$item``) are.

    Attributes that the item does not have are left out.
    """
    found = "".join(
        f"#if({_present(variable, name)})$comma{_member(name, child, variable, contract)}"
        '#set($comma = ",")#end'
        for name, child in schema.get("properties", {}).items()
    )
    return f'#set($comma = ""){{{found}}}'


def _member(name: str, schema: JsonObject, variable: str, contract: "Contract") -> str:
    kind = KINDS[str(followed(schema, contract).get("type", "string"))]
    value = f"{_field(variable, name)}.{kind}"
    return f'"{without_vtl(name)}":' + (f'"{escaped(value)}"' if kind == "S" else value)


def _field(variable: str, name: str) -> str:
    return f"{variable}.{name}" if _WORD.fullmatch(name) else f"{variable}.get('{name}')"


def _present(variable: str, name: str) -> str:
    # Quiet and inside of quotes, as a source: an absent attribute is an empty text.
    return f'"$!{_field(variable, name)[1:]}" != ""'


def unmapped(schema: JsonObject, contract: "Contract") -> list[str]:
    """The properties of an answer that are no text, number or boolean."""
    return [
        name
        for name, child in schema.get("properties", {}).items()
        if str(followed(child, contract).get("type", "string")) not in KINDS
    ]
