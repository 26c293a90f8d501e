"""Foods in memory, one writer at a time."""

import threading

from foods.v2.food import (
    Food,
    FoodExistsError,
    FoodNotFoundError,
    KeyReusedError,
    RevisionMismatchError,
)
from foods.v2.paging import Page, Selection
from foods.v2.store import Attempt


class MemoryFoodStore:
    """A FoodStore as simple as it can be: what the others are measured by."""

    def __init__(self) -> None:
        self._foods: dict[str, Food] = {}
        self._attempts: dict[tuple[str, str], tuple[str, Food]] = {}
        self._lock = threading.Lock()

    def page(self, selection: Selection, *, limit: int, after: str | None) -> Page:
        found = [
            food
            for name, food in sorted(self._foods.items())
            if name > (after or "") and _selects(selection, food)
        ]
        return Page(
            foods=tuple(found[:limit]), last=found[limit - 1].name if len(found) > limit else None
        )

    def get(self, name: str) -> Food:
        try:
            return self._foods[name]
        except KeyError:
            raise FoodNotFoundError(name) from None

    def create(self, food: Food, attempt: Attempt) -> Food:
        with self._lock:
            fingerprint, earlier = self._attempts.get((attempt.caller, attempt.key), ("", None))
            if earlier is not None:
                if fingerprint != attempt.fingerprint:
                    raise KeyReusedError
                return earlier
            if food.name in self._foods:
                raise FoodExistsError(food.name)
            self._attempts[attempt.caller, attempt.key] = (attempt.fingerprint, food)
            self._foods[food.name] = food
            return food

    def replace(self, food: Food, revisions: tuple[str, ...] | None) -> None:
        with self._lock:
            self._check(food.name, revisions)
            self._foods[food.name] = food

    def delete(self, name: str, revisions: tuple[str, ...] | None) -> None:
        with self._lock:
            self._check(name, revisions)
            del self._foods[name]

    def _check(self, name: str, revisions: tuple[str, ...] | None) -> None:
        if revisions is not None and self.get(name).revision not in revisions:
            raise RevisionMismatchError(name)
        self.get(name)


def _selects(selection: Selection, food: Food) -> bool:
    low, high = selection.min_quantity, selection.max_quantity
    return (
        food.name.startswith(selection.prefix)
        and (low is None or food.quantity >= low)
        and (high is None or food.quantity <= high)
    )
