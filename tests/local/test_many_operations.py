"""A thousand operations in one API, deployed and asked over HTTP."""

from collections.abc import Iterator

import httpx
import pytest

from bench.crud.described import write_described_platform
from bench.crud.operations import crud_routes
from gatewright.config import load_platform
from local.embedded_aws import EmbeddedAws
from tests.local.changed_platform import deploy
from tests.local.conftest import embedded_target
from tests.local.target import Target

pytestmark = pytest.mark.long

COUNT = 1000
LOCAL = """\
  local:
    account: "000000000000"
    region: us-east-1
    build_for: host
    quotas: {resources_per_api: 2000}
"""


@pytest.fixture(scope="module")
def many(own_aws: EmbeddedAws, tmp_path_factory: pytest.TempPathFactory) -> Target:
    root = write_described_platform(tmp_path_factory.mktemp("many") / "platform", COUNT)
    file = root / "platform.yaml"
    file.write_text(file.read_text().replace("environments:\n", f"environments:\n{LOCAL}"))
    deploy(own_aws, root)
    return embedded_target(load_platform(file), own_aws, root)


@pytest.fixture(scope="module")
def caller(many: Target) -> Iterator[httpx.Client]:
    with many.keyed_http("shop-v1") as client:
        yield client


@pytest.mark.proves("a thousand operations", "stated quotas", "spec-first contract: OpenAPI 3.0")
def test_every_operation_is_routed(many: Target, caller: httpx.Client) -> None:
    assert len(list(many.contracts["shop-v1"].operations())) == COUNT
    routes = crud_routes(COUNT)
    for route in [*routes[:5], *routes[498:503], *routes[-5:]]:
        path = route.path.replace("{item_id}", "7").lstrip("/")
        found = caller.request(route.method, path, json={} if route.has_body else None)
        if route.method == "GET":
            assert found.json() == {"resource": route.path, "method": "GET"}, route
        else:
            assert found.status_code == 401, route


def test_it_is_one_api_with_as_few_resources_as_any(many: Target) -> None:
    found = many.client("cloudformation").describe_stack_resources(
        StackName=many.stack_names["shop-v1"]
    )["StackResources"]
    kinds = [resource["ResourceType"] for resource in found]
    assert kinds.count("AWS::ApiGateway::RestApi") == 1
    assert len(kinds) <= 20
