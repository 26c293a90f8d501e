"""Models judge bodies as pydantic does, or leave the judgement to it and say so."""

import json
from collections.abc import Callable
from typing import Annotated, Any, Literal

import pytest
from jsonschema import Draft4Validator
from pydantic import ConfigDict, Field, ValidationError, create_model

from gatewright.contract import backend_constraints, compile_gateway
from gatewright.contract.gateway_models import GatewayModels
from gatewright.contract.model_schema import ModelSchema
from gatewright.contract.unenforced import Unenforced
from tests.unit.contract.services import BINDING, Read

Judge = Callable[[Any], bool]

STRICT = ConfigDict(strict=True, extra="forbid")
# Evaluated here for pydantic, and written into a service for the gateway.
NAMES = {"Annotated": Annotated, "Any": Any, "Field": Field, "Literal": Literal}


def service(kind: str) -> str:
    return f"""
class Inner(BaseModel):
    a: int
class Thing(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")
    v: {kind}
@app.put("/a", security=[{{}}])
def put(thing: Thing) -> str: ...
"""


def gateway_judge(read: Read, kind: str) -> Judge:
    gateway = compile_gateway(read(service(kind)), BINDING)
    schema = {"$ref": "#/components/schemas/Thing", "components": gateway["components"]}
    return Draft4Validator(schema).is_valid


def _type(kind: str, inner: type) -> Any:
    return eval(kind, {**NAMES, "Inner": inner})  # noqa: S307


def pydantic_judge(kind: str) -> Judge:
    inner = create_model("Inner", a=(int, ...))
    thing = create_model("Thing", __config__=STRICT, v=(_type(kind, inner), ...))

    def judge(body: Any) -> bool:
        try:
            thing.model_validate_json(json.dumps(body))
        except ValidationError:
            return False
        return True

    return judge


VALUES: list[Any] = [
    0, 1, 2, 5, 6, -1, 1.5, 2.5, True, None, "", "a", "ab", "abc", "ABC", "one", "a\n", "٣", "😀",
    [], [1], [1, 1], ["a"], {}, {"a": 1}, {"a": "x"}, {"b": 1},
]  # fmt: skip
EXACT = [
    "int", "str", "bool", "float", "list[int]", "Inner", "list[Inner]", "Any",
    "Annotated[int, Field(ge=1)]", "Annotated[int, Field(gt=1)]", "Annotated[int, Field(lt=6)]",
    "Annotated[int, Field(gt=0, lt=5)]", "Annotated[int, Field(multiple_of=2)]",
    "Annotated[float, Field(ge=1.5, le=2.5)]", "Annotated[str, Field(min_length=1, max_length=2)]",
    "Annotated[str, Field(pattern='^[a-c]{2,3}$')]", "Literal['one', 'two']", "Literal['one']",
]  # fmt: skip
LOOSER = {
    "Annotated[float, Field(gt=1.5)]": "exclusiveMinimum",
    "Annotated[float, Field(lt=1.5)]": "exclusiveMaximum",
    "Annotated[float, Field(multiple_of=0.5)]": "multipleOf",
    "int | None": "nullable",
    "int | str": "anyOf",
    "Annotated[list[int], Field(min_length=2)]": "minItems",
    "Annotated[list[int], Field(max_length=0)]": "maxItems",
    "dict[str, int]": "additionalProperties",
    r"Annotated[str, Field(pattern=r'^\d$')]": "pattern",
    "Annotated[str, Field(pattern='^.$')]": "pattern",
}


@pytest.mark.parametrize("kind", EXACT)
def test_the_gateway_judges_exactly(read: Read, kind: str) -> None:
    gateway, pydantic = gateway_judge(read, kind), pydantic_judge(kind)
    bodies: list[Any] = [
        *({"v": value} for value in VALUES),
        {},
        {"v": 1, "w": 1},
        [],
        "text",
        None,
    ]
    assert [gateway(body) for body in bodies] == [pydantic(body) for body in bodies]
    assert backend_constraints(read(service(kind))) == ()


