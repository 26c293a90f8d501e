"""A release is named by what its functions freeze."""

import re

import pytest

from gatewright.release.release_id import release_id

BASE = {"code": "abc", "memory_mb": 512, "environment": {"A": "1", "B": {"Ref": "Table"}}}


def test_it_is_a_short_name_that_lambda_accepts() -> None:
    assert re.fullmatch(r"r-[0-9a-f]{10}", release_id([BASE]))


def test_it_does_not_depend_on_the_order_of_keys() -> None:
    assert release_id([dict(reversed(BASE.items()))]) == release_id([BASE])


@pytest.mark.parametrize(
    "change", [{"code": "abd"}, {"memory_mb": 256}, {"environment": {"A": "2"}}]
)
def test_it_changes_with_code_and_configuration(change: dict[str, object]) -> None:
    assert release_id([BASE | change]) != release_id([BASE])


def test_it_covers_every_function() -> None:
    assert len({release_id([BASE]), release_id([BASE, BASE]), release_id([BASE, {}])}) == 3
