"""What every FoodStore does, for the one in memory and the one in DynamoDB."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import pytest

from foods.v2.food import (
    Food,
    FoodExistsError,
    FoodNotFoundError,
    KeyReusedError,
    RevisionMismatchError,
    new_food,
)
from foods.v2.paging import Selection
from foods.v2.store import Attempt, FoodStore

ALL = Selection()
Answer = TypeVar("Answer")


def attempt(key: str, *, caller: str = "caller", fingerprint: str = "same") -> Attempt:
    return Attempt(caller=caller, key=key, fingerprint=fingerprint)


def put(store: FoodStore, name: str, quantity: int = 1) -> Food:
    return store.create(new_food(name, quantity), attempt(f"put {name}"))


def names(store: FoodStore, selection: Selection, limit: int) -> list[list[str]]:
    """The names on every page, from the first to the last."""
    pages, after = [], None
    while True:
        page = store.page(selection, limit=limit, after=after)
        pages.append([food.name for food in page.foods])
        if page.last is None:
            return pages
        after = page.last


class StoreCases:
    """Tests of a store, which a subclass gives as the fixture ``store``, empty."""

    def test_what_was_created_is_there(self, store: FoodStore) -> None:
        food = put(store, "egg", 2**53 - 1)
        assert store.get("egg") == food

    def test_what_was_not_created_is_not(self, store: FoodStore) -> None:
        with pytest.raises(FoodNotFoundError, match="'egg'"):
            store.get("egg")

    def test_a_second_food_of_the_same_name_is_refused(self, store: FoodStore) -> None:
        first = put(store, "egg")
        with pytest.raises(FoodExistsError):
            store.create(new_food("egg", 2), attempt("another"))
        assert store.get("egg") == first

    def test_a_retry_gets_the_first_answer(self, store: FoodStore) -> None:
        first = store.create(new_food("egg", 1), attempt("key"))
        store.replace(new_food("egg", 9), None)
        assert store.create(new_food("egg", 1), attempt("key")) == first
        assert store.get("egg").quantity == 9

    def test_a_retry_after_a_deletion_creates_nothing(self, store: FoodStore) -> None:
        first = store.create(new_food("egg", 1), attempt("key"))
        store.delete("egg", None)
        assert store.create(new_food("egg", 1), attempt("key")) == first
        assert names(store, ALL, 10) == [[]]

    def test_a_key_for_another_request_is_refused(self, store: FoodStore) -> None:
        store.create(new_food("egg", 1), attempt("key"))
        with pytest.raises(KeyReusedError):
            store.create(new_food("ham", 1), attempt("key", fingerprint="other"))
        with pytest.raises(FoodNotFoundError):
            store.get("ham")

    def test_keys_of_callers_do_not_meet(self, store: FoodStore) -> None:
        store.create(new_food("egg", 1), attempt("key", caller="one"))
        other = attempt("key", caller="two", fingerprint="other")
        assert store.create(new_food("ham", 1), other).name == "ham"

    def test_a_refused_creation_leaves_its_key_unused(self, store: FoodStore) -> None:
        put(store, "egg")
        with pytest.raises(FoodExistsError):
            store.create(new_food("egg", 1), attempt("key"))
        store.delete("egg", None)
        assert store.create(new_food("egg", 1), attempt("key")) == store.get("egg")

    def test_a_replacement_names_what_it_replaces(self, store: FoodStore) -> None:
        seen = put(store, "egg")
        changed = new_food("egg", 5)
        store.replace(changed, (seen.revision,))
        assert store.get("egg") == changed
        with pytest.raises(RevisionMismatchError):
            store.replace(new_food("egg", 6), (seen.revision,))
        store.replace(new_food("egg", 7), ("other", changed.revision))
        assert store.get("egg").quantity == 7

    @pytest.mark.parametrize("revisions", [None, (), ("other",)])
    def test_nothing_cannot_be_replaced_or_deleted(
        self, store: FoodStore, revisions: tuple[str, ...] | None
    ) -> None:
        with pytest.raises(FoodNotFoundError):
            store.replace(new_food("egg", 1), revisions)
        with pytest.raises(FoodNotFoundError):
            store.delete("egg", revisions)

    def test_no_revision_matches_none(self, store: FoodStore) -> None:
        put(store, "egg")
        with pytest.raises(RevisionMismatchError):
            store.replace(new_food("egg", 2), ())
        with pytest.raises(RevisionMismatchError):
            store.delete("egg", ())

    def test_a_deletion_may_name_what_it_deletes(self, store: FoodStore) -> None:
        seen = put(store, "egg")
        with pytest.raises(RevisionMismatchError):
            store.delete("egg", ("other",))
        store.delete("egg", (seen.revision,))
        with pytest.raises(FoodNotFoundError):
            store.get("egg")

    def test_pages_are_in_order_and_complete(self, store: FoodStore) -> None:
        for name in ("d", "b", "a", "e", "c"):
            put(store, name)
        pages = names(store, ALL, 2)
        assert [name for page in pages for name in page] == list("abcde")
        assert max(map(len, pages)) == 2

    def test_a_food_that_is_gone_does_not_end_the_list(self, store: FoodStore) -> None:
        for name in "abc":
            put(store, name)
        first = store.page(ALL, limit=2, after=None)
        store.delete("b", None)
        assert first.last == "b"
        assert [f.name for f in store.page(ALL, limit=2, after=first.last).foods] == ["c"]

    @pytest.mark.parametrize(
        ("selection", "found"),
        [
            (Selection(prefix="ha"), ["ham", "hash"]),
            (Selection(min_quantity=2), ["ham", "hot", "hut"]),
            (Selection(max_quantity=2), ["egg", "ham", "hash"]),
            (Selection(min_quantity=2, max_quantity=3), ["ham", "hot"]),
            (Selection(prefix="h", min_quantity=3), ["hot", "hut"]),
            (Selection(min_quantity=9), []),
            (Selection(prefix="x"), []),
        ],
    )
    @pytest.mark.parametrize("limit", [1, 2, 50])
    def test_filters(
        self, store: FoodStore, selection: Selection, found: list[str], limit: int
    ) -> None:
        for name, quantity in {"egg": 1, "ham": 2, "hash": 1, "hot": 3, "hut": 4}.items():
            put(store, name, quantity)
        pages = names(store, selection, limit)
        assert [name for page in pages for name in page] == found
        assert max(map(len, pages)) <= limit

    def test_many_retries_at_once_create_once(self, store: FoodStore) -> None:
        answers = at_once(lambda: store.create(new_food("egg", 1), attempt("key")))
        assert len(set(answers)) == 1
        assert store.get("egg") == answers[0]

    def test_of_many_creations_at_once_one_wins(self, store: FoodStore) -> None:
        counter = iter(range(100))

        def create() -> Food | None:
            try:
                return store.create(new_food("egg", 1), attempt(str(next(counter))))
            except FoodExistsError:
                return None

        won = [food for food in at_once(create) if food]
        assert won == [store.get("egg")]

    def test_of_many_replacements_at_once_one_wins(self, store: FoodStore) -> None:
        seen = put(store, "egg")

        def replace() -> Food | None:
            food = new_food("egg", 2)
            try:
                store.replace(food, (seen.revision,))
            except RevisionMismatchError:
                return None
            return food

        won = [food for food in at_once(replace) if food]
        assert won == [store.get("egg")]


def at_once(work: Callable[[], Answer], times: int = 8) -> list[Answer]:
    """The answers of the same work done by several threads."""
    with ThreadPoolExecutor(times) as pool:
        return [future.result() for future in [pool.submit(work) for _ in range(times)]]