@pytest.mark.parametrize(("kind", "keyword"), LOOSER.items(), ids=LOOSER)
def test_the_gateway_is_looser_and_says_so(read: Read, kind: str, keyword: str) -> None:
    contract = read(service(kind))
    assert keyword in {item.keyword for item in backend_constraints(contract)}
    gateway, pydantic = gateway_judge(read, kind), pydantic_judge(kind)
    bodies = [{"v": value} for value in VALUES]
    assert [body for body in bodies if pydantic(body) and not gateway(body)] == []


@pytest.mark.parametrize(
    ("schema", "model", "keyword"),
    [
        pytest.param({"format": "int32", "type": "integer"}, {"type": "integer"}, None,
                     id="format of a number"),
        pytest.param({"format": "date-time", "type": "string"}, {"type": "string"}, "format",
                     id="format of a string"),
        pytest.param({"oneOf": [{}]}, {}, "oneOf", id="oneOf"),
        pytest.param({"not": {"type": "string"}}, {}, "not", id="not"),
        pytest.param({"minProperties": 1}, {}, "minProperties", id="minProperties"),
        pytest.param({"maxProperties": 1}, {}, "maxProperties", id="maxProperties"),
        pytest.param({"enum": ["a", None]}, {}, "enum", id="null in an enum"),
        pytest.param({"type": "integer", "minimum": 0.5, "exclusiveMinimum": True,
                      "maximum": 5.5, "exclusiveMaximum": True},
                     {"type": "integer", "minimum": 1, "maximum": 5}, None, id="between integers"),
        pytest.param({"uniqueItems": True}, {"uniqueItems": True}, None, id="uniqueItems"),
        pytest.param({"allOf": [{"type": "string", "title": "T"}]},
                     {"allOf": [{"type": "string"}]}, None, id="allOf"),
        pytest.param({"additionalProperties": True}, {}, None, id="additional properties"),
        pytest.param({"default": 1, "example": 2, "readOnly": True, "deprecated": True, "xml": {},
                      "externalDocs": {}, "discriminator": {}, "x-mine": 1}, {}, None,
                     id="what only documents"),
        pytest.param({"properties": {"a": {"readOnly": True}, "b": {}}, "required": ["b", "a"]},
                     {"properties": {"a": {}, "b": {}}, "required": ["b"]}, None,
                     id="required of responses"),
        pytest.param({"properties": {"nullable": {}, "example": {}}},
                     {"properties": {"nullable": {}, "example": {}}}, None,
                     id="properties named like keywords"),
        pytest.param({"newKeyword": 1}, {}, "newKeyword", id="unknown"),
        pytest.param({"names": 1}, {}, "names", id="named like an attribute of the compiler"),
        pytest.param({"leave": 1}, {}, "leave", id="named like a method of the compiler"),
    ],
)  # fmt: skip
def test_each_keyword(schema: Any, model: Any, keyword: str | None) -> None:
    found: list[Unenforced] = []
    assert ModelSchema({}, found).schema(schema, "/here") == model
    assert [(item.pointer, item.keyword) for item in found] == (
        [(f"/here/{keyword}", keyword)] if keyword else []
    )


@pytest.mark.parametrize(
    ("pattern", "kept"),
    [
        ("^[a-z0-9-]+$", True), ("^(a|b)*$", True), ("abc", True), (r"^a\.b$", True),
        ("^[A-Za-z_][A-Za-z0-9_]{0,9}$", True), (r"\d", False), (r"\w", False), (".", False),
        ("[^a]", False), ("(?i)a", False), ("a+?b", False), ("[a&&b]", False), (r"\p{L}", False),
        ("é", False),
    ],
)  # fmt: skip
def test_only_portable_patterns_are_kept(pattern: str, kept: bool) -> None:
    assert ("pattern" in ModelSchema({}, []).schema({"pattern": pattern}, "")) is kept


