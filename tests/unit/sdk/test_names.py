"""What clients are called."""

import pytest

from gatewright.sdk.document import ApiDocument
from gatewright.sdk.names import names_of
from gatewright.sdk.naming import camel, java_identifier, pascal, snake
from tests.unit.sdk.documents import content, document


@pytest.mark.parametrize("name", ["list_foods", "listFoods", "list-foods", "List Foods"])
def test_spelling(name: str) -> None:
    assert (snake(name), camel(name), pascal(name)) == ("list_foods", "listFoods", "ListFoods")


def test_a_header_becomes_a_name() -> None:
    assert (snake("If-Match"), camel("If-Match")) == ("if_match", "ifMatch")


def test_an_api_version_is_a_package_of_its_own() -> None:
    names = names_of(document(), "gatewright", "")
    assert names.distribution == "gatewright-foods-v2"
    assert names.python == "gatewright_foods_v2"
    assert names.npm == "@gatewright/foods-v2"
    assert names.java == "gatewright.foods.v2"
    assert names.java_folder == "gatewright/foods/v2"
    assert names.module == "GatewrightFoodsV2"
    assert names.prefix == "FoodsV2"
    assert names.group == "gatewright"


def test_names_with_hyphens_and_reserved_words() -> None:
    names = names_of(ApiDocument("new-v1", "1.0.0", content()), "my-shop", "com.example.shop")
    assert names.java == "myshop.new_.v1"
    assert names.python == "my_shop_new_v1"
    assert names.group == "com.example.shop"
    assert java_identifier("class") == "class_"


def test_an_api_without_a_version() -> None:
    assert names_of(document(api="foods"), "gatewright", "").java == "gatewright.foods"
