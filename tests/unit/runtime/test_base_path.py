"""A path begins where its resource begins, whatever base path a domain has before it."""

from typing import Any

import pytest

from gatewright.runtime import RestApp
from gatewright.runtime.base_path import without_base_path
from tests.unit.proxy_events import proxy_event


@pytest.mark.parametrize(
    ("resource", "path", "seen"),
    [
        ("/foods", "/foods", "/foods"),
        ("/foods", "/foods/v1/foods", "/foods"),
        ("/foods/{name}", "/a/b/c/foods/x", "/foods/x"),
        ("/foods/{name}", "/foods/x/", "/foods/x/"),
        ("/", "/", "/"),
        ("/", "/foods/v1", "/"),
        ("/", "/foods/v1/", "/"),
        # A value with a slash in it is no base path.
        ("/foods/{name}", "/foods/a/b", "/foods/a/b"),
        ("/{name}", "/v1/x", "/x"),
    ],
)
def test_the_base_path_is_gone(resource: str, path: str, seen: str) -> None:
    assert without_base_path({"resource": resource, "path": path})["path"] == seen


def test_a_greedy_parameter_is_as_long_as_its_value() -> None:
    event = {"resource": "/a/{rest+}", "path": "/v1/a/b/c", "pathParameters": {"rest": "b/c"}}
    assert without_base_path(event)["path"] == "/a/b/c"


@pytest.mark.parametrize("event", [{}, {"resource": None, "path": "/a"}, {"path": "/a"}])
def test_what_is_no_proxy_event_stays(event: dict[str, Any]) -> None:
    assert without_base_path(event) is event


def test_a_rest_app_finds_its_route_below_a_base_path() -> None:
    app = RestApp()

    @app.get("/foods/<name>")
    def food(name: str) -> dict[str, str]:
        return {"name": name}

    event = {**proxy_event("GET", "/foods/v1/foods/x"), "resource": "/foods/{name}"}
    assert app.resolve(event, None)["statusCode"] == 200
