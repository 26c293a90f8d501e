"""`make keys` against a deployed environment, and what callers with those keys get."""

import json
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from gatewright.config import Platform
from gatewright.operations.api_keys import ApiKeys
from gatewright.operations.key_changes import issue, retire, rotate, set_enabled
from local.embedded_aws import EmbeddedAws, LocalError
from local.keys import environment_keys, main, run
from tests.local.target import Target, wait_for

# Long ago, so that no key of anybody else is past its time by then.
NOW = datetime(2000, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def keys(platform: Platform, target: Target) -> ApiKeys:
    return environment_keys(platform, target.deployed.environment, target.client)


@pytest.fixture
def name(keys: ApiKeys) -> Iterator[str]:
    """A name for keys, which are gone after the test."""
    name = f"verify-{secrets.token_hex(4)}"
    yield name
    for key in keys.all():
        if key.name.partition(".")[0] == name:
            keys.gateway.delete_api_key(apiKey=key.key_id)


@pytest.fixture
def plan(platform: Platform, target: Target) -> str:
    """A plan of the environment for the operation that is called."""
    plans = platform.plans_of(target.deployed.environment)
    return next(plan.name for plan in plans if "foods-v1" in plan.apis)


def becomes(target: Target, value: str, status: int) -> bool:
    """Wait until callers with this key get that status: on AWS a change takes a while."""

    def is_so() -> bool:
        url = target.urls["foods-v1"] + "list_foods"
        return httpx.get(url, headers={"x-api-key": value}).status_code == status

    wait_for(is_so, f"status {status}")
    return True


@pytest.mark.deployed
def test_an_issued_key_is_accepted_until_it_is_disabled(
    keys: ApiKeys, target: Target, name: str, plan: str
) -> None:
    issued = issue(keys, name, [plan])
    assert becomes(target, issued.value, 200)
    set_enabled(keys, name, enabled=False)
    assert becomes(target, issued.value, 403)
    set_enabled(keys, name, enabled=True)
    assert becomes(target, issued.value, 200)
    assert keys.find(name) == issued.key


@pytest.mark.deployed
def test_a_rotated_key_is_accepted_beside_the_new_one_until_it_retires(
    keys: ApiKeys, target: Target, name: str, plan: str
) -> None:
    old = issue(keys, name, [plan])
    new = rotate(keys, name, DAY, NOW)
    assert new.value != old.value
    assert becomes(target, old.value, 200)
    assert becomes(target, new.value, 200)
    assert [key.name for key in retire(keys, NOW + DAY)] == [f"{name}.1"]
    assert becomes(target, old.value, 403)
    assert becomes(target, new.value, 200)


def test_the_command_prints_a_value_only_where_it_is_asked(
    own_aws: EmbeddedAws, target: Target, name: str, plan: str
) -> None:
    def keys(*words: str) -> str:
        return run(words, own_aws.folder)

    value = keys("issue", name, "--plan", plan).splitlines()[-1]
    assert becomes(target, value, 200)
    new = json.loads(keys("rotate", name, "--overlap", "7d", "--json"))
    assert new["replaced"]["name"] == f"{name}.1"
    listed = keys("list"), keys("list", "--json"), keys("retire")
    assert f"{name}.1" in listed[0]
    assert "retires in 7 d" in listed[0]
    for secret in (value, new["value"]):
        assert not [text for text in listed if secret in text]
    assert keys("show", name) == new["value"]
    assert keys("show", f"{name}.1") == value
    assert keys("disable", f"{name}.1") == f"Disabled {name}.1."
    assert becomes(target, value, 403)


def test_a_key_of_platform_yaml_is_disabled_with_its_line(
    own_aws: EmbeddedAws, target: Target
) -> None:
    listed = json.loads(run(["--json"], own_aws.folder))
    made = {key["name"]: key["made_by"] for key in listed}
    assert {"demo", "demo-disabled", "tiny"} <= {n for n, by in made.items() if by != "make keys"}
    value = run(["show", "tiny"], own_aws.folder)
    try:
        assert "enabled: false` there too" in run(["disable", "tiny"], own_aws.folder)
        assert becomes(target, value, 403)
    finally:
        assert run(["enable", "tiny"], own_aws.folder) == "Enabled tiny."
    assert becomes(target, value, 200)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["issue", "tiny", "--plan", "demo"], "makes the key 'tiny'"),
        (["issue", "new", "--plan", "dmeo"], "did you mean 'demo'?"),
        (["rotate", "demo"], "is one of platform.yaml"),
        (["show", "dmeo"], "did you mean 'demo'?"),
    ],
)
def test_what_cannot_be_done_ends_with_1_and_a_line(
    own_aws: EmbeddedAws, words: list[str], message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("local.keys.run", lambda _arguments: run(words, own_aws.folder))
    with pytest.raises(SystemExit) as ended:
        main()
    # Text given to sys.exit is printed, and the status is 1.
    assert message in str(ended.value.code)
    assert len(str(ended.value.code).strip().splitlines()) == 1


def test_credentials_of_another_account_are_refused(
    own_aws: EmbeddedAws, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The account of an embedded AWS is the access key.
    for variable, value in {**own_aws.variables(), "AWS_ACCESS_KEY_ID": "222222222222"}.items():
        monkeypatch.setenv(variable, value)
    with pytest.raises(LocalError, match="of account 222222222222, and environment prod is in 1"):
        run(["--environment", "prod"], own_aws.folder)
