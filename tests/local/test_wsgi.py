"""A Flask application that knows nothing of Lambda, deployed, and asked over HTTP."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
import pytest

from tests.local.target import Target

PIXEL = bytes(range(256))


@pytest.fixture(scope="module")
def caller(showcase: Target) -> Iterator[httpx.Client]:
    with showcase.keyed_http("flasked-v1") as client:
        yield client


@pytest.mark.proves("existing WSGI app")
def test_every_path_and_method_reaches_the_app(caller: httpx.Client) -> None:
    for method in ("GET", "PUT", "DELETE"):
        found = caller.request(method, "items/a/b c")
        assert (found.status_code, found.json()["method"]) == (200, method)
        assert found.json()["name"] == "a/b c"
    assert caller.get("nowhere").status_code == 404
    assert caller.post("items/a").status_code == 405


def test_nobody_is_let_in_without_what_the_platform_asks_for(showcase: Target) -> None:
    with showcase.http("flasked-v1") as anybody:
        assert anybody.get("").status_code == 403
        assert anybody.get("items/a").status_code == 403


def test_links_lead_back_to_the_app(showcase: Target, caller: httpx.Client) -> None:
    base = urlsplit(showcase.urls["flasked-v1"])
    link = caller.get("").json()["item"]
    assert link == f"/{showcase.deployed.apis['flasked-v1'].stage}/items/a%20b"
    # The address on this machine has the id of the API before the stage, which AWS's has not.
    before = base.path.removesuffix(f"{showcase.deployed.apis['flasked-v1'].stage}/").rstrip("/")
    assert caller.get(f"{base.scheme}://{base.netloc}{before}{link}").json()["name"] == "a b"


def test_repeated_parameters_and_headers_all_arrive(caller: httpx.Client) -> None:
    sent = {"tag": ["a", "b&c"]}
    found = caller.get("items/a", params=sent, headers=[("x-tag", "1")])
    assert (found.json()["tags"], found.json()["accepts"]) == (["a", "b&c"], ["1"])


def test_forms_and_texts_arrive_as_they_were_sent(caller: httpx.Client) -> None:
    form = caller.put("items/a", data={"name": "ä", "size": "1"})
    assert form.json()["form"] == {"name": "ä", "size": "1"}
    text = caller.put("items/a", content="ä".encode(), headers={"Content-Type": "text/plain"})
    assert text.json()["body"] == "ä"


def test_bytes_come_and_go_as_they_are(caller: httpx.Client) -> None:
    assert caller.get("pixel.bin").content == PIXEL
    uploaded = caller.post("upload", content=PIXEL, headers={"Content-Type": "image/png"})
    assert uploaded.content == PIXEL


def test_two_headers_of_one_name_and_a_redirection_come_back(caller: httpx.Client) -> None:
    found = caller.get("cookies", follow_redirects=False)
    assert found.status_code == 302
    assert len(found.headers.get_list("set-cookie")) == 2
