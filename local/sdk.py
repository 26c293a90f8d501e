"""`make sdk`: the clients of every API, from the documents in dist."""

import os
import subprocess
import sys
from collections.abc import Sequence

from gatewright.config import ConfigError, Platform, load_platform
from local.cdk_cli import ROOT
from local.progress import fail

PYTHON = ROOT / ".gatewright" / "sdk" / "bin" / "python"
"""The Python of the environment that `requirements-sdk.txt` locks."""


def arguments_for(platform: Platform, given: Sequence[str]) -> list[str]:
    """The arguments of `gatewright.sdk`, with what is ``given`` behind them."""
    documents, target = ROOT / "dist" / "openapi", ROOT / "dist" / "sdk"
    changelogs = sorted(str(file) for file in (ROOT / "dist" / "changelogs").glob("*.md"))
    told = ["--changelog", *changelogs] if changelogs else []
    return [str(documents), str(target), "--project", platform.project, *told, *given]


def main() -> None:
    """The command."""
    try:
        platform = load_platform(ROOT / "platform.yaml")
    except ConfigError as error:
        fail(error)
    command = [str(PYTHON), "-m", "gatewright.sdk", *arguments_for(platform, sys.argv[1:])]
    variables = {"PYTHONPATH": str(ROOT / "constructs")}
    sys.exit(subprocess.run(command, env={**os.environ, **variables}, check=False).returncode)


if __name__ == "__main__":
    main()
