"""Where a bundle will run: Lambda's platform, or this machine for the embedded AWS."""

import platform
import sys
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Target:
    """The interpreter and platform that compiled dependencies are chosen for.

    ``python_version`` is ``major.minor``; ``platform`` is a name that ``uv pip install
    --python-platform`` accepts, or None for the machine that bundles.
    """

    python_version: str
    platform: str | None

    @property
    def label(self) -> str:
        """A name that differs wherever the installed files may differ."""
        host = f"{sys.platform}-{platform.machine()}"
        return f"py{self.python_version}-{self.platform or host}"


LAMBDA = Target(python_version="3.14", platform="aarch64-manylinux_2_28")
"""Lambda's python3.14 on arm64, which runs on Amazon Linux 2023 (glibc 2.34).

AWS: "Lambda runtimes", "Building Lambda functions with Python".
"""

HOST = Target(python_version=f"{sys.version_info.major}.{sys.version_info.minor}", platform=None)
"""This machine: the embedded AWS runs functions with the interpreter that runs itself."""
