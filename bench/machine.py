"""On what was measured: enough to compare, nothing that names a machine."""

import os
import platform
import subprocess
from importlib.metadata import version

_PACKAGES = ("aws-cdk-lib", "aws-lambda-powertools", "pydantic", "ministack")


def machine() -> dict[str, object]:
    """Its kind and cores, and the versions of what ran."""
    return {
        "system": platform.system(),
        "architecture": platform.machine(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "node": _node(),
        "packages": {name: version(name) for name in _PACKAGES},
    }


def machine_kind() -> str:
    """The name of the file for results of machines like this one: ``linux-x86_64-2-cores``."""
    return f"{platform.system()}-{platform.machine()}-{os.cpu_count()}-cores".lower()


def _node() -> str:
    shown = subprocess.run(
        ["node", "--version"],  # noqa: S607 - the one that jsii finds
        capture_output=True,
        text=True,
        check=True,
    )
    return shown.stdout.strip().removeprefix("v")
