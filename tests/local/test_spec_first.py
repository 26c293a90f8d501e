"""A version whose contract is a file, deployed, and asked over HTTP."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from gatewright.config import load_platform
from local.cdk_cli import ROOT
from local.embedded_aws import EmbeddedAws
from tests.local.changed_platform import deploy, deployable_copy
from tests.local.conftest import embedded_target
from tests.local.requests import calls
from tests.local.target import Target
from tests.synthesis import change_yaml

SHOP = Path(__file__).parent / "shop"
ORIGIN = "https://shop.example"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A platform that serves the shop, and nothing else."""
    root = deployable_copy(tmp_path_factory.mktemp("spec-first") / "platform")
    shutil.copytree(SHOP, root / "lambda_src" / "shop")
    change_yaml(root / "platform.yaml", _serve_the_shop)
    return root


def _serve_the_shop(platform: dict[str, Any]) -> None:
    local = platform["environments"]["local"]
    platform.pop("pipeline")
    platform |= {
        "project": "spec-first",
        "environments": {"local": {**local, "plans": ["demo"]}},
        "services": {
            "shop": {
                "versions": {
                    "v1": {
                        "contract": "shop/v1/openapi.yaml",
                        "handler": "shop.handler:answer",
                        "cors": {"allow_origin": ORIGIN},
                    }
                }
            }
        },
        "plans": {"demo": {"apis": ["shop-v1"], "rate": 100, "burst": 100}},
        "keys": {"demo": {"plans": ["demo"]}},
    }


@pytest.fixture(scope="module")
def shop(own_aws: EmbeddedAws, root: Path) -> Target:
    deploy(own_aws, root)
    return embedded_target(load_platform(root / "platform.yaml"), own_aws, root)


@pytest.fixture(scope="module")
def caller(shop: Target) -> Iterator[httpx.Client]:
    with (
        shop.key() as key,
        httpx.Client(
            base_url=shop.urls["shop-v1"], headers={"x-api-key": key}, timeout=30
        ) as client,
    ):
        yield client


def test_a_valid_body_reaches_the_function(caller: httpx.Client) -> None:
    # The id is readOnly, and so required of answers alone.
    response = caller.post("orders", json={"quantity": 1, "replaces": {"quantity": 2}})
    assert (response.status_code, response.json()) == (
        201,
        {"resource": "/orders", "body": {"quantity": 1, "replaces": {"quantity": 2}}},
    )
    assert response.headers["access-control-allow-origin"] == ORIGIN


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"quantity": 0},
        {"quantity": 101},
        {"quantity": "1"},
        {"quantity": 1, "size": "huge"},
        {"quantity": 1, "more": 1},
        {"quantity": 1, "replaces": {"quantity": 0}},
    ],
    ids=str,
)
def test_an_invalid_body_is_the_gateways_400(caller: httpx.Client, body: object) -> None:
    response = caller.post("orders", json=body)
    assert (response.status_code, response.json()["message"]) == (400, "Invalid request body")


def test_a_body_that_is_no_json_is_415(caller: httpx.Client) -> None:
    response = caller.post("orders", content="quantity=0", headers={"Content-Type": "text/plain"})
    assert response.status_code == 415
    assert response.json()["request_id"]


def test_a_required_parameter_is_the_gateways_to_ask_for(caller: httpx.Client) -> None:
    assert caller.get("orders/1").status_code == 400
    assert caller.get("orders/1", params={"currency": "EUR"}).json()["resource"] == "/orders/{id}"


def test_each_operation_asks_for_what_the_file_says(shop: Target, caller: httpx.Client) -> None:
    with shop.http("shop-v1") as anybody, shop.token() as token:
        assert anybody.get("orders").status_code == 200
        assert anybody.post("orders", json={"quantity": 1}).status_code == 403
        assert caller.delete("orders/1").status_code == 401
        bearer = {"Authorization": f"Bearer {token}"}
        assert anybody.delete("orders/1", headers=bearer).status_code == 204


def test_the_suite_covers_it_without_a_new_test(shop: Target) -> None:
    labels = {call.label for call in calls(shop.contracts)}
    assert labels == {
        "shop-v1 GET /orders",
        "shop-v1 POST /orders",
        "shop-v1 GET /orders/{id}",
        "shop-v1 DELETE /orders/{id}",
    }


def test_the_example_is_not_a_part_of_the_platform() -> None:
    assert not (ROOT / "lambda_src" / "shop").exists()
