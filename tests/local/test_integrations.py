"""Operations that no proxy function answers, deployed, and called over HTTP."""

from collections.abc import Iterator

import httpx
import pytest

from tests.local.target import Target

API = "joined-v1"
ORIGIN = "https://shop.example"


@pytest.fixture(scope="module")
def caller(showcase: Target) -> Iterator[httpx.Client]:
    with showcase.keyed_http(API) as client:
        yield client


@pytest.mark.proves("mock")
def test_a_mock_answers_the_example_of_the_contract(caller: httpx.Client) -> None:
    response = caller.get("status")
    assert response.status_code == 200
    assert response.json() == {"ok": True, "cost": "$stage #1"}
    assert response.headers["access-control-allow-origin"] == ORIGIN


@pytest.mark.proves("HTTP proxy", "in HTTP hosts")
def test_an_http_proxy_hands_path_and_query_on(caller: httpx.Client) -> None:
    response = caller.get("cities/Porto", params={"lang": "pt"}, headers={"X-Trace": "t"})
    assert response.status_code == 200
    found = response.json()
    assert found["path"] == "/v2/cities/Porto?lang=pt"
    assert found["headers"]["x-trace"] == "t"


def test_an_http_proxy_asks_for_what_the_contract_asks_for(showcase: Target) -> None:
    with showcase.http(API) as anybody:
        assert anybody.get("cities/Porto").status_code == 403


def test_a_media_type_without_a_template_is_the_gateways_415(caller: httpx.Client) -> None:
    headers = {"Content-Type": "text/plain", "X-Caller": "me"}
    response = caller.post("jobs", content='{"kind": "x"}', headers=headers)
    assert response.status_code == 415
    assert response.json()["request_id"]


def test_the_gateway_validates_before_anything_is_called(caller: httpx.Client) -> None:
    response = caller.post("orders", json={})
    assert (response.status_code, response.json()["message"]) == (400, "Invalid request body")
