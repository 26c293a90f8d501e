"""What is wrong with a request is a clear 4xx, from whoever is to find it.

AWS: "Request validation for REST APIs in API Gateway" (BAD_REQUEST_BODY 400; a body of a content
type without a model is not validated, so the function answers 415).
"""

import re
import time
from collections.abc import Iterator

import httpx
import pytest

from tests.local.target import Target

pytestmark = pytest.mark.deployed

CHOICES = "Valid choices are: hamburger, hotdog"


@pytest.fixture(scope="module")
def caller(target: Target) -> Iterator[httpx.Client]:
    with (
        target.token() as token,
        httpx.Client(
            base_url=target.urls["foods-v1"],
            headers={"Authorization": f"Bearer {token}"},
            timeout=30,
        ) as client,
    ):
        yield client


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{",
        "[]",
        "3",
        "null",
        "{}",
        '{"quantity": 0}',
        '{"quantity": -1}',
        '{"quantity": 1.5}',
        '{"quantity": "1"}',
        '{"quantity": null}',
        '{"quantity": true}',
        '{"quantity": 1, "extra": 1}',
        '{"Quantity": 1}',
    ],
)
@pytest.mark.proves("body validated by the gateway, 415 for other media types")
def test_a_body_that_breaks_its_model_is_the_gateways_400(
    target: Target, caller: httpx.Client, body: str
) -> None:
    response = caller.put(
        "add_food/hotdog", content=body, headers={"Content-Type": "application/json"}
    )
    assert response.status_code == 400, response.text
    # The function would say "Invalid request": it was not asked.
    assert response.json()["message"] == "Invalid request body"
    assert re.fullmatch(r"\[.+\]", response.json()["detail"], re.DOTALL)
    assert target.may_be_read(response)


@pytest.mark.parametrize("body", ['{"quantity": 1}', ' {"quantity":\n2147483648} '])
def test_a_body_that_keeps_its_model_is_accepted(caller: httpx.Client, body: str) -> None:
    response = caller.put(
        "add_food/hotdog", content=body, headers={"Content-Type": "application/json"}
    )
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


@pytest.mark.proves("body validated by the gateway, 415 for other media types")
def test_another_content_type_is_415(target: Target, caller: httpx.Client) -> None:
    response = caller.put(
        "add_food/hotdog", content="quantity=1", headers={"Content-Type": "text/plain"}
    )
    assert response.status_code == 415
    assert target.may_be_read(response)


@pytest.mark.parametrize("method", ["GET", "PUT"])
def test_an_unknown_food_is_a_400_with_the_choices(
    target: Target, caller: httpx.Client, method: str
) -> None:
    route = "check_stock/pizza" if method == "GET" else "add_food/pizza"
    body = None if method == "GET" else {"quantity": 1}
    response = caller.request(method, route, json=body)
    assert response.status_code == 400
    assert response.json()["message"] == f"Unknown food 'pizza'. {CHOICES}"
    assert target.may_be_read(response)


@pytest.mark.parametrize(
    "food",
    [
        "%22",
        "%00",
        "..%2F..",
        "a%20b",
        "%F0%9F%8D%94",
        "%ff",
        "x" * 4000,
        "{food}",
        "$x",
        "ham%0aburger",
    ],
)
def test_odd_names_are_4xx_and_never_5xx(caller: httpx.Client, food: str) -> None:
    assert caller.get(f"check_stock/{food}").status_code // 100 == 4


def test_the_function_is_not_invoked_for_an_invalid_body(
    target: Target, caller: httpx.Client
) -> None:
    logs = target.client("logs")
    group = target.log_group("foods-v1", "ApiFunctionLogs")

    def invocations() -> int:
        events = logs.filter_log_events(logGroupName=group).get("events", [])
        return sum("START" in e["message"] or "platform.start" in e["message"] for e in events)

    before = invocations()
    for _ in range(5):
        assert caller.put("add_food/hotdog", json={"quantity": 0}).status_code == 400
    assert caller.put("add_food/hotdog", json={"quantity": 1}).status_code == 200
    deadline = time.monotonic() + (5 if target.embedded else 60)
    while invocations() == before and time.monotonic() < deadline:
        time.sleep(0.5)
    assert invocations() == before + 1
