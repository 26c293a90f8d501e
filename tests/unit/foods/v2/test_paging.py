"""Cursors and selections."""

import pytest

from foods.v2.paging import (
    EmptyRangeError,
    InvalidCursorError,
    Selection,
    cursor_after,
    name_before,
)


@pytest.mark.parametrize("name", ["a", "ab", "abc", "abcd", "a" * 64, "A.b_c-9"])
def test_a_cursor_leads_back_to_its_name(name: str) -> None:
    assert name_before(cursor_after(name), Selection()) == name


def test_a_cursor_shows_no_name_and_needs_no_encoding() -> None:
    cursor = cursor_after("hamburger?&=")
    assert "ham" not in cursor
    assert cursor.replace("-", "").replace("_", "").isalnum()


@pytest.mark.parametrize("cursor", ["%%%", "a", "YQ==", "YQ=", "ÿ", "_w", "YR", "YQ\n"])
def test_what_is_no_cursor(cursor: str) -> None:
    with pytest.raises(InvalidCursorError, match="without a cursor"):
        name_before(cursor, Selection())


def test_a_cursor_of_another_list() -> None:
    with pytest.raises(InvalidCursorError):
        name_before(cursor_after("egg"), Selection(prefix="ham"))


def test_a_range_without_a_quantity_in_it() -> None:
    assert Selection(min_quantity=3, max_quantity=3)
    with pytest.raises(EmptyRangeError):
        Selection(min_quantity=4, max_quantity=3)
