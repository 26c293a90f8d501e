"""Headers of a version that is deprecated, on every answer of its functions."""

import json
from typing import Any

import pytest

from gatewright.runtime import RestApp
from gatewright.runtime.contract_function import guarded
from gatewright.runtime.lifecycle import add_lifecycle, with_lifecycle
from gatewright.runtime.variables import ALLOW_ORIGIN_VARIABLE, LIFECYCLE_VARIABLE
from tests.unit.proxy_events import proxy_event

HEADERS = {"Deprecation": "@1", "Link": '<https://a.example>; rel="deprecation"'}


@pytest.fixture
def deprecated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(LIFECYCLE_VARIABLE, json.dumps(HEADERS))


@pytest.mark.usefixtures("deprecated")
@pytest.mark.parametrize(
    ("own", "added"),
    [
        ({}, {"Deprecation": ["@1"], "Link": [HEADERS["Link"]]}),
        ({"deprecation": ["@9"]}, {"deprecation": ["@9"], "Link": [HEADERS["Link"]]}),
        ({"link": ["<b>"]}, {"Deprecation": ["@1"], "link": ["<b>", HEADERS["Link"]]}),
    ],
)
def test_they_join_what_the_answer_says(
    own: dict[str, list[str]], added: dict[str, list[str]]
) -> None:
    assert add_lifecycle(own) == added


@pytest.mark.usefixtures("deprecated")
def test_a_header_of_either_place_is_joined() -> None:
    answer = with_lifecycle({"statusCode": 200, "headers": {"link": "<b>", "X-A": "1"}})
    assert answer["headers"] == {"X-A": "1"}
    assert answer["multiValueHeaders"]["link"] == ["<b>", HEADERS["Link"]]


@pytest.mark.parametrize("answer", [{"statusCode": 204}, {"statusCode": 200, "headers": None}])
def test_of_an_active_version_answers_are_as_they_were(answer: dict[str, Any]) -> None:
    assert with_lifecycle(answer) is answer


@pytest.mark.usefixtures("deprecated")
@pytest.mark.parametrize("path", ["/here", "/nowhere"])
def test_every_answer_of_a_rest_app_has_them(monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    monkeypatch.setenv(ALLOW_ORIGIN_VARIABLE, "*")
    app = RestApp()

    @app.get("/here")
    def here() -> dict[str, str]:
        return {}

    headers = app.resolve(proxy_event("GET", path), None)["multiValueHeaders"]
    assert headers["Deprecation"] == ["@1"]
    [exposed] = headers["Access-Control-Expose-Headers"]
    assert {"ETag", "Deprecation", "Link"} <= set(exposed.split(","))


@pytest.mark.usefixtures("deprecated")
def test_what_stands_before_a_function_adds_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ALLOW_ORIGIN_VARIABLE, "*")
    sent = {"body": "a", "headers": {"Content-Type": "text/plain"}}
    event = {**sent, "requestContext": {"requestId": "r"}}
    refused = guarded(lambda _event, _context: {}, any_body=False)(event, None)
    assert refused["statusCode"] == 415
    assert refused["multiValueHeaders"]["Deprecation"] == ["@1"]
    assert refused["headers"]["Access-Control-Expose-Headers"] == "Deprecation,Link"
