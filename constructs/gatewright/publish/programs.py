"""The programs that publish and try out, as far as this machine has them."""

import shutil
import sys
from pathlib import Path

from gatewright.publish.errors import PublishError


def npm_command() -> list[str]:
    """The command of npm. Raises PublishError where there is none."""
    return [_required("npm")]


def node_program() -> str:
    """Node's program. Raises PublishError where there is none."""
    return _required("node")


def maven_program() -> str | None:
    """Maven's program, None where there is none."""
    return shutil.which("mvn")


def _required(name: str) -> str:
    # That of the locked environment, if its own Node is installed there.
    found = shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)
    if found:
        return found
    raise PublishError(f"there is no {name}: install what requirements-sdk.txt locks, as make does")
