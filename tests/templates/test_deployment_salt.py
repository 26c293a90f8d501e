"""A deployment is made anew when what it snapshots changes, and at no other time."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.synthesis import (
    Template,
    change_text,
    change_yaml,
    copied_platform,
    only,
    synthesise,
)

NAME = "000000000000-us-east-1/gatewright-local-foods-v1"
HANDLER = Path("lambda_src/foods/v1/handler.py")


def _code(old: str, new: str) -> Callable[[Path], None]:
    return lambda root: change_text(root / HANDLER, old, new)


def _platform(change: Callable[[dict[str, object]], object]) -> Callable[[Path], None]:
    return lambda root: change_yaml(root / "platform.yaml", change)


def _v1(platform: dict[str, object]) -> dict[str, object]:
    return platform["services"]["foods"]["versions"]["v1"]  # type: ignore[index,no-any-return]


PUBLISHED = {
    "route": _code('"/list_foods"', '"/foods"'),
    "method": _code('@app.put("/add_food', '@app.post("/add_food'),
    "model": _code("Field(ge=1", "Field(ge=2"),
    "validator": _code("def list_foods() ->", "def list_foods(page: int = 1) ->"),
    "authorizer": _code('security=[{"api_key": []}]', 'security=[{"cognito": []}]'),
    "gateway response": _platform(
        lambda p: _v1(p).update(cors={"allow_origin": "https://shop.example"})
    ),
}
UNPUBLISHED = {
    "tag": _platform(lambda p: p.update(tags={"commit": "abc"})),
    "summary": _code("Say hello", "Greet"),
    "docstring": _code("Open to everybody.", "Nobody is asked."),
    "field description": _code("Items delivered", "How many"),
    "log retention": _platform(
        lambda p: p["environments"]["local"].update(log_retention_days=7)  # type: ignore[index]
    ),
    "handler's code": _code('hello="world")', 'hello="world" )'),
    "memory": _platform(lambda p: _v1(p).update(memory_mb=256)),
    "plan": _platform(lambda p: p["plans"]["demo"].update(rate=21)),  # type: ignore[index]
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return copied_platform(tmp_path / "platform")


def _deployment_id(root: Path, outdir: Path) -> str:
    return only(synthesise(outdir, root=root, only="local")[NAME], "AWS::ApiGateway::Deployment")[0]


@pytest.mark.parametrize("change", PUBLISHED.values(), ids=PUBLISHED.keys())
def test_a_changed_promise_is_deployed(
    root: Path, tmp_path: Path, local_api: Template, change: Callable[[Path], None]
) -> None:
    change(root)
    before = only(local_api, "AWS::ApiGateway::Deployment")[0]
    assert _deployment_id(root, tmp_path / "out") != before


@pytest.mark.parametrize("change", UNPUBLISHED.values(), ids=UNPUBLISHED.keys())
def test_any_other_change_is_not(
    root: Path, tmp_path: Path, local_api: Template, change: Callable[[Path], None]
) -> None:
    change(root)
    before = only(local_api, "AWS::ApiGateway::Deployment")[0]
    assert _deployment_id(root, tmp_path / "out") == before
