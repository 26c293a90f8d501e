"""Limits of single operations, beside the operations that the contracts have."""

from collections.abc import Callable
from pathlib import Path

import pytest

from gatewright.config import ConfigError, MethodLimit, check_operations, load_platform
from tests.unit.config.conftest import edited
from tests.unit.config.mistakes_plans import methods

# Whether each operation asks for an API key.
OPERATIONS = {
    "foods-v1": {"list_foods": True, "hello": False},
    "orders-v2": {"list_orders": True},
}


def test_a_limit_of_an_operation_with_a_key_is_good(platform_file: Callable[..., Path]) -> None:
    limits = "{foods-v1: {list_foods: {rate: 2.5, burst: 5}}}"
    platform = load_platform(platform_file(edited(methods(limits))))
    check_operations(platform, OPERATIONS)
    [limit] = platform.plans[0].methods
    assert limit == MethodLimit(api="foods-v1", operation="list_foods", rate=2.5, burst=5)


@pytest.mark.parametrize(
    ("operation", "found", "remedy"),
    [
        ("list_food", "no operation of foods-v1", "did you mean 'list_foods'?"),
        ("zzz", "no operation of foods-v1", "name one of these"),
        ("hello", "asks for no API key", "into the security of the route"),
    ],
)
def test_a_limit_that_would_limit_nothing_is_refused_at_its_line(
    platform_file: Callable[..., Path], operation: str, found: str, remedy: str
) -> None:
    limits = f"\n      foods-v1:\n        {operation}: {{rate: 2, burst: 5}}"
    platform = load_platform(platform_file(edited(methods(limits))))
    with pytest.raises(ConfigError) as caught:
        check_operations(platform, OPERATIONS)
    [problem] = caught.value.problems
    assert (problem.line, problem.column) == (36, 9)
    assert problem.path == f"plans.demo.methods.foods-v1.{operation}"
    assert found in problem.found
    assert problem.allowed == "list_foods"
    assert remedy in problem.remedy


def test_a_cached_operation_that_is_none_is_refused_at_its_line(
    platform_file: Callable[..., Path],
) -> None:
    cors = '        cors: {allow_origin: "*"}\n'
    cache = "        cache:\n          operations:\n            list_food: {}\n"
    platform = load_platform(platform_file(edited((cors, cache))))
    with pytest.raises(ConfigError) as caught:
        check_operations(platform, OPERATIONS)
    [problem] = caught.value.problems
    assert (problem.line, problem.column) == (26, 13)
    assert problem.path == "services.foods.versions.v1.cache.operations.list_food"
    assert problem.remedy == "did you mean 'list_foods'?"


def test_a_smoke_check_of_an_operation_that_is_none_is_refused_at_its_line(
    platform_file: Callable[..., Path],
) -> None:
    cors = '        cors: {allow_origin: "*"}\n'
    smoke = "        release_smoke: [hello, list_food]\n"
    platform = load_platform(platform_file(edited((cors, cors + smoke))))
    with pytest.raises(ConfigError) as caught:
        check_operations(platform, OPERATIONS)
    [problem] = caught.value.problems
    assert problem.path == "services.foods.versions.v1.release_smoke[1]"
    assert problem.remedy == "did you mean 'list_foods'?"
