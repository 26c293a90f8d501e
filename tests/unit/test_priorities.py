"""Rules are asked in an order that a new API does not change."""

import pytest

from gatewright.domain.priorities import header_priority, path_priority


def test_longer_paths_come_first_and_headers_last() -> None:
    order = [
        path_priority("a/b/c"),
        path_priority("a/b"),
        path_priority("a"),
        header_priority("a"),
    ]
    assert order == sorted(order)


@pytest.mark.parametrize("depth", [1, 2, 9, 40])
def test_a_number_is_one_that_aws_takes(depth: int) -> None:
    assert 1 <= path_priority("/".join("a" * depth)) <= 1_000_000


def test_it_comes_from_the_name_alone() -> None:
    assert path_priority("foods/v1") == path_priority("foods/v1")
    assert path_priority("foods/v1") != path_priority("foods/v2")


def test_no_two_are_the_same() -> None:
    first = header_priority("a")
    second = header_priority("a", taken=[first])
    assert second not in (first, header_priority("a", taken=[first, second]))
