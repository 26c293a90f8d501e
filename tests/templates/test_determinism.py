"""The same platform gives the same bytes, assets included, wherever it lies.

Run as a user runs it: `python app.py` in a process of its own, twice, from two folders, with no
credentials and with the network refused.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.synthesis import ROOT

# Loaded by every Python process before its program: who connects to anything gets an error.
NO_NETWORK = """
import socket

def refuse(*_):
    raise OSError("a synthesis must not use the network")

socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = refuse
"""


def _bytes(outdir: Path) -> dict[str, str]:
    return {
        path.relative_to(outdir).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(outdir.rglob("*"))
        if path.is_file()
    }


def _synthesise(root: Path, outdir: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    closed = outdir.with_name(f"{outdir.name}-no-network")
    closed.mkdir()
    (closed / "sitecustomize.py").write_text(NO_NETWORK)
    subprocess.run(
        [sys.executable, "app.py"],
        cwd=root,
        env=kept | {"CDK_OUTDIR": str(outdir), "PYTHONPATH": str(closed), "UV_OFFLINE": "1"},
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


@pytest.mark.long
def test_two_folders_give_the_same_bytes(tmp_path: Path) -> None:
    here = _synthesise(_copy(tmp_path / "here"), tmp_path / "out-1")
    there = _synthesise(_copy(tmp_path / "a longer path" / "there"), tmp_path / "out-2")
    assert any(name.endswith(".zip") for name in here)
    assert there == here
