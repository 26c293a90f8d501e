"""A Chalice app, deployed as it is, and asked over HTTP."""

import httpx
import pytest

from tests.local.target import Target

PIXEL = bytes(range(256))


@pytest.mark.proves("contract of a Chalice app")
def test_each_route_asks_for_what_it_says(showcase: Target) -> None:
    with showcase.http("chaliced-v1") as anybody, showcase.key() as key, showcase.token() as token:
        assert anybody.get("").json() == {"hello": "world"}
        assert anybody.get("rooms/7").status_code == 403
        for method in ("GET", "DELETE"):
            found = anybody.request(method, "rooms/7", headers={"x-api-key": key})
            assert (found.status_code, found.json()) == (200, {"number": "7", "method": method})
        assert anybody.post("bookings", json={"nights": 2}).status_code == 401
        booked = anybody.post(
            "bookings", json={"nights": 2}, headers={"Authorization": f"Bearer {token}"}
        )
        assert (booked.status_code, booked.json()["body"]) == (200, {"nights": 2})
        assert booked.json()["guest"]
        assert booked.headers["access-control-allow-origin"] == "*"


def test_content_types_are_the_apps_to_check_and_bytes_stay_as_they_are(showcase: Target) -> None:
    with showcase.key() as key, httpx.Client(base_url=showcase.urls["chaliced-v1"]) as caller:
        png = {"x-api-key": key, "Content-Type": "image/png", "Accept": "image/png"}
        assert caller.put("photos", content=PIXEL, headers=png).content == PIXEL
        text = {"x-api-key": key, "Content-Type": "text/plain"}
        assert caller.put("photos", content=b"a", headers=text).status_code == 415


def test_the_apps_own_authorizer_is_asked(showcase: Target) -> None:
    with showcase.http("chaliced-v1") as anybody:
        assert anybody.get("cellar").status_code == 401
        let_in = anybody.get("cellar", headers={"Authorization": "sesame"})
        assert (let_in.status_code, let_in.json()) == (200, {"principal": "guest"})
        assert anybody.get("cellar", headers={"Authorization": "please"}).status_code == 403


def test_a_request_that_must_be_signed_is_refused_without_a_signature(showcase: Target) -> None:
    with showcase.http("chaliced-v1") as anybody:
        assert anybody.get("ledger").status_code == 403


def test_what_is_no_route_is_refused_by_the_gateway(showcase: Target) -> None:
    with showcase.http("chaliced-v1") as anybody:
        assert anybody.get("nowhere").status_code == 403
