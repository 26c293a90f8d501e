"""A version whose contract is a file, deployed, and asked over HTTP."""

from collections.abc import Iterator

import httpx
import pytest

from tests.local.requests import calls
from tests.local.target import Target

ORIGIN = "https://shop.example"


@pytest.fixture(scope="module")
def caller(showcase: Target) -> Iterator[httpx.Client]:
    with showcase.keyed_http("shop-v1") as client:
        yield client


@pytest.mark.proves("spec-first contract: OpenAPI 3.1", "contract in several files")
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


@pytest.mark.proves("required parameters asked for by the gateway")
def test_a_required_parameter_is_the_gateways_to_ask_for(caller: httpx.Client) -> None:
    assert caller.get("orders/1").status_code == 400
    assert caller.get("orders/1", params={"currency": "EUR"}).json()["resource"] == "/orders/{id}"


def test_each_operation_asks_for_what_the_file_says(showcase: Target, caller: httpx.Client) -> None:
    with showcase.http("shop-v1") as anybody, showcase.token() as token:
        assert anybody.get("orders").status_code == 200
        assert anybody.post("orders", json={"quantity": 1}).status_code == 403
        assert caller.delete("orders/1").status_code == 401
        bearer = {"Authorization": f"Bearer {token}"}
        assert anybody.delete("orders/1", headers=bearer).status_code == 204


def test_the_suite_covers_it_without_a_new_test(showcase: Target) -> None:
    labels = {call.label for call in calls({"shop-v1": showcase.contracts["shop-v1"]})}
    assert labels == {
        "shop-v1 GET /orders",
        "shop-v1 POST /orders",
        "shop-v1 GET /orders/{id}",
        "shop-v1 DELETE /orders/{id}",
    }
