"""What a food is, and what can go wrong with one. No gateway and no database here."""

from dataclasses import dataclass
from uuid import uuid4


@dataclass(frozen=True, kw_only=True)
class Food:
    """A food in stock. ``revision`` is another one after every change, and never comes again."""

    name: str
    quantity: int
    revision: str


class FoodNotFoundError(Exception):
    """There is no food of that name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no food '{name}'")


class FoodExistsError(Exception):
    """There is a food of that name already."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is a food '{name}' already. Replace it, or choose another name")


class RevisionMismatchError(Exception):
    """The food is not in the revision that the caller asked for: somebody else changed it."""

    def __init__(self, name: str) -> None:
        super().__init__(f"Food '{name}' was changed by somebody else. Read it again, then retry")


class KeyReusedError(Exception):
    """The idempotency key came with another request before."""

    def __init__(self) -> None:
        super().__init__("This Idempotency-Key was used for another request. Use a new one")


class BusyError(Exception):
    """Others are changing the same food right now; nothing was done."""

    def __init__(self) -> None:
        super().__init__("Others are changing this food right now. Try again")


def new_food(name: str, quantity: int) -> Food:
    """A food in a revision of its own."""
    return Food(name=name, quantity=quantity, revision=uuid4().hex)
