"""How much a platform asks of an account, and what somebody may state of it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from gatewright.config import ConfigError, load_platform
from gatewright.config.document import Document, Value
from gatewright.config.quota_checks import quota_problems
from tests.unit.config.conftest import edited

REGION = "    region: us-east-1\n"


def test_each_quota_is_what_every_account_has_unless_it_is_stated(
    platform_file: Callable[..., Path],
) -> None:
    text = edited((REGION, REGION + "    quotas: {resources_per_api: 600}\n"))
    local, prod = load_platform(platform_file(text)).environments
    assert (local.quotas.resources_per_api, prod.quotas.resources_per_api) == (600, 300)
    assert local.quotas.authorizers_per_api == 10


@pytest.mark.parametrize("field", ["resources_per_api", "usage_plans", "plans_per_key"])
def test_less_than_every_account_has_is_refused(
    refused: Callable[[str], ConfigError], field: str
) -> None:
    text = edited((REGION, REGION + f"    quotas: {{{field}: 1}}\n"))
    (problem,) = refused(text).problems
    assert (problem.line, problem.path) == (7, f"environments.local.quotas.{field}")
    assert problem.allowed.startswith("a whole number of ")


def plans(count: int) -> tuple[str, str]:
    """Plan declarations, and their names in a list."""
    names = [f"p{number}" for number in range(count)]
    text = "".join(f"  {n}: {{apis: [foods-v1], rate: 1, burst: 1}}\n" for n in names)
    return text, ", ".join(names)


def test_more_usage_plans_than_the_account_takes(refused: Callable[[str], ConfigError]) -> None:
    text, names = plans(301)
    edits = (
        ("plans: [standard]", f"plans: [standard, {names}]"),
        ("\nplans:\n", f"\nplans:\n{text}"),
    )
    (problem,) = refused(edited(*edits)).problems
    assert (problem.line, problem.path) == (12, "environments.prod.plans")
    assert (problem.found, problem.allowed) == ("302 usage plans", "at most 300")
    assert problem.remedy.endswith("usage_plans in environments.prod.quotas")


def test_more_versions_than_a_region_takes(refused: Callable[[str], ConfigError]) -> None:
    more = "".join(f"      v{n}: {{routes: orders.handler:app}}\n" for n in range(10, 610))
    text = edited(
        ("        routes: orders.handler:app\n", f"        routes: orders.handler:app\n{more}")
    )
    (problem,) = refused(text).problems
    assert problem.path == "services"
    assert problem.found == "602 versions of services, each an API"
    assert "which AWS does not raise" in problem.allowed


def test_more_plans_on_a_key_than_the_account_takes(refused: Callable[[str], ConfigError]) -> None:
    numbers = range(10, 21)
    versions = "".join(f"      v{n}: {{routes: orders.handler:app}}\n" for n in numbers)
    offered = "".join(f"  p{n}: {{apis: [orders-v{n}], rate: 1, burst: 1}}\n" for n in numbers)
    names = ", ".join(f"p{n}" for n in numbers)
    text = edited(
        ("        routes: orders.handler:app\n", f"        routes: orders.handler:app\n{versions}"),
        ("\nplans:\n", f"\nplans:\n{offered}"),
        ("plans: [standard]", f"plans: [standard, {names}]"),
        ("demo: {plans: [demo]}", f"demo: {{plans: [{names}]}}"),
    )
    (problem,) = refused(text).problems
    assert problem.path == "keys.demo.plans"
    assert (problem.found, problem.allowed) == (
        "11 plans that environment prod offers",
        "at most 10",
    )
    assert problem.remedy.endswith("plans_per_key in environments.prod.quotas")


def test_more_keys_than_a_region_takes() -> None:
    keys: dict[str, Value] = {f"k{number}": {"plans": ("demo",)} for number in range(10_001)}
    (problem,) = quota_problems(Document("platform.yaml", value={"keys": keys}))
    assert problem.found == "10001 API keys"
    assert problem.remedy.startswith("let `make keys` issue those of each consumer")
