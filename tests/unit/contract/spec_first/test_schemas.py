"""Schemas of every version as those of OpenAPI 3.0.3: rewritten where that is exact."""

from typing import Any

import pytest

from gatewright.contract import compile_gateway
from tests.unit.contract.services import BINDING
from tests.unit.contract.spec_first.descriptions import (
    Folder,
    body_schema,
    description,
    operation,
    taking,
    texts,
)

ORDER = {"$ref": "#/components/schemas/Order"}
NULL = {"type": "string", "nullable": True, "enum": [None]}


@pytest.mark.parametrize(
    ("written", "made"),
    [
        pytest.param({"type": ["string", "null"]}, {"type": "string", "nullable": True},
                     id="a type and null"),
        pytest.param({"type": ["string", "null"], "enum": ["a"]},
                     {"type": "string", "nullable": True, "enum": ["a"]},
                     id="null is not in the enum"),
        pytest.param({"type": ["string", "integer"], "minLength": 1},
                     {"anyOf": [{"type": "string"}, {"type": "integer"}], "minLength": 1},
                     id="two types"),
        pytest.param({"type": ["string", "integer"], "anyOf": [{"minLength": 1}]},
                     {"anyOf": [{"minLength": 1}],
                      "allOf": [{"anyOf": [{"type": "string"}, {"type": "integer"}]}]},
                     id="two types beside alternatives"),
        pytest.param({"type": "null"}, NULL, id="null alone"),
        pytest.param({"type": ["null"]}, NULL, id="null alone, in a list"),
        pytest.param({"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 9},
                     {"type": "number", "minimum": 0, "exclusiveMinimum": True,
                      "maximum": 9, "exclusiveMaximum": True}, id="exclusive bounds"),
        pytest.param({"const": "a"}, {"enum": ["a"]}, id="const"),
        pytest.param({"type": "string", "examples": ["a", "b"]},
                     {"type": "string", "example": "a"}, id="examples"),
        pytest.param({"type": "object", "properties": {"a": True, "b": False}},
                     {"type": "object", "properties": {"a": {}, "b": {"not": {}}}},
                     id="true and false"),
        pytest.param({**ORDER, "minProperties": 1},
                     {"minProperties": 1, "allOf": [ORDER]}, id="beside a reference"),
        pytest.param({**ORDER, "$defs": {"a": {}}}, ORDER, id="definitions beside a reference"),
    ],
)  # fmt: skip
def test_openapi_31(shop: Folder, written: Any, made: Any) -> None:
    contract = shop.write(taking(written, "3.1.0", Order={"type": "object"})).contract()
    assert body_schema(contract) == made


@pytest.mark.parametrize(
    ("written", "made"),
    [
        pytest.param({"type": "string", "enum": ["a", "a", 1, True]},
                     {"type": "string", "enum": ["a", 1, True]}, id="enum twice"),
        pytest.param({"type": "object", "required": ["a", "a"]},
                     {"type": "object", "required": ["a"]}, id="required twice"),
        pytest.param({**ORDER, "description": "x", "maxProperties": 1}, ORDER,
                     id="beside a reference"),
        pytest.param({"type": "string", "minLength": 1.0}, {"type": "string", "minLength": 1},
                     id="a whole number"),
        pytest.param({"allOf": []}, {}, id="an empty list"),
        pytest.param({"type": "object", "properties": {"$ref": {"type": "string"}}},
                     {"type": "object", "properties": {"$ref": {"type": "string"}}},
                     id="a property called $ref"),
    ],
)  # fmt: skip
def test_openapi_30(shop: Folder, written: Any, made: Any) -> None:
    found = shop.write(taking(written, Order={"type": "object"})).read()
    assert found.contract is not None
    assert body_schema(found.contract) == made


def test_what_openapi_30_ignores_is_told(shop: Folder) -> None:
    found = shop.write(taking({**ORDER, "nullable": True}, Order={"type": "object"})).read()
    assert "nullable beside $ref is left out" in texts(found.notes, "rewritten")[0]


def test_a_model_may_hold_itself(shop: Folder) -> None:
    order = {"type": "object", "properties": {"parts": {"type": "array", "items": ORDER}}}
    contract = shop.write(taking(ORDER, Order=order)).contract()
    assert contract.schemas == {"Order": order}
    assert compile_gateway(contract, BINDING)["components"]["schemas"]["Order"] == order


@pytest.mark.parametrize(
    "order",
    [
        pytest.param({"properties": {"id": {"$ref": "#/components/schemas/Id"}}}, id="referred to"),
        pytest.param({"allOf": [{"properties": {"id": {"readOnly": True}}}]}, id="in allOf"),
        pytest.param({"allOf": [{"$ref": "#/components/schemas/Base"}]}, id="in a component"),
    ],
)
@pytest.mark.parametrize("inside", [True, False], ids=["required in allOf", "required outside"])
def test_what_only_answers_have_is_not_asked_of_requests(
    shop: Folder, order: dict[str, Any], inside: bool
) -> None:
    required = {"required": ["id", "name"]}
    # In allOf, or beside it: both are how people write it.
    whole = {**order, **required}
    if inside:
        whole = {"allOf": [*order.get("allOf", [{**order}]), required]}
    shop.write(
        taking(
            ORDER,
            Order=whole,
            Id={"type": "string", "readOnly": True},
            Base={"properties": {"id": {"type": "string", "readOnly": True}}},
        )
    )
    model = compile_gateway(shop.contract(), BINDING)["components"]["schemas"]["Order"]
    asked = [model, *model.get("allOf", [])]
    assert {name for part in asked for name in part.get("required", [])} == {"name"}


def test_an_allof_of_any_length_is_refused(shop: Folder) -> None:
    schemas = {f"S{n}": {"allOf": [{"$ref": f"#/components/schemas/S{n + 1}"}]} for n in range(150)}
    shop.write(taking({"$ref": "#/components/schemas/S0"}, **schemas, S150={"type": "object"}))
    assert "its allOf combines more than 100 schemas" in {p.reason for p in shop.problems()}


def test_names_of_models_are_made_alphanumeric_and_unique(shop: Folder) -> None:
    names = ["Page«Order»", "Page-Order", "GatewayError", "page order"]
    schemas = {name: {"type": "object", "description": name} for name in names}
    properties = {
        f"p{n}": {"$ref": f"#/components/schemas/{name.replace(' ', '%20')}"}
        for n, name in enumerate(names)
    }
    shop.write(taking({"type": "object", "properties": properties}, **schemas))
    contract = shop.contract()
    assert {schema["description"]: name for name, schema in contract.schemas.items()} == {
        "Page«Order»": "PageOrder",
        "Page-Order": "Page-Order",
        "GatewayError": "GatewayError2",
        "page order": "PageOrder2",
    }
    models = compile_gateway(contract, BINDING)["components"]["schemas"]
    assert len(models) == 5
    assert all(name.isalnum() for name in models)


def test_a_discriminator_leads_to_the_new_names(shop: Folder) -> None:
    shop.write("Pet«1»: {type: object, title: pet}\n", "pets.yaml")
    mapping = {"one": "pets.yaml#/Pet«1»", "two": "Order", "none": "#/nowhere"}
    pet = {"type": "object", "discriminator": {"propertyName": "kind", "mapping": mapping}}
    found = shop.write(taking(pet, Order={"type": "object"})).read()
    assert found.contract is not None
    assert body_schema(found.contract)["discriminator"] == {
        "propertyName": "kind",
        "mapping": {"one": "#/components/schemas/Pet1", "two": "#/components/schemas/Order"},
    }
    assert "the mapping is left out" in " ".join(texts(found.notes, "documents"))


@pytest.mark.parametrize(
    ("schema", "reason", "remedy", "pointer"),
    [
        pytest.param({"type": "strin"}, "type is 'strin'", "did you mean 'string'?", "type",
                     id="a misspelt type"),
        pytest.param({"type": "any"}, "type is 'any'", "one of string", "type", id="no type"),
        pytest.param({"required": True}, "required is True", "in the list `required`", "required",
                     id="required of one property"),
        pytest.param({"enum": []}, "enum is []", "a list of values", "enum", id="no choice"),
        pytest.param({"minimum": "1"}, "minimum is '1'", "a number", "minimum", id="a text bound"),
        pytest.param({"minLength": -1}, "minLength is -1", "0 or more", "minLength", id="below 0"),
        pytest.param({"multipleOf": 0}, "multipleOf is 0", "above 0", "multipleOf", id="of zero"),
        pytest.param({"nullable": "yes"}, "nullable is 'yes'", "true or false", "nullable",
                     id="no boolean"),
        pytest.param({"items": [{}]}, "items is a list of schemas", "one schema", "items",
                     id="a tuple of draft 4"),
        pytest.param({"properties": []}, "properties is a list", "an object", "properties",
                     id="a list of properties"),
        pytest.param({"allOf": {}}, "allOf is an object", "a list", "allOf", id="no list"),
        pytest.param({"items": 1}, "items is 1", "an object", "items", id="no schema"),
        pytest.param({"prefixItems": [{}]}, "has no prefixItems", "named properties", "prefixItems",
                     id="a tuple"),
        pytest.param({"patternProperties": {}}, "has no patternProperties",
                     "additionalProperties", "patternProperties", id="patterns of names"),
        pytest.param({"if": {}}, "has no if", "check it in the function", "if", id="if"),
        pytest.param({"contains": {}}, "has no contains", "check it in the function", "contains",
                     id="contains"),
    ],
)  # fmt: skip
def test_a_schema_of_a_request_that_is_refused(
    shop: Folder, schema: Any, reason: str, remedy: str, pointer: str
) -> None:
    shop.write(taking(ORDER, "3.1.0", Order={"properties": {"a": schema}}))
    problem = shop.problem()
    assert problem.operation == "schema Order"
    assert reason in problem.reason
    assert remedy in problem.remedy
    assert problem.pointer == f"/components/schemas/Order/properties/a/{pointer}"
    assert problem.source.startswith("lambda_src/shop/openapi.yaml:")


def test_what_only_answers_have_may_be_said_less_exactly(shop: Folder) -> None:
    answer = {"application/json": {"schema": {"type": "array", "prefixItems": [{}]}}}
    responses = {"200": {"description": "ok", "content": answer}}
    found = shop.write(description({"/a": {"get": operation(responses=responses)}}, "3.1.0")).read()
    assert found.contract is not None
    assert "has no prefixItems; it is left out" in texts(found.notes, "documents")[0]
    assert "prefixItems" not in found.contract.text


def test_without_the_function_every_unkept_constraint_is_refused(shop: Folder) -> None:
    shop.write(taking(ORDER, Order={"properties": {"a": {"type": "string", "format": "email"}}}))
    problem = shop.problem(backend_validates=False)
    assert "nobody enforces format" in problem.reason
    assert "backend_validates: true in platform.yaml" in problem.remedy
    assert problem.pointer == "/components/schemas/Order/properties/a/format"
    shop.contract(backend_validates=True)
