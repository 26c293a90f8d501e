"""Where an application is, below a stage and below the base path of a domain."""

from typing import Any
from urllib.parse import unquote

import pytest

from gatewright.runtime.wsgi_function import mounted, split_path


def event(path: str, whole: str, resource: str, **parameters: str) -> dict[str, Any]:
    return {
        "path": path,
        "resource": resource,
        "pathParameters": parameters or None,
        "requestContext": {"path": whole},
    }


@pytest.mark.parametrize(
    ("sent", "found"),
    [
        pytest.param(event("/", "/live/", "/"), ("/live", "/"), id="the root of a stage"),
        pytest.param(
            event("/a/b", "/live/a/b", "/{proxy+}", proxy="a/b"), ("/live", "/a/b"), id="a stage"
        ),
        pytest.param(
            event("/a/7", "/live/a/7", "/a/{id}", id="7"), ("/live", "/a/7"), id="a contract"
        ),
        pytest.param(
            event("/shop/a", "/shop/a", "/{proxy+}", proxy="a"), ("/shop", "/a"), id="a base path"
        ),
        pytest.param(event("/shop", "/shop", "/"), ("/shop", "/"), id="a base path alone"),
        pytest.param(event("/shop/", "/shop/", "/"), ("/shop", "/"), id="a base path and a slash"),
        pytest.param(
            event("/shop/a%20b", "/shop/a%20b", "/{proxy+}", proxy="a b"),
            ("/shop", "/a%20b"),
            id="written with per cent",
        ),
        pytest.param(
            event("/a", "/a", "/{proxy+}", proxy="a"), ("", "/a"), id="a domain without base path"
        ),
        pytest.param(
            event("/a/a", "/live/a/a", "/{proxy+}", proxy="a/a"), ("/live", "/a/a"), id="twice"
        ),
    ],
)
def test_the_path_is_split(sent: dict[str, Any], found: tuple[str, str]) -> None:
    assert split_path(sent) == found


@pytest.mark.parametrize("path", ["/%C3%A4", "/ä", "/𝄞%F0%9D%84%9E"])
def test_the_app_is_told_its_path_as_bytes(path: str) -> None:
    seen: dict[str, Any] = {}
    name = unquote(path)
    environ = {
        "apig_wsgi.full_event": event(path, f"/live{path}", "/{proxy+}", proxy=name.lstrip("/"))
    }
    list(mounted(lambda given, _start: seen.update(given) or [])(environ, print))
    assert (seen["SCRIPT_NAME"], seen["PATH_INFO"].encode("latin-1").decode()) == ("/live", name)
