"""What version 1 knows about food. It keeps no state: version 2 does."""

FOOD_STOCK = {"hamburger": "yes", "hotdog": "no"}


class UnknownFoodError(Exception):
    """The food is not one that we stock; the text lists those that are."""

    def __init__(self, food: str) -> None:
        choices = ", ".join(FOOD_STOCK)
        super().__init__(f"Unknown food '{food}'. Valid choices are: {choices}")


def list_foods() -> list[str]:
    """The names of all foods."""
    return list(FOOD_STOCK)


def check_stock(food: str) -> str:
    """``yes`` or ``no``. Raises UnknownFoodError."""
    try:
        return FOOD_STOCK[food]
    except KeyError:
        raise UnknownFoodError(food) from None


def add_food(food: str, quantity: int) -> None:
    """Accept a delivery of a known food. Raises UnknownFoodError, ValueError for less than one."""
    check_stock(food)
    if quantity < 1:
        raise ValueError("a delivery has at least one item")
