"""Errors that an operation describes, and that the gateway answers as well."""

from typing import Any

import pytest

from gatewright.contract.error_answers import ErrorAnswers

GATEWAY = {"$ref": "#/components/schemas/GatewayError"}
OWN = {"$ref": "#/components/schemas/Error"}
TEXT = {"type": "string"}
NAMED = {"$ref": "#/components/schemas/ErrorOrGatewayError"}


def _response(schema: dict[str, Any], media_type: str = "application/json") -> dict[str, Any]:
    return {"description": "Own", "content": {media_type: {"schema": schema}}}


def _beside(declared: dict[str, Any], schemas: dict[str, Any] | None = None) -> dict[str, Any]:
    answers = ErrorAnswers({} if schemas is None else schemas, "GatewayError")
    gateway = {
        "description": "Bad Request",
        "content": {"application/json": {"schema": GATEWAY}},
        "headers": {"Retry-After": {"schema": {"type": "integer"}}},
    }
    return answers.beside(declared, "400", gateway)


def _json(response: dict[str, Any]) -> Any:
    return response["content"]["application/json"]["schema"]


@pytest.mark.parametrize(
    ("declared", "description", "schema"),
    [
        pytest.param({}, "Bad Request", GATEWAY, id="not described"),
        pytest.param({"400": _response(OWN)}, "Own", NAMED, id="its own"),
        pytest.param({"400": _response(TEXT)}, "Own", {"anyOf": [TEXT, GATEWAY]}, id="no name"),
        pytest.param({"400": _response(GATEWAY)}, "Own", GATEWAY, id="the gateway's"),
        pytest.param({"4XX": _response(OWN)}, "Bad Request", NAMED, id="a range"),
        pytest.param({"default": _response(OWN)}, "Bad Request", NAMED, id="default"),
        pytest.param({"4XX": _response(GATEWAY), "default": _response(OWN)}, "Bad Request",
                     GATEWAY, id="the range before default"),
        pytest.param({"5XX": _response(OWN)}, "Bad Request", GATEWAY, id="another range"),
    ],
)  # fmt: skip
def test_both_shapes_are_told(declared: Any, description: str, schema: Any) -> None:
    found = _beside(declared)
    assert (found["description"], _json(found)) == (description, schema)
    assert "Retry-After" in found["headers"]


def test_another_media_type_stands_beside_json() -> None:
    found = _beside({"400": _response(TEXT, "text/plain")})
    assert found["content"]["text/plain"] == {"schema": TEXT}
    assert _json(found) == GATEWAY


def test_json_without_a_schema_is_anything() -> None:
    declared = {"400": {"description": "Own", "content": {"application/json": {}}}}
    assert _beside(declared)["content"] == {"application/json": {}}


def test_the_alternative_is_named_once() -> None:
    schemas: dict[str, Any] = {}
    _beside({"400": _response(OWN)}, schemas)
    _beside({"default": _response(OWN)}, schemas)
    assert schemas == {"ErrorOrGatewayError": {"anyOf": [OWN, GATEWAY]}}


def test_a_name_that_is_taken_is_left_alone() -> None:
    schemas = {"ErrorOrGatewayError": TEXT}
    assert _json(_beside({"400": _response(OWN)}, schemas)) == {"anyOf": [OWN, GATEWAY]}
    assert schemas == {"ErrorOrGatewayError": TEXT}


def test_what_was_declared_is_not_changed() -> None:
    declared = {"400": _response(OWN), "default": _response(OWN)}
    _beside(declared)
    assert declared == {"400": _response(OWN), "default": _response(OWN)}
