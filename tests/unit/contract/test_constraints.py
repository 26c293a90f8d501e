"""Who enforces what: AWS, "Request validation for REST APIs in API Gateway".

What is the backend's, a service of the platform must refuse when it runs: the last test sends it.
"""

import importlib
import json
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from gatewright.contract import (
    Contract,
    ContractError,
    backend_constraints,
    check_contract,
    constraints,
)
from tests.unit.contract.services import Read, Service
from tests.unit.proxy_events import proxy_event

PRELUDE = """
from datetime import date
from enum import Enum
from typing import Annotated, Literal
from uuid import UUID
from aws_lambda_powertools.event_handler.openapi.params import Body, Cookie, Header, Path, Query
from pydantic import BaseModel, ConfigDict, Field
from gatewright.runtime import RestApp
app = RestApp()
"""

# A parameter, and values that break each of its constraints.
PARAMETERS: dict[str, tuple[str, ...]] = {
    "Annotated[int, Query()]": ("x", "", "1.5", "1e3"),
    "Annotated[int, Query(ge=1, le=3)]": ("0", "4", "-1"),
    "Annotated[int, Query(gt=1, lt=3)]": ("1", "3"),
    "Annotated[int, Query(multiple_of=2)]": ("3",),
    "Annotated[float, Query(ge=0)]": ("-0.1", "x", "nan"),
    "Annotated[bool, Query()]": ("x", "2"),
    "Annotated[str, Query(min_length=2, max_length=3)]": ("a", "abcd"),
    "Annotated[str, Query(pattern='^[a-z]+$')]": ("A", "1", "a b"),
    "Annotated[Literal['a', 'b'], Query()]": ("c", "A"),
    "Annotated[date, Query()]": ("yesterday", "2026-13-01"),
    "Annotated[UUID, Query()]": ("x",),
    "Annotated[int | None, Query(ge=1)]": ("0", "x"),
    "Annotated[list[int], Query(max_length=2)]": ("x",),
    "Annotated[int, Header(ge=1)]": ("0", "x"),
    "Annotated[Literal['a'], Header()]": ("b",),
    "Annotated[str, Header(pattern='^[a-z]+$')]": ("A",),
}  # fmt: skip
PATHS: dict[str, tuple[str, ...]] = {
    "Annotated[int, Path(ge=1)]": ("0", "x"),
    "Annotated[str, Path(pattern='^[a-z]+$', max_length=3)]": ("A", "abcd"),
    "Annotated[Literal['a', 'b'], Path()]": ("c",),
    "UUID": ("x",),
}


def raw(paths: dict[str, Any], schemas: dict[str, Any] | None = None, **more: Any) -> Contract:
    document = {"openapi": "3.0.3", "paths": paths, "components": {"schemas": schemas or {}}}
    return Contract("goods", "v1", "Goods", json.dumps(document), **more)


def put(schema: dict[str, Any], *parameters: dict[str, Any]) -> dict[str, Any]:
    return {
        "/a": {
            "put": {
                "operationId": "a",
                "security": [{}],
                "responses": {"200": {}},
                "parameters": list(parameters),
                "requestBody": {
                    "required": True,
                    "content": {"application/json": {"schema": schema}},
                },
            }
        }
    }


def enforced(contract: Contract) -> dict[str, str]:
    return {
        item.pointer.rsplit("/schema", 1)[-1]: item.enforced_by for item in constraints(contract)
    }


def test_the_gateway_keeps_a_plain_model() -> None:
    schema = {
        "type": "object",
        "required": ["n"],
        "additionalProperties": False,
        "properties": {"n": {"type": "integer", "minimum": 1, "description": "no constraint"}},
    }
    assert enforced(raw(put(schema))) == {
        "/paths/~1a/put/requestBody/required": "gateway",
        "/type": "gateway",
        "/required": "gateway",
        "/additionalProperties": "gateway",
        "/properties/n/type": "gateway",
        "/properties/n/minimum": "gateway",
    }


@pytest.mark.parametrize(
    "outer",
    [
        {"anyOf": [{"type": "integer", "minimum": 1}]},
        {"oneOf": [{"type": "integer", "minimum": 1}]},
        {"nullable": True, "type": "integer", "minimum": 1},
        {"additionalProperties": {"type": "integer", "minimum": 1}},
    ],
    ids=lambda outer: next(iter(outer)),
)
def test_what_is_inside_something_left_out_is_the_backends_too(outer: dict[str, Any]) -> None:
    inside = {
        item.pointer: item.enforced_by
        for item in constraints(raw(put(outer)))
        if item.keyword in ("minimum", "anyOf", "oneOf", "nullable")
    }
    assert set(inside.values()) == {"backend"}


def test_a_shared_schema_is_the_backends_if_the_gateway_misses_it_once() -> None:
    shared = {"$ref": "#/components/schemas/N"}
    both = {"type": "object", "properties": {"a": shared, "b": {"anyOf": [shared]}}}
    found = enforced(raw(put(both), {"N": {"type": "integer"}}))
    assert found["s/N/type"] == "backend"
    once = {"type": "object", "properties": {"a": shared}}
    assert enforced(raw(put(once), {"N": {"type": "integer"}}))["s/N/type"] == "gateway"


def test_a_schema_that_contains_itself_ends() -> None:
    node = {"type": "object", "properties": {"next": {"$ref": "#/components/schemas/Node"}}}
    found = enforced(raw(put({"$ref": "#/components/schemas/Node"}), {"Node": node}))
    assert found["s/Node/type"] == "gateway"


