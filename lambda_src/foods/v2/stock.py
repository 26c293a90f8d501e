"""What the service does, whatever serves it and wherever foods are kept."""

import hashlib
import json

from foods.v2.food import Food, new_food
from foods.v2.paging import Page, Selection, cursor_after, name_before
from foods.v2.store import Attempt, FoodStore


class Stock:
    """The foods of a store, as callers see them."""

    def __init__(self, store: FoodStore) -> None:
        self._store = store

    def page(
        self, selection: Selection, *, limit: int, cursor: str | None
    ) -> tuple[Page, str | None]:
        """A page and the cursor of the next one, None at the end. Raises InvalidCursorError."""
        after = None if cursor is None else name_before(cursor, selection)
        page = self._store.page(selection, limit=limit, after=after)
        return page, None if page.last is None else cursor_after(page.last)

    def get(self, name: str) -> Food:
        """Raises FoodNotFoundError."""
        return self._store.get(name)

    def create(self, name: str, quantity: int, *, caller: str, key: str) -> Food:
        """A new food. The same caller with the same ``key`` gets the first answer again.

        Raises FoodExistsError; KeyReusedError when the key came with another food; BusyError.
        """
        attempt = Attempt(caller=caller, key=key, fingerprint=_fingerprint(name, quantity))
        return self._store.create(new_food(name, quantity), attempt)

    def replace(self, name: str, quantity: int, revisions: tuple[str, ...] | None) -> Food:
        """The food in its new revision. ``revisions`` are those that may be replaced, None for any.

        Raises FoodNotFoundError, RevisionMismatchError.
        """
        food = new_food(name, quantity)
        self._store.replace(food, revisions)
        return food

    def delete(self, name: str, revisions: tuple[str, ...] | None) -> None:
        """Raises FoodNotFoundError, RevisionMismatchError."""
        self._store.delete(name, revisions)


def _fingerprint(name: str, quantity: int) -> str:
    return hashlib.sha256(json.dumps([name, quantity]).encode()).hexdigest()
