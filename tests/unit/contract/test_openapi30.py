"""Each rewriting of JSON Schema 2020-12 into OpenAPI 3.0.3."""

from typing import Any

import pytest

from gatewright.contract.openapi30 import NULL, SchemaDowngrade

REF = {"$ref": "#/components/schemas/A"}
STRING = {"type": "string"}


def downgrade(schema: Any, name: str = "") -> tuple[Any, list[str]]:
    refused: list[str] = []
    rewriting = SchemaDowngrade(lambda where, _reason, _remedy: refused.append(where))
    return rewriting.schema(schema, "", name), refused


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param({"anyOf": [STRING, {"type": "null"}]}, {"type": "string", "nullable": True},
                     id="optional"),
        pytest.param({"anyOf": [{"enum": ["a"], "type": "string"}, {"type": "null"}]},
                     {"enum": ["a", None], "type": "string", "nullable": True},
                     id="optional enum"),
        pytest.param({"anyOf": [REF, {"type": "null"}], "description": "d"},
                     {"anyOf": [REF, NULL], "description": "d"}, id="optional reference"),
        pytest.param({"anyOf": [STRING, {"type": "integer"}, {"type": "null"}]},
                     {"anyOf": [STRING, {"type": "integer"}, NULL]}, id="optional union"),
        pytest.param({"anyOf": [{}, {"type": "null"}]}, {}, id="optional anything"),
        pytest.param({"type": "null"}, NULL, id="null"),
        pytest.param({"type": ["string", "null"], "maxLength": 2},
                     {"type": "string", "maxLength": 2, "nullable": True}, id="list of types"),
        pytest.param({"type": ["string", "integer"]},
                     {"anyOf": [STRING, {"type": "integer"}]}, id="two types"),
        pytest.param({"type": "integer", "exclusiveMinimum": 0.0},
                     {"type": "integer", "minimum": 0, "exclusiveMinimum": True}, id="above"),
        pytest.param({"exclusiveMaximum": 9.5}, {"maximum": 9.5, "exclusiveMaximum": True},
                     id="below"),
        pytest.param({"minimum": 3.0, "exclusiveMinimum": 1.0}, {"minimum": 3},
                     id="the tighter bound is inclusive"),
        pytest.param({"maximum": 3, "exclusiveMaximum": 3},
                     {"maximum": 3, "exclusiveMaximum": True}, id="both bounds alike"),
        pytest.param({"minimum": 1, "exclusiveMinimum": True},
                     {"minimum": 1, "exclusiveMinimum": True}, id="already a boolean"),
        pytest.param({"const": "a", "type": "string"}, {"enum": ["a"], "type": "string"},
                     id="const"),
        pytest.param({"examples": [1, 2]}, {"example": 1}, id="examples"),
        pytest.param({"contentMediaType": "a/b", "type": "string"}, STRING, id="annotations"),
        pytest.param({"items": True}, {"items": {}}, id="anything"),
        pytest.param({"not": False}, {"not": {"not": {}}}, id="nothing"),
        pytest.param({"properties": {"title": {"type": "string", "title": "Title"}}},
                     {"properties": {"title": STRING}}, id="a property named title"),
        pytest.param({"additionalProperties": {"const": 1}},
                     {"additionalProperties": {"enum": [1]}}, id="values of an object"),
        pytest.param({"allOf": [{"const": 1}]}, {"allOf": [{"enum": [1]}]}, id="inside allOf"),
    ],
)  # fmt: skip
def test_an_exact_form(before: Any, after: Any) -> None:
    assert downgrade(before) == (after, [])


@pytest.mark.parametrize(
    ("title", "name", "kept"),
    [
        pytest.param("Unit Price", "unit_price", False, id="repeats the name"),
        pytest.param("If-Match", "if-match", False, id="repeats a header's name"),
        pytest.param("Return", "", False, id="Powertools' name of a result"),
        pytest.param("Euros", "unit_price", True, id="says something"),
    ],
)
def test_titles(title: str, name: str, kept: bool) -> None:
    after, _ = downgrade({"title": title}, name)
    assert ("title" in after) is kept


@pytest.mark.parametrize(
    "keyword",
    ["prefixItems", "patternProperties", "propertyNames", "contains", "if", "dependentRequired",
     "unevaluatedProperties", "$defs"],
)  # fmt: skip
def test_what_has_no_exact_form_is_refused_where_it_is(keyword: str) -> None:
    assert downgrade({"properties": {"a/b": {keyword: []}}})[1] == [f"/properties/a~1b/{keyword}"]
