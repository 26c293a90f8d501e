"""The table and the examples of docs/guides/choose-an-authorizer.md."""

import ast
import re
from pathlib import Path

import pytest
import yaml

from gatewright.config import load_platform
from gatewright.contract import authorized_operations, check_contract, check_service_function
from stacks.authorizers import authorizers_of
from tests.features.authorizers import COLUMNS, ROWS, table
from tests.unit.config.conftest import VALID
from tests.unit.contract.services import Service

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "guides" / "choose-an-authorizer.md").read_text()
SHOWN = [
    pytest.param(cell, id=f"{row}: {column}")
    for row, cells in ROWS.items()
    for column, cell in cells.items()
    if "::" in cell
]


def test_the_table_is_that_of_the_data() -> None:
    assert table() in GUIDE, f"write this into the guide:\n{table()}"


def test_no_cell_is_of_another_column() -> None:
    assert {column for cells in ROWS.values() for column in cells} == set(COLUMNS)


@pytest.mark.parametrize("cell", SHOWN)
def test_every_yes_has_a_test_that_shows_it(cell: str) -> None:
    file, _, name = cell.partition("::")
    tree = ast.parse((ROOT / file).read_text())
    assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_the_example_of_platform_yaml_is_read(tmp_path: Path) -> None:
    [example] = re.findall(r"```yaml\n(services:.*?)```", GUIDE, re.DOTALL)
    content = yaml.safe_load(VALID)
    content["services"] = yaml.safe_load(example)["services"]
    content["plans"], content["keys"] = {}, {}
    for environment in content["environments"].values():
        environment["plans"] = []
    file = tmp_path / "platform.yaml"
    file.write_text(yaml.safe_dump(content))
    [api] = load_platform(file).apis
    assert {a.name for a in authorizers_of(api)} == {"partner", "tenant", "login"}


def test_the_examples_of_code_are_read(tmp_path: Path) -> None:
    routes, callers = re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)
    [example] = re.findall(r"```yaml\n(services:.*?)```", GUIDE, re.DOTALL)
    service = Service(tmp_path / "lambda_src").write(routes, prelude="")
    (tmp_path / "lambda_src" / "goods" / "callers.py").write_text(callers)
    for function in ("partner", "tenant"):
        check_service_function(
            "goods-v1",
            source=service.source,
            function=f"goods.callers:{function}",
            field=f"authorizer {function}",
        )
    file = tmp_path / "platform.yaml"
    content = {**yaml.safe_load(VALID), **yaml.safe_load(example), "plans": {}, "keys": {}}
    for environment in content["environments"].values():
        environment["plans"] = []
    file.write_text(yaml.safe_dump(content))
    [api] = load_platform(file).apis
    contract = service.read_with(authorizers_of(api))
    check_contract(contract)
    assert {o.scopes for o in authorized_operations(contract, "login")} == {
        ("read:goods",),
        ("write:goods",),
    }
