"""The same platform gives the same bytes, assets included, wherever it lies.

Run as a user runs it: `python app.py` in a process of its own, twice, from two folders, with no
credentials and with every way to a network closed.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.synthesis import ROOT

# Whoever asks for a connection gets an error: no socket leaves the machine.
CLOSED = {
    "HTTP_PROXY": "http://127.0.0.1:9",
    "HTTPS_PROXY": "http://127.0.0.1:9",
    "ALL_PROXY": "http://127.0.0.1:9",
    "UV_OFFLINE": "1",
}


def _bytes(outdir: Path) -> dict[str, str]:
    return {
        path.relative_to(outdir).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(outdir.rglob("*"))
        if path.is_file()
    }


def _synthesise(root: Path, outdir: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    subprocess.run(
        [sys.executable, "app.py"],
        cwd=root,
        env=kept | CLOSED | {"CDK_OUTDIR": str(outdir)},
        check=True,
        capture_output=True,
    )
    return _bytes(outdir)


def _copy(root: Path) -> Path:
    root.mkdir(parents=True)
    for name in ("app.py", "cdk.json", "platform.yaml"):
        shutil.copy(ROOT / name, root)
    for folder in ("stacks", "lambda_src"):
        shutil.copytree(ROOT / folder, root / folder)
    shutil.copytree(ROOT / ".gatewright" / "bundles", root / ".gatewright" / "bundles")
    for bundle in (root / ".gatewright" / "bundles").glob("foods-*.zip"):
        bundle.unlink()
    return root


def test_two_folders_give_the_same_bytes(tmp_path: Path) -> None:
    here = _synthesise(_copy(tmp_path / "here"), tmp_path / "out-1")
    there = _synthesise(_copy(tmp_path / "a longer path" / "there"), tmp_path / "out-2")
    assert any(name.endswith(".zip") for name in here)
    assert there == here
