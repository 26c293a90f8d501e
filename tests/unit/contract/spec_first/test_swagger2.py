"""Swagger 2.0 as OpenAPI 3.0.3."""

from typing import Any

import pytest

from tests.unit.contract.spec_first.descriptions import Folder, texts

ANSWERS = {"200": {"description": "ok"}}


def swagger(operation: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "swagger": "2.0",
        "info": {"title": "Shop", "version": "1"},
        "security": [],
        "paths": {"/orders": {"post": {"operationId": "order", "responses": ANSWERS, **operation}}},
        **more,
    }


def read(shop: Folder, operation: dict[str, Any], **more: Any) -> Any:
    contract = shop.write(swagger(operation, **more)).contract()
    return contract.document["paths"]["/orders"]["post"]


def test_a_body_is_a_request_body(shop: Folder) -> None:
    body = {"name": "b", "in": "body", "required": True, "description": "one",
            "schema": {"$ref": "#/definitions/Order"}}  # fmt: skip
    order = {"type": "object", "discriminator": "kind", "x-nullable": True}
    made = read(
        shop, {"parameters": [body]}, consumes=["application/json"], definitions={"Order": order}
    )
    assert made["requestBody"] == {
        "description": "one",
        "required": True,
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Order"}}},
    }
    assert shop.contract().schemas["Order"] == {
        "type": "object",
        "discriminator": {"propertyName": "kind"},
        "x-nullable": True,
        "nullable": True,
    }


@pytest.mark.parametrize(
    ("written", "made"),
    [
        pytest.param({"in": "query"}, {"style": "form", "explode": False}, id="by default"),
        pytest.param({"in": "query", "collectionFormat": "multi"},
                     {"style": "form", "explode": True}, id="multi"),
        pytest.param({"in": "query", "collectionFormat": "pipes"},
                     {"style": "pipeDelimited", "explode": False}, id="pipes"),
        pytest.param({"in": "query", "collectionFormat": "ssv"},
                     {"style": "spaceDelimited", "explode": False}, id="ssv"),
        pytest.param({"in": "header"}, {"style": "simple"}, id="a header"),
    ],
)  # fmt: skip
def test_a_list_in_a_parameter(shop: Folder, written: Any, made: Any) -> None:
    items = {"type": "string", "collectionFormat": "csv"}
    parameter = {"name": "a", "type": "array", "items": items, "minItems": 1, **written}
    assert read(shop, {"parameters": [parameter]})["parameters"] == [
        {
            "name": "a",
            "in": written["in"],
            **made,
            "schema": {"type": "array", "items": {"type": "string"}, "minItems": 1},
        }
    ]


def test_tabs_between_values_are_refused(shop: Folder) -> None:
    parameter = {"name": "a", "in": "query", "type": "array", "items": {"type": "string"},
                 "collectionFormat": "tsv"}  # fmt: skip
    problem = shop.write(swagger({"parameters": [parameter]})).problem()
    assert "collectionFormat tsv in query" in problem.reason
    assert problem.pointer == "/paths/~1orders/post/parameters/0"


def test_answers_have_media_types(shop: Folder) -> None:
    answer = {
        "description": "ok",
        "schema": {"type": "file"},
        "headers": {"X-Left": {"type": "integer", "description": "how many"}},
        "examples": {"application/pdf": "%PDF"},
    }
    made = read(shop, {"produces": ["application/pdf"], "responses": {"200": answer}})
    assert made["responses"]["200"] == {
        "description": "ok",
        "headers": {"X-Left": {"description": "how many", "schema": {"type": "integer"}}},
        "content": {
            "application/pdf": {
                "schema": {"type": "string", "format": "binary"},
                "example": "%PDF",
            }
        },
    }


def test_a_form_is_an_object(shop: Folder) -> None:
    fields = [
        {"name": "a", "in": "formData", "type": "string", "required": True},
        {"name": "b", "in": "formData", "type": "integer"},
    ]
    made = read(shop, {"parameters": fields})
    assert made["requestBody"] == {
        "required": True,
        "content": {
            "application/x-www-form-urlencoded": {
                "schema": {
                    "type": "object",
                    "properties": {"a": {"type": "string"}, "b": {"type": "integer"}},
                    "required": ["a"],
                }
            }
        },
    }
    (problem, *_) = shop.problems(backend_validates=False)
    assert "nothing would validate at the gateway" in problem.reason


def test_a_file_in_a_form_is_refused(shop: Folder) -> None:
    problem = shop.write(
        swagger({"parameters": [{"name": "a", "in": "formData", "type": "file"}]})
    ).problem()
    assert "API Gateway would make text" in problem.reason
    assert "S3" in problem.remedy


def test_two_bodies_are_refused(shop: Folder) -> None:
    bodies: list[object] = [{"name": n, "in": "body", "schema": {}} for n in ("a", "b")]
    assert "more than one body" in shop.write(swagger({"parameters": bodies})).problem().reason


def test_what_is_served_elsewhere_is_told(shop: Folder) -> None:
    more = {"host": "a.example", "basePath": "/v1", "schemes": ["http"]}
    found = shop.write(swagger({}, **more)).read()
    told = " ".join(texts(found.notes, "documents"))
    assert all(f"{name} is left out" in told for name in more)