@pytest.mark.parametrize(("place", "by"), [("query", "gateway"), ("cookie", "backend")])
def test_presence_is_the_gateways_where_it_looks(place: str, by: str) -> None:
    name = {"name": "q", "in": place, "required": True, "schema": {"type": "string"}}
    found = enforced(raw(put({"type": "object"}, name)))
    assert found["/paths/~1a/put/parameters/0/required"] == by


def test_what_neither_enforces_is_refused_with_all_its_places() -> None:
    limit = {"name": "n", "in": "query", "schema": {"type": "integer", "maximum": 9}}
    contract = raw(put({"$ref": "#/components/schemas/Many"}, limit), {"Many": {"maxItems": 3}})
    with pytest.raises(ContractError) as caught:
        check_contract(contract)
    told = [(p.operation, p.pointer) for p in caught.value.problems]
    assert told == [
        ("PUT /a", "/paths/~1a/put/parameters/0/schema/maximum"),
        ("PUT /a", "/paths/~1a/put/parameters/0/schema/type"),
        ("schema Many", "/components/schemas/Many/maxItems"),
    ]
    assert "nobody enforces maximum: not API Gateway" in str(caught.value)
    assert "backend_validates=True" in str(caught.value)


def test_a_backend_that_validates_may_be_left_with_it() -> None:
    limit = {"name": "n", "in": "query", "schema": {"type": "integer"}}
    check_contract(raw(put({"type": "object"}, limit), backend_validates=True))


@pytest.mark.parametrize(
    ("code", "place"),
    [
        ("n: Annotated[int, Query(json_schema_extra={'maximum': 3})]", "parameter n adds maximum"),
        ("n: Annotated[str, Field(json_schema_extra={'pattern': 'a'}), Query()]",
         "parameter n adds pattern"),
        ("n: Annotated[int, WithJsonSchema({'type': 'integer', 'maximum': 3}), Query()]",
         "parameter n adds type"),
        ("item: Extra", "Extra.n adds maximum"),
        ("item: list[Outer]", "Extra.n adds maximum"),
        ("item: Configured", "Configured adds minProperties"),
        ("item: Made", "Made adds what a function makes"),
        ("item: Custom", "Custom adds __get_pydantic_json_schema__"),
    ],
)  # fmt: skip
def test_a_schema_written_by_hand_is_refused(service: Service, code: str, place: str) -> None:
    text = str(
        service.write(f"""
            from pydantic import WithJsonSchema
            class Extra(BaseModel):
                n: int = Field(json_schema_extra={{"maximum": 3, "examples": [1], "x-a": 1}})
            class Outer(BaseModel):
                inner: Extra | None = None
            class Configured(BaseModel):
                model_config = ConfigDict(json_schema_extra={{"minProperties": 1}})
                a: int = 0
            class Made(BaseModel):
                model_config = ConfigDict(json_schema_extra=lambda s: s.update(maxItems=1))
            class Custom(BaseModel):
                @classmethod
                def __get_pydantic_json_schema__(cls, core, handler):
                    return handler(core)
            @app.post("/a", security=[{{}}])
            def post({code}) -> int: ...
        """).refusal()
    )
    assert f"{place} to its schema by hand, and nobody checks it" in text
    assert "remedy: let pydantic check it" in text
    assert "goods/handler.py" in text


def test_examples_and_extensions_may_be_written_by_hand(read: Read) -> None:
    assert read("""
        class Item(BaseModel):
            model_config = ConfigDict(json_schema_extra={"examples": [{"n": 1}], "x-a": 1})
            n: int = Field(json_schema_extra={"example": 1, "readOnly": False})
        @app.post("/a", security=[{}])
        def post(item: Item) -> int: ...
    """)


@pytest.fixture
def running(service: Service, request: pytest.FixtureRequest) -> Iterator[tuple[Any, Contract]]:
    """The resolver of a service with one route, and its contract."""
    service.write(request.param, prelude=PRELUDE)
    contract = service.read()
    sys.path.insert(0, str(service.source))
    try:
        yield importlib.import_module("goods.handler").app, contract
    finally:
        sys.path.remove(str(service.source))
        for name in [name for name in sys.modules if name.partition(".")[0] == "goods"]:
            del sys.modules[name]


def _route(kind: str, path: str = "/a") -> str:
    return f"@app.get('{path}', security=[{{}}])\ndef get(v: {kind}) -> str:\n    return 'ok'\n"


@pytest.mark.parametrize(
    ("running", "bad"),
    [(_route(kind), bad) for kind, bad in PARAMETERS.items()],
    indirect=["running"],
    ids=list(PARAMETERS),
)
def test_a_service_enforces_what_is_its_own_of_parameters(
    running: tuple[Any, Contract], bad: tuple[str, ...]
) -> None:
    app, contract = running
    assert backend_constraints(contract)
    [operation] = contract.operations()
    holder = {"header": "headers", "query": "query"}[operation.parameters[0]["in"]]
    for value in bad:
        event = proxy_event("GET", "/a", **{holder: {"v": value}})  # type: ignore[arg-type]
        assert app(event, None)["statusCode"] == 400, value


@pytest.mark.parametrize(
    ("running", "bad"),
    [(_route(kind, "/a/<v>"), bad) for kind, bad in PATHS.items()],
    indirect=["running"],
    ids=list(PATHS),
)
def test_a_service_enforces_what_is_its_own_of_paths(
    running: tuple[Any, Contract], bad: tuple[str, ...]
) -> None:
    app, contract = running
    assert backend_constraints(contract)
    for value in bad:
        assert app(proxy_event("GET", f"/a/{value}"), None)["statusCode"] == 400, value
