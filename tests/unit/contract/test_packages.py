"""A service may stand on libraries that are not installed where its routes are read."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.contract.services import Service

ROUTE = """
import {library}
@app.get("/" + {library}.NAME, security=[{{}}])
def get() -> str: ...
"""


@pytest.fixture
def packages(tmp_path: Path) -> Iterator[Path]:
    """A folder with a library, ``gatewright_test_library``."""
    folder = tmp_path / "packages"
    folder.mkdir()
    (folder / "gatewright_test_library.py").write_text("NAME = 'theirs'")
    yield folder
    sys.modules.pop("gatewright_test_library", None)


def test_a_library_is_found_in_the_packages(service: Service, packages: Path) -> None:
    service.write(ROUTE.format(library="gatewright_test_library"))
    before = list(sys.path)
    (operation,) = service.read(packages=[packages]).operations()
    assert operation.path == "/theirs"
    assert sys.path == before


def test_what_is_installed_comes_first(
    service: Service, packages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Any module will do that is installed and that nothing has imported yet.
    monkeypatch.delitem(sys.modules, "colorsys", raising=False)
    (packages / "colorsys.py").write_text("raise RuntimeError('the wrong one')")
    service.write("import colorsys\n" + ROUTE.format(library="gatewright_test_library"))
    (operation,) = service.read(packages=[packages]).operations()
    assert operation.path == "/theirs"


def test_the_path_is_restored_when_the_import_fails(service: Service, packages: Path) -> None:
    service.write("import nowhere_at_all")
    before = list(sys.path)
    with pytest.raises(Exception, match="nowhere_at_all, which is not installed"):
        service.read(packages=[packages])
    assert sys.path == before


def test_a_library_is_loaded_once(service: Service, packages: Path) -> None:
    """Numpy, for one, refuses a second time in one process."""
    loads = packages / "loads"
    code = f"NAME = 'a'\nwith open({str(loads)!r}, 'a') as loads: loads.write('x')"
    (packages / "gatewright_test_library.py").write_text(code)
    service.write(ROUTE.format(library="gatewright_test_library"))
    assert service.read(packages=[packages]) == service.read(packages=[packages])
    assert loads.read_text() == "x"