def test_names_are_alphanumeric_and_never_collide(read: Read) -> None:
    contract = read("""
        A_b = type("A_b", (BaseModel,), {"__annotations__": {"x": int}})
        Ab = type("AB", (BaseModel,), {"__annotations__": {"y": str}})
        @app.put("/a", security=[{}])
        def one(item: A_b) -> str: ...
        @app.put("/b", security=[{}])
        def two(item: Ab) -> str: ...
        @app.put("/c", security=[{}])
        def three_many(items: Annotated[list[int], Body()]) -> str: ...
    """)
    gateway = compile_gateway(contract, BINDING)
    models = gateway["components"]["schemas"]
    assert set(models) == {"AB", "AB2", "ThreeManyBody"}
    used = {
        path: item["put"]["requestBody"]["content"]["application/json"]["schema"]["$ref"]
        for path, item in gateway["paths"].items()
    }
    assert used == {
        "/a": "#/components/schemas/AB2",
        "/b": "#/components/schemas/AB",
        "/c": "#/components/schemas/ThreeManyBody",
    }
    assert list(models["AB2"]["properties"]) == ["x"]
    assert models["ThreeManyBody"] == {"type": "array", "items": {"type": "integer"}}


def test_only_what_bodies_reach_becomes_a_model(read: Read) -> None:
    contract = read("""
        class Leaf(BaseModel): a: int
        class Tree(BaseModel):
            leaves: list[Leaf]
            trees: list["Tree"]
        class Answer(BaseModel): b: int
        @app.put("/a", security=[{}])
        def put(tree: Tree) -> Answer: ...
    """)
    assert set(GatewayModels(contract).schemas()) == {"Leaf", "Tree"}


def test_parameters_are_the_backend_s_but_for_their_presence(read: Read) -> None:
    contract = read("""
        @app.get("/a/<name>", security=[{}])
        def get(name: str, limit: Annotated[int, Query(ge=1)], c: Annotated[str, Cookie()]) -> str:
            ...
        @app.put("/b", security=[{}])
        def put(item: Annotated[list[int] | None, Body()]) -> str: ...
    """)
    found = {(item.pointer, item.keyword) for item in backend_constraints(contract)}
    assert found == {
        ("/paths/~1a~1{name}/get/parameters/1/schema/minimum", "minimum"),
        ("/paths/~1a~1{name}/get/parameters/1/schema/type", "type"),
        ("/paths/~1a~1{name}/get/parameters/2/in", "in"),
        ("/paths/~1a~1{name}/get/parameters/2/required", "required"),
        ("/paths/~1b/put/requestBody/content/application~1json/schema/nullable", "nullable"),
        # Any value passes a schema that may be null, so nothing in it is the gateway's.
        ("/paths/~1b/put/requestBody/content/application~1json/schema/type", "type"),
        ("/paths/~1b/put/requestBody/content/application~1json/schema/items/type", "type"),
    }


def test_a_tagged_union_is_kept_for_people_and_left_to_the_backend(read: Read) -> None:
    contract = read("""
        class Cat(BaseModel): kind: Literal["cat"]
        class Dog(BaseModel): kind: Literal["dog"]
        class Owner(BaseModel): pet: Annotated[Cat | Dog, Field(discriminator="kind")]
        @app.put("/a", security=[{}])
        def put(owner: Owner) -> str: ...
    """)
    assert set(contract.schemas) >= {"Cat", "Dog", "Owner"}
    assert contract.schemas["Owner"]["properties"]["pet"]["discriminator"]["mapping"]
    model = compile_gateway(contract, BINDING)["components"]["schemas"]["Owner"]
    assert model["properties"] == {"pet": {}}
    found = {item.pointer for item in backend_constraints(contract)}
    assert "/components/schemas/Owner/properties/pet/oneOf" in found
    assert "/components/schemas/Cat/properties/kind/enum" in found
    assert "/components/schemas/Owner/required" not in found
