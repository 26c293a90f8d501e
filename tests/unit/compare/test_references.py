"""References that cannot be followed: what they name may have changed."""

from typing import Any

import pytest

from gatewright.compare import Change, compare
from tests.unit.compare.documents import JsonObject, answering, api, operation, sending

STRING, INTEGER = {"type": "string"}, {"type": "integer"}
# id: a schema whose reference leads elsewhere, and the reference
SCHEMAS: dict[str, tuple[JsonObject, str]] = {
    "an anchor": ({"$ref": "#name"}, "#name"),
    "an identifier": ({"$ref": "https://a.example/name"}, "https://a.example/name"),
    "definitions beside it": (
        {"$ref": "#/$defs/name", "$defs": {"name": STRING}}, "#/$defs/name",
    ),
    "another file": ({"$ref": "./other.yaml#/Name"}, "./other.yaml#/Name"),
    "its own file": (
        {"$ref": "openapi.yaml#/components/schemas/Food"}, "openapi.yaml#/components/schemas/Food",
    ),
    "a dynamic one": ({"$dynamicRef": "#name"}, "#name"),
    "below other keywords": (
        {"type": "object", "properties": {"a": {"items": {"$ref": "#name"}}}}, "#name",
    ),
    "where demands are whole": ({"not": {"$ref": "#name"}}, "not"),
}  # fmt: skip


@pytest.mark.parametrize("name", SCHEMAS)
@pytest.mark.parametrize("document", [sending, answering])
def test_a_schema_somewhere_else_cannot_be_compared(name: str, document: Any) -> None:
    schema, told = SCHEMAS[name]
    old, new = (
        document(schema, version="3.1.0", schemas={"Food": food}) for food in (STRING, INTEGER)
    )
    (change,) = compare(old, new)
    assert (change.kind, change.verdict) == ("cannot-be-compared", "breaking")
    assert told in change.text
    assert compare(old, old) == ()
    later = {**old, "info": {**old["info"], "version": "2.0.0"}}
    assert compare(old, later) == ()


ELSEWHERE = {"$ref": "other.yaml#/Some"}
PARTS: dict[str, JsonObject] = {
    "a parameter": {"parameters": [ELSEWHERE]},
    "a body": {"requestBody": ELSEWHERE},
    "an answer": {"responses": {"200": ELSEWHERE}},
    "a header": {"responses": {"200": {"description": "", "headers": {"X": ELSEWHERE}}}},
}


def _reference(changes: tuple[Change, ...]) -> list[tuple[str, str]]:
    return [(change.kind, change.text) for change in changes if change.verdict == "breaking"]


@pytest.mark.parametrize("name", PARTS)
def test_a_part_somewhere_else_cannot_be_compared(name: str) -> None:
    old, new = (api(operation(summary=summary, **PARTS[name])) for summary in ("one", "two"))
    expected = [("cannot-be-compared", "$ref other.yaml#/Some cannot be followed")]
    assert _reference(compare(old, new)) == expected
    assert compare(old, old) == ()


def test_a_path_somewhere_else_cannot_be_compared() -> None:
    old, new = ({**api(), "paths": {"/foods": ELSEWHERE}, "x": text} for text in ("one", "two"))
    ((kind, text),) = _reference(compare(old, new))
    assert (kind, text) == ("cannot-be-compared", "$ref other.yaml#/Some cannot be followed")
