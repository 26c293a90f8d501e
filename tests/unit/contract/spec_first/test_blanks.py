"""Required parameters are not blank: AWS, "Request validation for REST APIs in API Gateway"."""

from typing import Any

import pytest

from gatewright.contract import constraints
from tests.unit.contract.spec_first.descriptions import Folder, description, operation, texts

TEXT = {"type": "string"}


def _read(shop: Folder, schema: Any, place: str, *, required: bool) -> Any:
    parameter = {"name": "q", "in": place, "required": required, "schema": schema}
    path = "/orders/{q}" if place == "path" else "/orders"
    written = description({path: {"get": operation(parameters=[parameter])}})
    return shop.write(written).read(backend_validates=False)


@pytest.mark.parametrize("place", ["query", "header"])
def test_a_required_text_says_that_it_has_one_character(shop: Folder, place: str) -> None:
    found = _read(shop, TEXT, place, required=True)
    [parameter] = next(found.contract.operations()).parameters
    assert parameter["schema"] == {"type": "string", "minLength": 1}
    assert {item.keyword: item.enforced_by for item in constraints(found.contract)} == {
        "required": "gateway",
        "minLength": "gateway",
    }
    assert any("refuses blanks" in text for text in texts(found.notes, "rewritten"))


@pytest.mark.parametrize(
    ("schema", "place", "required"),
    [
        pytest.param(TEXT, "query", False, id="optional"),
        pytest.param(TEXT, "path", True, id="in the path"),
    ],
)
def test_what_may_be_blank_is_left_alone(
    shop: Folder, schema: Any, place: str, required: bool
) -> None:
    found = _read(shop, schema, place, required=required)
    [parameter] = next(found.contract.operations()).parameters
    assert parameter["schema"] == schema


@pytest.mark.parametrize(
    "schema",
    [{"type": "integer"}, {"type": "string", "enum": ["a"]}, {"type": "string", "minLength": 2}],
    ids=str,
)
def test_what_is_not_blank_anyway_is_left_alone(shop: Folder, schema: Any) -> None:
    parameter = {"name": "q", "in": "query", "required": True, "schema": schema}
    paths = {"/orders": {"get": operation(parameters=[parameter])}}
    contract = shop.write(description(paths)).contract()
    [found] = next(contract.operations()).parameters
    assert found["schema"] == schema
