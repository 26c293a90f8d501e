"""Which calls a contract gives for a smoke check, and what they must answer."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from gatewright.canary.smoke_call import SmokeCall, smoke_calls
from gatewright.contract import ContractError
from gatewright.contract.answer_schema import answer_schema
from gatewright.release.canary_settings import SmokeCheck
from gatewright.release.smoke_calls import MOST_CALLS
from gatewright.release.smoke_calls import smoke_calls as calls_of
from tests.unit.contract.spec_first.descriptions import Folder, JsonObject

FOOD: JsonObject = {
    "type": "object",
    "required": ["name", "secret"],
    "properties": {
        "name": {"type": "string", "format": "uuid", "pattern": "^[a-z]+$"},
        "secret": {"type": "string", "writeOnly": True},
        "note": {"type": "string", "nullable": True},
        "parts": {"type": "array", "items": {"$ref": "#/components/schemas/Food"}},
    },
}


def answers(schema: JsonObject, status: str = "200") -> JsonObject:
    return {status: {"description": "ok", "content": {"application/json": {"schema": schema}}}}


def operation(name: str, security: list[Any] | None = None, **more: Any) -> JsonObject:
    return {
        "operationId": name,
        "security": [{}] if security is None else security,
        "responses": answers({"$ref": "#/components/schemas/Food"}),
        **more,
    }


SCHEMES: JsonObject = {
    "api_key": {"type": "apiKey", "in": "header", "name": "x-api-key"},
    "cognito": {"type": "http", "scheme": "bearer"},
}
NAME = {"name": "name", "in": "path", "required": True, "schema": {"type": "string"}}
LIMIT = {"name": "limit", "in": "query", "required": True, "schema": {"type": "integer"}}
PATHS: JsonObject = {
    "/foods": {
        "get": operation("list", [{"api_key": []}], parameters=[LIMIT | {"example": 5}]),
        "post": operation(
            "create",
            requestBody={
                "required": True,
                "content": {
                    "application/json": {"schema": {"type": "object", "example": {"name": "pizza"}}}
                },
            },
        ),
    },
    "/foods/{name}": {"get": operation("get", parameters=[NAME | {"example": "a b"}])},
    "/mine": {"get": operation("mine", [{"cognito": []}])},
    "/untold/{name}": {"get": operation("untold", parameters=[NAME])},
}


def found(
    folder: Path, *operations: str, paths: JsonObject = PATHS, streamed: tuple[str, ...] = ()
) -> dict[str, SmokeCall]:
    document = {
        "openapi": "3.0.3",
        "info": {"title": "Shop", "version": "1"},
        "paths": deepcopy(paths),
        "components": {"schemas": {"Food": deepcopy(FOOD)}, "securitySchemes": deepcopy(SCHEMES)},
    }
    contract = Folder(folder / "shop").write(document).contract()
    text = calls_of(contract, SmokeCheck(operations=operations), streamed)
    return {call.name: call for call in smoke_calls(text)}


def test_what_reads_and_has_examples_is_called(tmp_path: Path) -> None:
    calls = found(tmp_path)
    assert list(calls) == ["GET /foods?limit=5", "GET /foods/a%20b"]
    assert calls["GET /foods/a%20b"].resource == "/foods/{name}"
    assert calls["GET /foods?limit=5"].body is None


def test_what_is_named_is_called_instead_whatever_its_method(tmp_path: Path) -> None:
    calls = found(tmp_path, "create")
    [call] = calls.values()
    assert (call.name, call.body) == ("POST /foods", '{"name": "pizza"}')
    assert call.headers == {"Content-Type": "application/json"}


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("mine", "it asks for cognito, and API Gateway's test asks no authorizer"),
        ("untold", "give an example in the contract for name"),
        ("list", "its answer is streamed"),
    ],
)
def test_what_is_named_and_cannot_be_called_is_refused(
    tmp_path: Path, name: str, told: str
) -> None:
    with pytest.raises(ContractError, match=told):
        found(tmp_path, name, streamed=("list",))


def test_a_contract_with_nothing_to_call_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContractError, match=r"has nothing to call.*\n.*remedy: give examples"):
        found(tmp_path, paths={"/mine": PATHS["/mine"]})


def test_no_more_are_called_than_api_gateway_takes(tmp_path: Path) -> None:
    many = {f"/p{n:02}": {"get": operation(f"p{n}")} for n in range(MOST_CALLS + 5)}
    assert len(found(tmp_path, paths=many)) == MOST_CALLS


def test_a_call_too_large_for_a_template_is_refused(tmp_path: Path) -> None:
    wide = {f"property{n}": {"type": "string"} for n in range(4000)}
    paths = {"/p": {"get": {**operation("p"), "responses": answers({"properties": wide})}}}
    with pytest.raises(ContractError, match="more than 100000"):
        found(tmp_path, paths=paths)


@pytest.mark.parametrize(
    ("answer", "is_promised"),
    [
        ({"name": "no uuid"}, True),  # formats and patterns are not looked at
        ({"name": "a", "note": None}, True),
        ({"name": "a", "parts": [{"name": "b"}]}, True),
        ({"name": "a", "parts": [{}]}, False),
        ({}, False),
        ({"name": 7}, False),
        ([], False),
    ],
)
def test_an_answer_is_looked_at_as_the_contract_says(
    tmp_path: Path, answer: object, *, is_promised: bool
) -> None:
    schema = found(tmp_path)["GET /foods/a%20b"].answers["200"]["application/json"]
    jsonschema.Draft4Validator.check_schema(schema)
    assert jsonschema.Draft4Validator(schema).is_valid(answer) == is_promised


def test_every_keyword_with_schemas_is_rewritten() -> None:
    food = {"$ref": "#/components/schemas/Food"}
    schema = answer_schema(
        {
            "allOf": [food],
            "anyOf": [{"oneOf": [food]}],
            "not": {"enum": [1]},
            "additionalProperties": food,
            "items": food,
            "x-more": 1,
            "required": [],
        },
        {"Food": FOOD},
    )
    again = {"$ref": "#/definitions/Food"}
    assert set(schema.pop("definitions")) == {"Food"}
    assert schema == {
        "$schema": "http://json-schema.org/draft-04/schema#",
        "allOf": [again],
        "anyOf": [{"oneOf": [again]}],
        "not": {"enum": [1]},
        "additionalProperties": again,
        "items": again,
    }
    assert "x-more" not in json.dumps(schema)
