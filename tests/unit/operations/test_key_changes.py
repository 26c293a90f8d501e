"""Issuing, disabling, rotating and retiring keys, and what is left when a step fails."""

from datetime import UTC, datetime, timedelta

import pytest

from gatewright.operations.api_keys import RETIRES_AT, ApiKeyError, ApiKeys
from gatewright.operations.key_changes import issue, retire, rotate, set_enabled
from tests.unit.operations.fake_gateway import PREFIX, TAGS, FakeGateway

NOW = datetime(2026, 11, 5, 10, 15, 30, 999, tzinfo=UTC)
DAY = timedelta(days=1)
TOMORROW = "2026-11-06T10:15:30Z"


@pytest.fixture
def gateway() -> FakeGateway:
    return FakeGateway()


@pytest.fixture
def keys(gateway: FakeGateway) -> ApiKeys:
    return ApiKeys(gateway, prefix=PREFIX, tags=TAGS)


def test_only_the_environments_keys_are_listed(gateway: FakeGateway, keys: ApiKeys) -> None:
    gateway.add("acme", "basic", "reports", description="Acme")
    gateway.add("stranger", tags={"gatewright:project": "shop"})
    gateway.add("deployed", tags={**TAGS, "aws:cloudformation:stack-name": "shop-prod-plans"})
    acme, deployed = keys.all()
    assert (acme.name, acme.plans, acme.deployed) == ("acme", ("basic", "reports"), False)
    assert (deployed.name, deployed.plans, deployed.deployed) == ("deployed", (), True)
    assert "value-1" not in repr(acme)


def test_a_key_is_found_by_name_or_id(gateway: FakeGateway, keys: ApiKeys) -> None:
    gateway.add("acme", "basic")
    assert keys.find("acme") == keys.find("id1")
    assert keys.value(keys.find("acme")) == "value-1"
    with pytest.raises(ApiKeyError, match="no key 'acm'; did you mean 'acme'"):
        keys.find("acm")
    with pytest.raises(ApiKeyError, match="no key 'zzz'; there are acme"):
        keys.find("zzz")
    gateway.add("acme", "more")
    with pytest.raises(ApiKeyError, match="2 keys are called 'acme': give the id, one of id1, id2"):
        keys.find("acme")


def test_an_issued_key_is_on_its_plans_and_marked(gateway: FakeGateway, keys: ApiKeys) -> None:
    issued = issue(keys, "acme", ["reports", "basic", "basic"], "Acme")
    assert issued.value == "value-1"
    assert keys.all() == [keys.find("acme")]
    assert keys.find("acme").plans == ("basic", "reports")
    made = gateway.keys["id1"]
    assert (made["name"], made["description"], made["tags"]) == (f"{PREFIX}acme", "Acme", TAGS)


@pytest.mark.parametrize(
    ("name", "plans", "message"),
    [
        ("acme", ["basic"], "a key 'acme' already: `show acme` .* `rotate acme`"),
        ("new", ["basci"], "no plan 'basci' here; did you mean 'basic'"),
        ("new", ["zzz"], "no plan 'zzz' here; there are basic, more, reports"),
        ("new", ["basic", "more"], "'basic' and 'more' cover the same API"),
    ],
)
def test_what_cannot_be_issued_makes_no_key(
    gateway: FakeGateway, keys: ApiKeys, name: str, plans: list[str], message: str
) -> None:
    gateway.add("acme", "basic")
    with pytest.raises(ApiKeyError, match=message):
        issue(keys, name, plans)
    assert list(gateway.keys) == ["id1"]


def test_without_plans_there_is_nothing_to_issue_on(gateway: FakeGateway, keys: ApiKeys) -> None:
    gateway.plans = []
    with pytest.raises(ApiKeyError, match=r"no usage plan\. Deploy it"):
        issue(keys, "acme", ["basic"])


def test_a_key_that_could_not_be_put_on_its_plan_is_gone(
    gateway: FakeGateway, keys: ApiKeys
) -> None:
    gateway.failing = {"create_usage_plan_key"}
    with pytest.raises(RuntimeError, match="create_usage_plan_key"):
        issue(keys, "acme", ["basic"])
    assert gateway.keys == {}


def test_disabled_and_enabled(gateway: FakeGateway, keys: ApiKeys) -> None:
    gateway.add("acme", "basic")
    assert not set_enabled(keys, "acme", enabled=False).enabled
    assert gateway.state() == {"acme": (False, TAGS)}
    assert set_enabled(keys, "acme", enabled=True).enabled
    assert gateway.state() == {"acme": (True, TAGS)}


def test_rotation_keeps_both_for_the_overlap(gateway: FakeGateway, keys: ApiKeys) -> None:
    gateway.add("acme", "basic", "reports", description="Acme")
    rotated = rotate(keys, "acme", DAY, NOW)
    assert rotated.value == "value-2"
    assert rotated.replaced == keys.find("acme.1")
    assert rotated.key == keys.find("acme")
    assert rotated.key.plans == ("basic", "reports")
    assert rotated.key.description == "Acme"
    assert gateway.state() == {
        "acme": (True, TAGS),
        "acme.1": (True, {**TAGS, RETIRES_AT: TOMORROW}),
    }
    assert retire(keys, NOW + DAY - timedelta(minutes=1)) == []
    assert [key.name for key in retire(keys, NOW + DAY)] == ["acme.1"]
    assert retire(keys, NOW + DAY) == []
    assert {name: enabled for name, (enabled, _) in gateway.state().items()} == {
        "acme": True,
        "acme.1": False,
    }


def test_rotation_without_an_overlap_disables_at_once(gateway: FakeGateway, keys: ApiKeys) -> None:
    gateway.add("acme", "basic")
    rotate(keys, "acme", timedelta(), NOW)
    rotate(keys, "acme", timedelta(), NOW)
    assert {name: enabled for name, (enabled, _) in gateway.state().items()} == {
        "acme": True,
        "acme.1": False,
        "acme.2": False,
    }


def test_an_enabled_key_is_not_retired_again(gateway: FakeGateway, keys: ApiKeys) -> None:
    gateway.add("acme", "basic")
    rotate(keys, "acme", timedelta(), NOW)
    assert set_enabled(keys, "acme.1", enabled=True).retires_at is None
    assert retire(keys, NOW + DAY) == []


@pytest.mark.parametrize("call", ["create_usage_plan_key", "update_api_key", "tag_resource"])
def test_a_rotation_that_fails_leaves_all_as_it_was(
    gateway: FakeGateway, keys: ApiKeys, call: str
) -> None:
    gateway.add("acme", "basic")
    gateway.failing = {call}
    with pytest.raises(RuntimeError, match=call):
        rotate(keys, "acme", DAY, NOW)
    assert gateway.state() == {"acme": (True, TAGS)}
    assert list(gateway.keys) == ["id1"]


def test_what_cannot_be_rotated(gateway: FakeGateway, keys: ApiKeys) -> None:
    gateway.add("deployed", "basic", tags={**TAGS, "aws:cloudformation:stack-name": "plans"})
    gateway.add("lonely")
    gateway.add("acme", "basic")
    rotate(keys, "acme", DAY, NOW)
    before = gateway.state()
    for name, message in {
        "deployed": "is one of platform.yaml: to rotate it, add a second key",
        "lonely": "is on no plan",
        "acme.1": "was rotated already",
    }.items():
        with pytest.raises(ApiKeyError, match=message):
            rotate(keys, name, DAY, NOW)
    assert gateway.state() == before
