"""Pages of a list: what is asked for, and the cursor that leads from one to the next."""

import base64
import binascii
from dataclasses import dataclass

from foods.v2.food import Food


class InvalidCursorError(Exception):
    """The cursor is none that this list gave out."""

    def __init__(self) -> None:
        super().__init__("The cursor is not one of this list. Start without a cursor")


class EmptyRangeError(Exception):
    """No quantity can be within the bounds."""

    def __init__(self) -> None:
        super().__init__("min_quantity is above max_quantity")


@dataclass(frozen=True, kw_only=True)
class Selection:
    """Which foods are asked for: names that begin with ``prefix``, quantities within bounds.

    Bounds are included; None is no bound. Raises EmptyRangeError.
    """

    prefix: str = ""
    min_quantity: int | None = None
    max_quantity: int | None = None

    def __post_init__(self) -> None:
        low, high = self.min_quantity, self.max_quantity
        if low is not None and high is not None and low > high:
            raise EmptyRangeError


@dataclass(frozen=True, kw_only=True)
class Page:
    """Foods in the order of their names. ``last`` is the name to go on after, None at the end."""

    foods: tuple[Food, ...]
    last: str | None


def cursor_after(name: str) -> str:
    """The cursor of the page that begins after ``name``. Callers are not to read anything in it."""
    return base64.urlsafe_b64encode(name.encode()).decode().rstrip("=")


def name_before(cursor: str, selection: Selection) -> str:
    """The name that a cursor goes on after. Raises InvalidCursorError."""
    try:
        name = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
    except (binascii.Error, UnicodeDecodeError, ValueError):
        raise InvalidCursorError from None
    if cursor_after(name) != cursor or not name.startswith(selection.prefix):
        raise InvalidCursorError
    return name
