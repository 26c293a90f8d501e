"""A contract with what generators stumble over: reserved words, choices, dates, tags, hyphens."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from gatewright.contract.document import JsonObject
from tests.sdk.conftest import generated
from tests.sdk.programs import needed, run
from tests.sdk.test_parsed import faults
from tests.synthesis import ROOT
from tests.unit.sdk.documents import operation, parameter, write

EXAMPLE = ROOT / "constructs" / "gatewright" / "sdk" / "example.json"
PROPERTIES: dict[str, JsonObject] = {
    "class": {"type": "string"},
    "default": {"type": "boolean"},
    "self": {"type": "string"},
    "id": {"type": "integer"},
    "description": {"type": "string"},
    "made_on": {"type": "string", "format": "date"},
    "anything": {},
    "either": {"anyOf": [{"type": "string"}, {"type": "integer"}]},
    "status": {"type": "string", "enum": ["in-stock", "sold out", "1st"]},
    "parent": {"nullable": True, "allOf": [{"$ref": "#/components/schemas/Thing"}]},
}
USE = """
from my_shop_order_items_v1 import OrderItemsApi, PartsAndMoreApi, Thing
given = {"name": "a", "class": "b", "either": 3, "status": "sold out", "id": 5}
thing = Thing.from_dict(given)
told = {name: value for name, value in thing.to_dict().items() if value is not None}
assert thing.var_class == "b" and told == given, told
"""


@pytest.fixture(scope="module")
def clients(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """TypeScript, and Java where there is a compiler, are compiled on the way."""
    folder = tmp_path_factory.mktemp("hard")
    content: dict[str, Any] = json.loads(EXAMPLE.read_text())
    content["components"]["schemas"]["Thing"]["properties"].update(PROPERTIES)
    parameters = [
        parameter("name", "path"),
        parameter("part-id", "path", type="integer"),
        {**parameter("since", format="date-time"), "required": False},
        {**parameter("kind", type="array", items={"type": "string", "enum": ["a", "b"]})},
    ]
    part = operation("get_part_v2", tags=["parts and more"], parameters=parameters)
    content["paths"]["/things/{name}/parts/{part-id}"] = {
        "get": {**part, "description": 'It says "hello" */ and <b>.'}
    }
    write(folder / "openapi", "order-items-v1.json", content)
    made = generated(folder / "openapi", folder / "sdk", "--project", "my-shop")
    return made / "order-items-v1"


def test_all_packages_are_made(clients: Path) -> None:
    assert len(list((clients / "packages").glob("*[!S]"))) >= 10


def test_python(clients: Path) -> None:
    said = run([sys.executable, "-c", f"{USE}\nprint('used')"], PYTHONPATH=str(clients / "python"))
    assert said.splitlines()[-1] == "used"


def test_ruby(clients: Path) -> None:
    program = needed("ruby", "ruby")
    said = {run([program, "-c", str(file)]) for file in (clients / "ruby").rglob("*.rb")}
    assert said == {"Syntax OK\n"}


def test_swift(clients: Path) -> None:
    found = {file.name: faults(file.read_text()) for file in (clients / "swift").rglob("*.swift")}
    assert {name: lines for name, lines in found.items() if lines} == {}
