"""The stock's rules, without a gateway."""

import pytest

from foods.v1 import stock


def test_known_foods() -> None:
    assert {food: stock.check_stock(food) for food in stock.list_foods()} == stock.FOOD_STOCK


def test_unknown_food_names_the_choices() -> None:
    with pytest.raises(stock.UnknownFoodError, match=r"'pizza'.*hamburger, hotdog"):
        stock.check_stock("pizza")


@pytest.mark.parametrize("quantity", [0, -1])
def test_a_delivery_has_at_least_one_item(quantity: int) -> None:
    with pytest.raises(ValueError, match="at least one"):
        stock.add_food("hotdog", quantity)
