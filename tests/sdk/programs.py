"""Programs that the tests of the clients need, and what READMEs tell to call."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from local.sdk import PYTHON

NODE = PYTHON.parent / "node"
NPM = PYTHON.parent / "npm"
GENERATOR_JAR = "openapi_generator_cli/openapi-generator.jar"
JDK = "openjdk-17-jdk-headless"
"""Debian's package of a Java compiler."""

_SECONDS = 120


def run(command: list[str], folder: Path | None = None, **variables: str) -> str:
    """What a program says. It fails the test, with all of that, where the program fails."""
    found = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "PATH": f"{PYTHON.parent}:{os.environ['PATH']}", **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=_SECONDS,
        check=False,
    )
    assert found.returncode == 0, f"{' '.join(command)}\n{found.stdout}"
    return found.stdout


def needed(name: str, package: str) -> str:
    """The path of a program; the test is skipped where it is not, with what would bring it."""
    path = shutil.which(name)
    if path is None:
        pytest.skip(f"there is no {name} on this machine; Debian: apt-get install {package}")
    return path


def generator_jar() -> Path:
    """The generator's jar, which has Jackson in it."""
    return next(PYTHON.parent.parent.glob(f"lib/python3.*/site-packages/{GENERATOR_JAR}"))


def readme_call(sources: Path, language: str) -> str:
    """The code in the section Call of a README."""
    call = (sources / "README.md").read_text().split("\n## Call\n")[1]
    found = re.search(rf"^```{language}\n(.*?)^```$", call, re.DOTALL | re.MULTILINE)
    assert found is not None, call
    return found[1]
