"""Distributions in the same version, built for this machine: installed once for each set of them.

They lie beside the embedded AWS's state, so that they outlive its process and go with `make reset`.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from packaging.tags import sys_tags

from local.gaps.foreign_wheels import ForeignWheel

LONGEST = 60.0  # seconds that an installation may take

_lock = threading.Lock()
_failures: dict[Path, tuple[float, str]] = {}  # the last of each set, and when it was


class NotHereError(RuntimeError):
    """Distributions could not be installed for this machine. The text says which and what to do."""


def wheels_here(wheels: Sequence[ForeignWheel], kept: Path) -> Path:
    """The folder below ``kept`` with the distributions of the wheels, built for this machine.

    One set is installed at a time. Raises NotHereError with the installer's words.
    """
    done = kept / _key(wheels)
    if not done.exists():
        asked = time.monotonic()
        with _lock:
            _share_failure(done, asked)
            if not done.exists():
                _make(wheels, done)
    return done


def _share_failure(done: Path, asked: float) -> None:
    """Whoever waited while it failed need not wait until it fails again."""
    failed, text = _failures.get(done, (0.0, ""))
    if failed > asked:
        raise NotHereError(text)


def _key(wheels: Sequence[ForeignWheel]) -> str:
    # The folder may outlive the virtual environment and its Python.
    names = [_here(), *(wheel.requirement for wheel in wheels)]
    return hashlib.sha256("\n".join(names).encode()).hexdigest()[:16]


def _make(wheels: Sequence[ForeignWheel], done: Path) -> None:
    done.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=done.parent) as work:
        site = Path(work) / "site"
        # What is in uv's cache is good, however old, and needs no index to say so.
        if _problem(wheels, site, "--offline") and (problem := _problem(wheels, site)):
            text = _not_here(wheels, problem)
            _failures[done] = (time.monotonic(), text)
            raise NotHereError(text)
        # Renaming last means that a cut-off run leaves no half of it behind.
        site.replace(done)


def _problem(wheels: Sequence[ForeignWheel], site: Path, *options: str) -> str:
    """Install them. Returns why that did not work, or nothing."""
    command = [
        *(sys.executable, "-m", "uv", "pip", "install", "--quiet", "--no-progress", *options),
        *("--target", str(site), "--python", sys.executable),
        *("--no-deps", "--only-binary", ":all:"),
        *(wheel.requirement for wheel in wheels),
    ]
    try:
        ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=LONGEST)
    except subprocess.TimeoutExpired:
        return f"uv did not end within {LONGEST:.0f} seconds."
    return (ran.stderr.strip() or f"uv ended with {ran.returncode}.") if ran.returncode else ""


def _not_here(wheels: Sequence[ForeignWheel], problem: str) -> str:
    return (
        f"{'; '.join(map(str, wheels))}; this machine is {_here()}, and could not get the same "
        f"version for itself:\n{problem}\n"
        "A function that was bundled for Lambda runs here with this machine's wheels of its "
        "compiled distributions. Its first start needs the package index, or those wheels in uv's "
        "cache; a version that has none for this machine cannot run here."
    )


def _here() -> str:
    return str(next(sys_tags()))
