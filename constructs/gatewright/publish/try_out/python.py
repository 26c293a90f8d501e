"""A wheel in a folder of its own, imported by a Python of its own."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from gatewright.publish.try_out.tried import Candidate, failed

_PROGRAM = Path(__file__).with_name("python_program.py")
_SECONDS = 120


def try_python(candidate: Candidate) -> str:
    """Install and import the wheel, and look for every operation.

    What it depends on is that of this environment, in the versions that the wheel demands.
    Raises PublishError.
    """
    wheel = candidate.package.file(".whl")
    with tempfile.TemporaryDirectory() as folder:
        _run(
            candidate,
            [
                *(sys.executable, "-m", "uv", "pip", "install", "--quiet", "--offline"),
                *("--no-deps", "--target", folder, str(wheel.resolve())),
            ],
        )
        # Without the folder of this program, where a module would hide one of the same name.
        said = _run(
            candidate,
            [sys.executable, "-I", str(_PROGRAM), folder, json.dumps(candidate.operations)],
        )
    return said.strip()


def _run(candidate: Candidate, command: list[str]) -> str:
    ended = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False)
    if ended.returncode:
        said = [line for line in ended.stderr.splitlines() if line.strip()]
        raise failed(candidate, said[-1] if said else f"{command[0]} ended without a word")
    return ended.stdout
