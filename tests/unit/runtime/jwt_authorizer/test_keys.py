"""How the keys of an issuer are had, kept and asked for again."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from gatewright.runtime.jwt_authorizer import keys as module
from gatewright.runtime.jwt_authorizer.errors import IssuerError, RefusedTokenError
from gatewright.runtime.jwt_authorizer.fetch import fetch_json
from gatewright.runtime.jwt_authorizer.keys import IssuerKeys
from tests.issuer import DISCOVERY, Issuer, serving_issuer

URL = "https://login.example"


class Web:
    """What the issuer publishes, a clock, and what was asked for."""

    def __init__(self, keys: list[Any]) -> None:
        self.documents: dict[str, Any] = {
            URL + DISCOVERY: {"issuer": URL, "jwks_uri": f"{URL}/keys"},
            f"{URL}/keys": {"keys": keys},
        }
        self.asked: list[str] = []
        self.now = 0.0
        self.down = False

    def fetch(self, url: str) -> dict[str, Any]:
        self.asked.append(url)
        if self.down:
            raise IssuerError("down")
        found: dict[str, Any] = deepcopy(self.documents[url])
        return found

    def keys(self) -> IssuerKeys:
        return IssuerKeys(URL, fetch=self.fetch, clock=lambda: self.now)

    @property
    def reads(self) -> int:
        return self.asked.count(f"{URL}/keys")


@pytest.fixture(scope="module")
def published() -> list[Any]:
    found: list[Any] = Issuer(URL).keys["keys"]
    return found


@pytest.fixture
def web(published: list[Any]) -> Web:
    return Web([dict(key) for key in published])


def test_a_key_is_found_by_name_and_kept(web: Web) -> None:
    keys = web.keys()
    assert keys.find("rsa", "RS256").key_id == "rsa"
    assert keys.find("ec", "ES256").key_id == "ec"
    assert web.reads == 1


def test_without_a_name_the_only_one_that_fits_is_taken(web: Web) -> None:
    assert web.keys().find(None, "ES256").key_id == "ec"


def test_an_unknown_name_asks_again_but_not_often(web: Web) -> None:
    keys = web.keys()
    keys.find("rsa", "RS256")
    for _ in range(5):
        with pytest.raises(RefusedTokenError):
            keys.find("new", "RS256")
    assert web.reads == 1
    web.now = module.BETWEEN_REFRESHES_SECONDS
    web.documents[f"{URL}/keys"]["keys"][0]["kid"] = "new"
    assert keys.find("new", "RS256").key_id == "new"
    assert web.reads == 2


def test_a_key_that_the_issuer_took_back_is_gone_after_an_hour(web: Web) -> None:
    keys = web.keys()
    keys.find("rsa", "RS256")
    web.documents[f"{URL}/keys"]["keys"] = []
    web.now = module.FRESH_SECONDS
    assert keys.find("rsa", "RS256")
    web.now += 1
    with pytest.raises(RefusedTokenError):
        keys.find("rsa", "RS256")


def test_while_the_issuer_is_away_its_keys_are_good_for_a_day(web: Web) -> None:
    keys = web.keys()
    keys.find("rsa", "RS256")
    web.down, web.now = True, module.STALE_SECONDS
    assert keys.find("rsa", "RS256")
    web.now += module.AFTER_FAILURE_SECONDS
    with pytest.raises(IssuerError):
        keys.find("rsa", "RS256")


def test_an_issuer_that_never_answered_is_not_asked_by_every_call(web: Web) -> None:
    keys = web.keys()
    web.down = True
    for _ in range(3):
        with pytest.raises(IssuerError):
            keys.find("rsa", "RS256")
    assert len(web.asked) == 1
    web.down, web.now = False, module.AFTER_FAILURE_SECONDS
    assert keys.find("rsa", "RS256")


def _of_another_issuer(web: Web) -> None:
    web.documents[URL + DISCOVERY]["issuer"] = "https://other.example"


def _without_a_list(web: Web) -> None:
    web.documents[f"{URL}/keys"] = {"keys": "none"}


@pytest.mark.parametrize("spoil", [_of_another_issuer, _without_a_list])
def test_documents_that_are_wrong_let_nobody_in(web: Web, spoil: Callable[[Web], None]) -> None:
    spoil(web)
    with pytest.raises(IssuerError):
        web.keys().find("rsa", "RS256")


@pytest.mark.parametrize(
    "change",
    [
        {"use": "enc"},
        {"alg": "RS512"},
        {"key_ops": ["sign"]},
        {"kty": "oct", "k": "AAAA"},
        {"n": "junk!"},
        {"n": "3q0"},
    ],
    ids=str,
)
def test_a_key_that_is_for_something_else_is_not_used(web: Web, change: dict[str, Any]) -> None:
    web.documents[f"{URL}/keys"]["keys"][0].update(change)
    with pytest.raises(RefusedTokenError):
        web.keys().find("rsa", "RS256")


def test_two_keys_of_one_name_are_none(web: Web) -> None:
    found = web.documents[f"{URL}/keys"]["keys"]
    found.append(found[0])
    with pytest.raises(RefusedTokenError):
        web.keys().find("rsa", "RS256")


@pytest.mark.parametrize("url", ["http://login.example/keys", "file:///etc/passwd", "None", ""])
def test_only_https_is_read(url: str) -> None:
    with pytest.raises(IssuerError, match="not https"):
        fetch_json(url)


def test_what_is_read_is_a_json_object_and_no_redirect() -> None:
    with serving_issuer() as issuer:
        assert fetch_json(issuer.url + DISCOVERY)["issuer"] == issuer.url
        with pytest.raises(IssuerError, match="404"):
            fetch_json(f"{issuer.url}/nothing")
        with pytest.raises(IssuerError, match="302"):
            fetch_json(f"{issuer.url}/elsewhere")
        with pytest.raises(IssuerError, match="no JSON"):
            fetch_json(f"{issuer.url}/text")
        with pytest.raises(IssuerError, match="bytes"):
            fetch_json(f"{issuer.url}/large")
