"""A valid file gives frozen objects that know their names."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import ValidationError

from gatewright.config import (
    ApiConfig,
    Cors,
    Environment,
    Key,
    Plan,
    Platform,
    Quota,
    Throttle,
    UnknownEnvironmentError,
    load_platform,
)
from tests.unit.config.conftest import edited


@pytest.fixture
def platform(platform_file: Callable[..., Path]) -> Platform:
    return load_platform(platform_file())


def test_the_file_becomes_these_objects(platform: Platform) -> None:
    assert (platform.project, dict(platform.tags)) == ("shop", {"owner": "team-a"})
    assert platform.environments == (
        Environment(
            name="local",
            account="000000000000",
            region="us-east-1",
            plans=("demo",),
            protect=False,
            log_retention_days=30,
            mfa="optional",
            password_sign_in=False,
            build_for="host",
        ),
        Environment(
            name="prod",
            account="111111111111",
            region="eu-central-1",
            plans=("standard",),
            protect=True,
            log_retention_days=365,
            mfa="required",
            password_sign_in=False,
            build_for="lambda",
        ),
    )
    assert platform.apis == (
        ApiConfig(
            service="foods",
            version="v1",
            title="Foods",
            routes="foods.v1.handler:app",
            memory_mb=512,
            timeout_seconds=10,
            throttle=Throttle(rate=1000, burst=2000),
            cors=Cors(allow_origin="*"),
        ),
        ApiConfig(
            service="orders",
            version="v2",
            title="orders",
            routes="orders.handler:app",
            memory_mb=512,
            timeout_seconds=10,
            cors=None,
        ),
    )
    assert platform.plans == (
        Plan(
            name="demo",
            apis=("foods-v1", "orders-v2"),
            rate=20,
            burst=40,
            quota=Quota(limit=20000, period="day"),
        ),
        Plan(name="standard", apis=("foods-v1",), rate=50, burst=100, quota=None),
    )
    assert platform.keys == (
        Key(name="demo", plans=("demo",)),
        Key(name="stopped", plans=("demo",), enabled=False),
    )
    assert [api.api_name for api in platform.apis] == ["foods-v1", "orders-v2"]


@pytest.mark.parametrize(
    ("part", "field"),
    [
        (lambda p: p, "project"),
        (lambda p: p.environments[0], "region"),
        (lambda p: p.apis[0], "memory_mb"),
        (lambda p: p.apis[0].cors, "allow_origin"),
        (lambda p: p.apis[0].throttle, "rate"),
        (lambda p: p.plans[0], "rate"),
        (lambda p: p.plans[0].quota, "limit"),
        (lambda p: p.keys[0], "enabled"),
    ],
    ids=["platform", "environment", "api", "cors", "throttle", "plan", "quota", "key"],
)
def test_no_part_can_be_changed(
    platform: Platform, part: Callable[[Platform], object], field: str
) -> None:
    with pytest.raises(ValidationError, match="frozen"):
        setattr(part(platform), field, None)


def test_a_throttle_is_one_version_s(platform_file: Callable[..., Path]) -> None:
    throttle = "        throttle: {rate: 0.5, burst: 3}\n"
    platform = load_platform(platform_file(edited(("        cors:", f"{throttle}        cors:"))))
    assert [(api.throttle.rate, api.throttle.burst) for api in platform.apis] == [
        (0.5, 3),
        (1000, 2000),
    ]


def test_the_package_is_the_folder_of_the_service(platform: Platform) -> None:
    assert [api.package for api in platform.apis] == ["foods", "orders"]


def test_tags_cannot_be_changed(platform: Platform) -> None:
    with pytest.raises(TypeError, match="item assignment"):
        platform.tags["owner"] = "other"  # type: ignore[index]


@pytest.mark.filterwarnings("error")
def test_the_platform_can_be_dumped(platform: Platform) -> None:
    assert platform.model_dump()["tags"] == {"owner": "team-a"}


def test_an_unknown_environment_names_the_nearest(platform: Platform) -> None:
    assert platform.environment("prod").region == "eu-central-1"
    with pytest.raises(
        UnknownEnvironmentError, match=r"'prd'.*has local, prod; did you mean 'prod'"
    ):
        platform.environment("prd")
    with pytest.raises(LookupError, match=r"'zzz'; the platform file has local, prod$"):
        platform.environment("zzz")


def test_the_plans_of_an_environment_are_in_its_order(platform_file: Callable[..., Path]) -> None:
    platform = load_platform(
        platform_file(edited(("    plans: [demo]", "    plans: [standard, demo]")))
    )
    plans = platform.plans_of(platform.environment("local"))
    assert [plan.name for plan in plans] == ["standard", "demo"]


def test_a_key_is_made_where_one_of_its_plans_is_offered(
    platform_file: Callable[..., Path],
) -> None:
    platform = load_platform(
        platform_file(
            edited(
                ("apis: [foods-v1]", "apis: [billing-v1]"),
                ("  orders:", "  billing: {versions: {v1: {routes: a.b:c}}}\n  orders:"),
                ("demo: {plans: [demo]}\n", "demo: {plans: [demo, standard]}\n"),
                ("plans: [demo]\n    build", "plans: [standard, demo]\n    build"),
            )
        )
    )
    made = {
        environment.name: {key.name: key.plans for key in platform.keys_of(environment)}
        for environment in platform.environments
    }
    assert made == {
        "local": {"demo": ("demo", "standard"), "stopped": ("demo",)},
        "prod": {"demo": ("standard",)},
    }


@pytest.mark.parametrize(
    ("edits", "pairs"),
    [
        ((), (("000000000000", "us-east-1"), ("111111111111", "eu-central-1"))),
        (
            (("111111111111", "000000000000"), ("eu-central-1", "us-east-1")),
            (("000000000000", "us-east-1"),),
        ),
    ],
    ids=["two", "same"],
)
def test_each_account_and_region_is_listed_once(
    platform_file: Callable[..., Path],
    edits: tuple[tuple[str, str], ...],
    pairs: tuple[tuple[str, str], ...],
) -> None:
    assert load_platform(platform_file(edited(*edits))).account_regions == pairs
