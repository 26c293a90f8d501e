"""The commands' first line of defence: a mistake ends them before anything is touched."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.synthesis import ROOT, change_text


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    for name in ("app.py", "platform.yaml"):
        shutil.copy(ROOT / name, tmp_path)
    for folder in ("local", "stacks", "lambda_src"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    return tmp_path


def _run(checkout: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command], cwd=checkout, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    "command",
    [
        ("app.py",),
        ("-m", "local.up"),
        ("-m", "local.watch"),
        ("-m", "local.destroy", "prod"),
        ("-m", "local.keys"),
        ("-m", "local.promote", "--stage", "prod"),
        ("-m", "local.openapi"),
    ],
    ids=" ".join,
)
def test_a_mistake_in_platform_yaml_stops_it(checkout: Path, command: tuple[str, ...]) -> None:
    change_text(
        checkout / "platform.yaml", "plans: [standard, checks]", "plans: [standrad, checks]"
    )
    ran = _run(checkout, *command)
    assert ran.returncode == 1
    assert "platform.yaml:" in ran.stderr
    assert "did you mean 'standard'?" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert not (checkout / ".gatewright").exists()
    assert not (checkout / "cdk.out").exists()


@pytest.mark.parametrize("command", [("app.py",), ("-m", "local.up")], ids=" ".join)
def test_a_route_without_security_stops_it(checkout: Path, command: tuple[str, ...]) -> None:
    handler = checkout / "lambda_src" / "foods" / "v1" / "handler.py"
    change_text(handler, ', security=[{"api_key": []}]', "")
    ran = _run(checkout, *command)
    assert ran.returncode == 1
    assert "GET /list_foods" in ran.stderr
    assert "security=" in ran.stderr
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize("command", [("app.py",), ("-m", "local.up")], ids=" ".join)
def test_a_limit_of_an_unknown_operation_stops_it(checkout: Path, command: tuple[str, ...]) -> None:
    change_text(
        checkout / "platform.yaml",
        "  tiny:\n",
        "    methods: {foods-v1: {list_food: {rate: 1, burst: 1}}}\n  tiny:\n",
    )
    ran = _run(checkout, *command)
    assert ran.returncode == 1
    assert "plans.demo.methods.foods-v1.list_food\n" in ran.stderr
    assert "did you mean 'list_foods'?" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_an_unknown_environment_is_named_with_the_known_ones(checkout: Path) -> None:
    ran = _run(checkout, "-m", "local.destroy", "prdo")
    assert ran.returncode == 1
    assert "'prdo'" in ran.stderr
    assert "did you mean 'prod'?" in ran.stderr


def test_prod_is_not_destroyed_without_its_name(checkout: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "local.destroy", "prod"],
        cwd=checkout,
        input="no\n",
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 1
    assert "Nothing was removed" in ran.stderr
