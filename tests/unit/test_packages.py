"""The folder `constructs/` must not shadow the package of that name on PyPI."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_constructs_is_pypis_and_gatewright_is_ours() -> None:
    program = (
        "import constructs, gatewright; print(constructs.__file__); print(gatewright.__file__)"
    )
    shown = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert "site-packages" in shown[0]
    assert Path(shown[1]) == ROOT / "constructs" / "gatewright" / "__init__.py"


def test_the_wheel_installs_and_holds_the_library(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    wheel = next(tmp_path.glob("gatewright-*.whl"))
    program = (
        f"import sys; sys.path.insert(0, {str(wheel)!r}); import gatewright.api.stage as s; "
        "print(s.__file__)"
    )
    shown = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert wheel.name in shown.stdout
