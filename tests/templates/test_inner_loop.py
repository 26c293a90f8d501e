"""What `make watch` makes of two syntheses: the stacks in their order, and what differs."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from local.inner_loop.assembly import SynthesisedStack, read_stacks
from local.inner_loop.difference import what_changed
from tests.synthesis import change_text, change_yaml, copied_platform, synthesise

STOCK = "lambda_src/foods/v1/stock.py"
HANDLER = "lambda_src/foods/v1/handler.py"
PLATFORM = "platform.yaml"


@pytest.fixture(scope="module")
def stacks(tmp_path_factory: pytest.TempPathFactory) -> list[SynthesisedStack]:
    folder = tmp_path_factory.mktemp("cdk.out")
    synthesise(folder)
    return read_stacks(folder)


def test_every_stack_comes_after_what_it_imports(stacks: list[SynthesisedStack]) -> None:
    paths = [stack.construct_path for stack in stacks]
    here = [path.partition("/")[2] for path in paths if path.startswith("local/")]
    assert here.index("identity") < here.index("foods-v1") < here.index("plans")
    shared = next(i for i, path in enumerate(paths) if path.startswith("account-000000000000"))
    assert shared < paths.index("local/identity")


def test_a_stack_knows_its_assets(stacks: list[SynthesisedStack]) -> None:
    [api] = [stack for stack in stacks if stack.construct_path == "local/foods-v1"]
    assert api.assets is not None
    assert all(asset.file.is_file() for asset in api.assets)
    urls = [f"s3://{asset.bucket}/{asset.key}" for asset in api.assets]
    assert api.template_url in urls
    assert [url for url in urls if url.endswith(".zip")]
    assert api.tags["gatewright:environment"] == "local"
    assert not api.protected


def _memory(platform: dict[str, Any]) -> None:
    platform["services"]["foods"]["versions"]["v1"]["memory_mb"] = 256


def _throttle(platform: dict[str, Any]) -> None:
    platform["services"]["foods"]["versions"]["v1"]["throttle"] = {"rate": 7, "burst": 8}


CHANGES: dict[str, Callable[[Path], None]] = {
    "code": lambda root: change_text(root / STOCK, '"hotdog": "no"', '"hotdog": "yes"'),
    "code, routes": lambda root: change_text(root / HANDLER, '@app.get("/", ', '@app.get("/x", '),
    "function settings": lambda root: change_yaml(root / PLATFORM, _memory),
    "Stage": lambda root: change_yaml(root / PLATFORM, _throttle),
}


@pytest.mark.parametrize("words", CHANGES)
def test_a_change_is_told_by_what_it_reaches(tmp_path: Path, words: str) -> None:
    root = copied_platform(tmp_path / "platform")
    name = "000000000000-us-east-1/gatewright-local-foods-v1"
    before = synthesise(tmp_path / "before", root=root, only="local")[name]
    CHANGES[words](root)
    after = synthesise(tmp_path / "after", root=root, only="local")[name]
    assert sorted(what_changed(before, after).split(", ")) == words.split(", ")
    assert sorted(what_changed(after, before).split(", ")) == words.split(", ")


def test_a_resource_that_comes_or_goes_has_its_types_last_word() -> None:
    key = {"Resources": {"Key": {"Type": "AWS::ApiGateway::ApiKey", "Properties": {}}}}
    assert what_changed({}, key) == what_changed(key, {}) == "ApiKey"
    assert what_changed({"Outputs": {"A": 1}}, {}) == "outputs"
