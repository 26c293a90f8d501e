"""The call that a README shows."""

from typing import Any

import pytest

from gatewright.sdk.client_names import ClientNames
from gatewright.sdk.document import ApiDocument
from gatewright.sdk.readme_call import ReadmeCall
from gatewright.sdk.readme_call import readme_call as shown_call
from tests.unit.sdk.documents import document, operation, parameter


def readme_call(found: ApiDocument) -> ReadmeCall | None:
    return shown_call(found, ClientNames("python"))


def shown(*operations: tuple[str, str, dict[str, Any]]) -> str | None:
    paths: dict[str, Any] = {}
    for path, method, found in operations:
        paths.setdefault(path, {})[method] = found
    call = readme_call(document(paths))
    return call.name if call else None


def test_a_safe_one_goes_before_one_that_writes() -> None:
    get = operation("get", parameters=[parameter("name"), parameter("other")])
    assert shown(("/a", "delete", operation("delete")), ("/a", "get", get)) == "get"


def test_one_with_credentials_goes_before_one_without() -> None:
    hello = operation("hello", security=[{}])
    key = operation("key", parameters=[parameter("name")])
    assert shown(("/a", "get", hello), ("/b", "get", key)) == "key"


def test_the_fewest_required_parameters_and_then_the_first() -> None:
    one = operation("one", parameters=[parameter("name")])
    assert shown(("/a", "get", one), ("/b", "get", operation("b")), ("/c", "get", operation("c")))
    assert shown(("/a", "get", one), ("/b", "get", operation("b"))) == "b"


def test_none_where_all_need_a_body() -> None:
    assert shown(("/a", "post", operation("post", requestBody={"content": {}}))) is None


def test_required_arguments_come_first_and_only_they_have_a_value() -> None:
    optional = {**parameter("limit"), "required": False}
    call = readme_call(
        document({"/a": {"get": operation("get", parameters=[optional, parameter("name")])}})
    )
    assert call is not None
    assert [(one.name, one.value) for one in call.arguments] == [("name", "name"), ("limit", None)]
    assert [one.name for one in call.given] == ["name"]


@pytest.mark.parametrize(
    ("given", "value"),
    [
        (parameter("name", example="hamburger"), "hamburger"),
        ({**parameter("name"), "example": "hotdog"}, "hotdog"),
        ({**parameter("name"), "examples": {"a": {"value": "fries"}}}, "fries"),
        (parameter("name", enum=["large", "small"]), "large"),
        (parameter("name", default="x"), "x"),
        (parameter("limit", type="integer", minimum=5), 5),
        (parameter("all", type="boolean"), True),
    ],
)
def test_values_are_those_of_the_document(given: dict[str, Any], value: object) -> None:
    call = readme_call(document({"/a": {"get": operation("get", parameters=[given])}}))
    assert call is not None
    assert call.arguments[0].value == value


def test_the_class_is_named_by_the_tag_or_else_by_the_service() -> None:
    call = readme_call(document())
    tagged = readme_call(document({"/a": {"get": operation("get", tags=["stock levels"])}}))
    assert call is not None
    assert tagged is not None
    assert (call.api_class, tagged.api_class) == ("FoodsApi", "StockLevelsApi")
    assert call.schemes == ("api_key",)
    assert call.answers
