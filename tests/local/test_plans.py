"""Plans over a service whose callers' keys an authorizer names, deployed beside the others."""

from collections import Counter
from collections.abc import Iterator

import httpx
import pytest

from gatewright.config import load_platform
from gatewright.operations.deployed import read_deployed
from local.embedded_aws import EmbeddedAws
from local.outputs import local_url
from tests.local.changed_platform import deploy, deployable_copy
from tests.local.target import Target
from tests.partners import API, add_partners

pytestmark = pytest.mark.long

Keys = dict[str, str]


@pytest.fixture(scope="module")
def partners(
    own_aws: EmbeddedAws, target: Target, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[httpx.Client]:
    """The deployed API; afterwards the platform is as it was."""
    folder = tmp_path_factory.mktemp("partners")
    root = add_partners(deployable_copy(folder / "with"))
    cloudformation = own_aws.client("cloudformation")
    environment = target.deployed.environment
    try:
        deploy(own_aws, root)
        platform = load_platform(root / "platform.yaml")
        found = read_deployed(platform, platform.environment(environment.name), cloudformation)
        url = local_url(own_aws, found.apis[API])
        with httpx.Client(base_url=url, timeout=30) as client:
            yield client
    finally:
        deploy(own_aws, deployable_copy(folder / "without"))
        cloudformation.delete_stack(StackName=f"gatewright-{environment.name}-{API}")


@pytest.fixture(scope="module")
def keys(own_aws: EmbeddedAws, target: Target) -> Keys:
    gateway = own_aws.client("apigateway")
    return {
        name: gateway.get_api_key(apiKey=key_id, includeValue=True)["value"]
        for name, key_id in target.deployed.key_ids.items()
    }


def statuses(partners: httpx.Client, path: str, key: str, count: int) -> Counter[int]:
    headers = {"Authorization": f"Bearer {key}"}
    return Counter(partners.get(path, headers=headers).status_code for _ in range(count))


@pytest.mark.proves("API key that an authorizer names")
def test_a_caller_is_limited_as_the_key_that_the_authorizer_names(
    partners: httpx.Client, keys: Keys
) -> None:
    # The plan tiny: 5 at once, then 5 a second.
    counted = statuses(partners, "orders/count", keys["tiny"], 40)
    assert counted.keys() == {200, 429}
    assert counted[200] >= 5
    assert statuses(partners, "orders/count", keys["demo"], 10) == {200: 10}


@pytest.mark.proves("lower limits of one operation")
def test_a_single_operation_is_limited_and_no_other(partners: httpx.Client, keys: Keys) -> None:
    # 2 at once, then one in ten seconds; the plan demo allows 40 at once.
    assert statuses(partners, "orders", keys["demo"], 6) == {200: 2, 429: 4}
    assert statuses(partners, "orders/count", keys["demo"], 6) == {200: 6}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 401),
        ({"Authorization": "Basic x"}, 401),
        ({"Authorization": f"Bearer {'x' * 30}"}, 403),
    ],
    ids=["no credentials", "credentials of another kind", "an unknown key"],
)
def test_an_unknown_caller_is_refused(
    partners: httpx.Client, headers: dict[str, str], status: int
) -> None:
    answer = partners.get("orders/count", headers=headers)
    assert answer.status_code == status, answer.text
    assert answer.json()["message"] in ("Unauthorized", "Forbidden")


def test_the_key_itself_is_no_credential(partners: httpx.Client, keys: Keys) -> None:
    answer = partners.get("orders/count", headers={"x-api-key": keys["demo"]})
    assert answer.status_code == 401
    bad = {"x-api-key": keys["demo"], "Authorization": f"Bearer {keys['demo-disabled']}"}
    assert partners.get("orders/count", headers=bad).status_code == 403


def test_operations_without_a_key_ask_nobody(partners: httpx.Client) -> None:
    assert partners.get("open").text == "hello"
