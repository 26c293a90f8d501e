"""What the service asks of its storage. The table keeps it; tests may keep it in memory."""

from dataclasses import dataclass
from typing import Protocol

from foods.v2.food import Food
from foods.v2.paging import Page, Selection


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """A request to create something that may be sent again: who, under which key, and what.

    ``caller`` keeps the keys of one caller from meeting another's; ``fingerprint`` tells whether
    a second request is the same one.
    """

    caller: str
    key: str
    fingerprint: str


class FoodStore(Protocol):
    """Foods by name. Each method is atomic, whoever else is writing."""

    def page(self, selection: Selection, *, limit: int, after: str | None) -> Page:
        """At most ``limit`` foods whose names come after ``after``; a page may be shorter."""

    def get(self, name: str) -> Food:
        """Raises FoodNotFoundError."""

    def create(self, food: Food, attempt: Attempt) -> Food:
        """The food as it was created by the first such attempt within a day.

        Raises FoodExistsError, KeyReusedError, BusyError.
        """

    def replace(self, food: Food, revisions: tuple[str, ...] | None) -> None:
        """Put ``food`` in the place of one of the ``revisions``, or of any when they are None.

        Raises FoodNotFoundError, RevisionMismatchError.
        """

    def delete(self, name: str, revisions: tuple[str, ...] | None) -> None:
        """Raises FoodNotFoundError, RevisionMismatchError."""
