"""A bundle holds everything that a function needs, and its bytes depend on nothing else."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from gatewright.bundling import (
    HOST,
    LAMBDA,
    Bundle,
    BundlingError,
    bundle_service,
    dependencies_zip,
    unpacked_dependencies,
)
from gatewright.config import ApiConfig, load_platform
from tests.unit.proxy_events import proxy_event

ROOT = Path(__file__).parents[3]
FOODS = ROOT / "lambda_src" / "foods"
CACHE = ROOT / ".gatewright" / "bundles"


@pytest.fixture
def copied_cache(tmp_path: Path) -> Path:
    """A cache with the dependencies only, so that the bundle itself is made anew."""
    cache = tmp_path / "cache"
    cache.mkdir()
    for target in (HOST, LAMBDA):
        shutil.copy(dependencies_zip(FOODS / "requirements.txt", target, CACHE), cache)
    return cache


@pytest.fixture
def foods(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOODS, tmp_path / "elsewhere" / "foods"))


def test_equal_input_gives_equal_bytes_from_another_path(foods: Path, copied_cache: Path) -> None:
    (foods / "__pycache__").mkdir(exist_ok=True)
    (foods / "__pycache__" / "left.pyc").write_bytes(b"from an earlier run")
    first = bundle_service(FOODS, HOST, CACHE)
    second = bundle_service(foods, HOST, copied_cache)
    assert second.content_hash == first.content_hash
    assert second.path.read_bytes() == first.path.read_bytes()


def test_dependencies_installed_twice_are_equal(tmp_path: Path) -> None:
    lock = FOODS / "requirements.txt"
    again = dependencies_zip(lock, HOST, tmp_path / "another cache")
    assert again.read_bytes() == dependencies_zip(lock, HOST, CACHE).read_bytes()


def test_changed_code_changes_the_bundle(foods: Path, copied_cache: Path) -> None:
    before = bundle_service(foods, HOST, copied_cache)
    stock = foods / "v1" / "stock.py"
    stock.write_text(stock.read_text() + "\nMORE = 1\n")
    after = bundle_service(foods, HOST, copied_cache)
    assert after.content_hash != before.content_hash
    assert b"MORE" in _read(after, "foods/v1/stock.py")


@pytest.mark.parametrize(
    "api", load_platform(ROOT / "platform.yaml").apis, ids=lambda a: a.api_name
)
def test_every_api_runs_with_nothing_else_installed(tmp_path: Path, api: ApiConfig) -> None:
    # The embedded AWS lends its own packages to functions; Lambda lends none but boto3.
    bundle = bundle_service(ROOT / "lambda_src" / api.package, HOST, CACHE)
    with ZipFile(bundle.path) as archive:
        archive.extractall(tmp_path)
    module, app = str(api.routes).split(":")
    program = (
        f"import sys, json; sys.path.insert(0, sys.argv[1]); from {module} import {app} as app\n"
        "print(app(json.loads(sys.argv[2]), None)['statusCode'])"
    )
    event = json.dumps(proxy_event("GET", "/no/such/route"))
    # -I -S: neither the environment nor site-packages.
    ran = subprocess.run(
        [sys.executable, "-I", "-S", "-c", program, str(tmp_path), event],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.stdout.strip() == "404", ran.stderr


def test_the_platform_is_the_targets() -> None:
    names = ZipFile(bundle_service(FOODS, LAMBDA, CACHE).path).namelist()
    compiled = {name for name in names if name.endswith(".so")}
    assert compiled
    assert all("314-aarch64" in name for name in compiled)


def test_only_code_is_bundled() -> None:
    names = ZipFile(bundle_service(FOODS, HOST, CACHE).path).namelist()
    assert "foods/v1/handler.py" in names
    assert "gatewright/runtime/rest_app.py" in names
    assert not [n for n in names if n.startswith("gatewright/api") or "__pycache__" in n]
    assert "foods/requirements.txt" not in names


@pytest.mark.parametrize(
    "name",
    [".env", ".DS_Store", ".git/config", "README.md", "tests/test_x.py", "v1/.handler.py.swp"],
)
def test_what_is_no_code_is_neither_shipped_nor_a_release(
    foods: Path, copied_cache: Path, name: str
) -> None:
    before = bundle_service(foods, HOST, copied_cache)
    (foods / name).parent.mkdir(exist_ok=True)
    (foods / name).write_text("SECRET=1")
    assert bundle_service(foods, HOST, copied_cache) == before
    assert f"foods/{name}" not in ZipFile(before.path).namelist()


def test_unpacked_dependencies_can_be_imported() -> None:
    folder = unpacked_dependencies(FOODS / "requirements.txt", CACHE)
    program = (
        "import sys; sys.path.insert(0, sys.argv[1]); import pydantic; print(pydantic.__file__)"
    )
    shown = subprocess.run(
        [sys.executable, "-I", "-S", "-c", program, str(folder)],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert shown.startswith(str(folder))


def test_a_service_without_a_lock_names_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(BundlingError, match=r"requirements\.in.*make lock"):
        bundle_service(tmp_path, HOST, tmp_path / "cache")


def test_an_impossible_lock_leaves_nothing_behind(tmp_path: Path) -> None:
    lock = tmp_path / "requirements.txt"
    lock.write_text("pydantic==2.14.3\n")  # no hash
    with pytest.raises(BundlingError, match=r"requirements\.txt could not be installed for py3"):
        dependencies_zip(lock, HOST, tmp_path / "cache")
    assert not list((tmp_path / "cache").iterdir())


def _read(bundle: Bundle, name: str) -> bytes:
    with ZipFile(bundle.path) as archive:
        return archive.read(name)
