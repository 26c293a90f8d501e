"""Everybody synthesises the same routes."""

import json
import re
from pathlib import Path

import pytest

from bench.crud.chalice import write_chalice
from bench.crud.operations import crud_routes
from bench.crud.ours import handler
from bench.crud.templates import write_sam, write_serverless

COUNTS = (1, 5, 12)


def _routes(count: int) -> set[tuple[str, str]]:
    return {(route.method, route.path) for route in crud_routes(count)}


@pytest.mark.parametrize("count", COUNTS)
def test_there_are_as_many_routes_as_asked_for(count: int) -> None:
    assert len(_routes(count)) == count


@pytest.mark.parametrize("count", COUNTS)
def test_ours_has_the_routes(count: int) -> None:
    found = re.findall(r'@app\.(\w+)\("([^"]+)"', handler(count))
    paths = {(method.upper(), path.replace("<", "{").replace(">", "}")) for method, path in found}
    assert paths == _routes(count)


@pytest.mark.parametrize("validated", [True, False])
@pytest.mark.parametrize("count", COUNTS)
def test_chalice_has_the_routes(count: int, validated: bool, tmp_path: Path) -> None:
    code = (write_chalice(tmp_path, count, validated=validated) / "app.py").read_text()
    compile(code, "app.py", "exec")
    found = re.findall(r'@app\.route\("([^"]+)", methods=\["(\w+)"\]\)', code)
    assert {(method, path) for path, method in found} == _routes(count)
    assert ("BaseModel" in code) is validated


@pytest.mark.parametrize("count", COUNTS)
def test_templates_have_the_routes(count: int, tmp_path: Path) -> None:
    sam = json.loads((write_sam(tmp_path / "sam", count) / "template.json").read_text())
    events = sam["Resources"]["Function"]["Properties"]["Events"].values()
    asked = [
        (event["Properties"]["Method"].upper(), event["Properties"]["Path"]) for event in events
    ]
    assert set(asked) == _routes(count)
    folder = write_serverless(tmp_path / "serverless", count, tmp_path)
    service = json.loads((folder / "serverless.yml").read_text())
    http = [event["http"] for event in service["functions"]["api"]["events"]]
    found = {(event["method"].upper(), event["path"]) for event in http}
    assert found == _routes(count) | {("GET", "/")}
