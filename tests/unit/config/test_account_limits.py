"""Limits against what the account of an environment takes."""

from collections.abc import Callable
from pathlib import Path

import pytest

from gatewright.config import ConfigError, Throttle, load_platform
from tests.unit.config.conftest import Edit, edited

SMALL_REGION = ("eu-central-1", "eu-south-1")


def standard(rate: float, burst: int) -> Edit:
    return ("    rate: 50\n    burst: 100\n", f"    rate: {rate}\n    burst: {burst}\n")


def throttle(rate: float, burst: int) -> Edit:
    text = f"        throttle: {{rate: {rate}, burst: {burst}}}\n        cors:"
    return ("        cors:", text)


def account(rate: float, burst: int) -> Edit:
    text = f"    account_throttle: {{rate: {rate}, burst: {burst}}}\n    mfa:"
    return ("    mfa:", text)


@pytest.mark.parametrize(
    "edits",
    [
        (standard(5000, 5000),),
        (standard(1250, 1250), SMALL_REGION),
        (throttle(1250, 1250), SMALL_REGION),
        (standard(9000, 9000), account(10000, 9000)),
        # offered in the other environment only
        (("rate: 20\n    burst: 40", "rate: 5000\n    burst: 5000"), SMALL_REGION),
    ],
)
def test_what_the_account_takes_is_accepted(
    platform_file: Callable[..., Path], edits: tuple[Edit, ...]
) -> None:
    assert load_platform(platform_file(edited(*edits))).apis


@pytest.mark.parametrize(
    ("edits", "line", "path", "found", "allowed", "remedy"),
    [
        pytest.param(
            (standard(5001, 5001),),
            38,
            "plans.standard.burst",
            "5001, above the burst of the account: 5000 in prod (AWS's default in eu-central-1)",
            "5000 or less",
            "in environments.prod.account_throttle",
            id="a plan",
        ),
        pytest.param(
            (standard(1250, 1251), SMALL_REGION),
            38,
            "plans.standard.burst",
            "1251, above the burst of the account: 1250 in prod (AWS's default in eu-south-1)",
            "1250 or less",
            "in environments.prod.account_throttle",
            id="a plan in a region with less",
        ),
        pytest.param(
            (standard(300, 400), account(200, 500)),
            38,
            "plans.standard.rate",
            "300, above the rate of the account: 200 in prod (stated on line 15)",
            "200 or less",
            "in environments.prod.account_throttle",
            id="a plan and a stated quota",
        ),
        pytest.param(
            (throttle(3000, 5001),),
            24,
            "services.foods.versions.v1.throttle.burst",
            "5000 in local (AWS's default in us-east-1), "
            "5000 in prod (AWS's default in eu-central-1)",
            "5000 or less",
            "in environments.local.account_throttle and environments.prod.account_throttle",
            id="a version, in every environment",
        ),
    ],
)
def test_more_than_the_account_takes_is_refused(
    refused: Callable[[str], ConfigError],
    edits: tuple[Edit, ...],
    line: int,
    path: str,
    found: str,
    allowed: str,
    remedy: str,
) -> None:
    [problem] = refused(edited(*edits)).problems
    assert (problem.line, problem.path) == (line, path)
    assert found in problem.found
    assert problem.allowed == allowed
    assert remedy in problem.remedy


def test_rate_and_burst_are_two_problems(refused: Callable[[str], ConfigError]) -> None:
    problems = refused(edited(standard(20000, 20000))).problems
    assert [p.path for p in problems] == ["plans.standard.rate", "plans.standard.burst"]


def test_a_default_is_lowered_to_what_the_account_takes(
    platform_file: Callable[..., Path],
) -> None:
    platform = load_platform(platform_file(edited(SMALL_REGION)))
    default = Throttle(rate=1000, burst=2000)
    lowered = {e.name: e.within_account(default) for e in platform.environments}
    assert lowered == {"local": default, "prod": Throttle(rate=1000, burst=1250)}


def test_a_stated_quota_without_a_burst_is_one_problem(
    refused: Callable[[str], ConfigError],
) -> None:
    text = edited(
        ("    mfa:", "    account_throttle: {rate: 20000}\n    mfa:"), standard(6e3, 6000)
    )
    [problem] = refused(text).problems
    assert problem.path == "environments.prod.account_throttle.burst"
