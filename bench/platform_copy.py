"""A copy of this checkout for measurements that edit it, with an embedded AWS of its own."""

import json
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.commands import clean_environment, free_port, seconds
from local.cdk_cli import ROOT
from local.embedded_aws import PORT_VARIABLE
from local.server_process import stop
from stacks.contracts import BUNDLES

_FILES = ("app.py", "cdk.json", "platform.yaml", "package.json")
_FOLDERS = ("stacks", "lambda_src", "local")
_STATE = ".gatewright"


@dataclass(frozen=True, kw_only=True)
class PlatformCopy:
    """The folder of the copy and the port of its embedded AWS. Packages are ours."""

    folder: Path
    port: int

    @classmethod
    def make(cls, folder: Path) -> "PlatformCopy":
        """Copy what `make up` reads; what is installed is used where it is."""
        folder.mkdir(parents=True)
        ignored = shutil.ignore_patterns("__pycache__", "*.pyc")
        for name in _FILES:
            shutil.copy(ROOT / name, folder)
        for name in _FOLDERS:
            shutil.copytree(ROOT / name, folder / name, ignore=ignored)
        (folder / "node_modules").symlink_to(ROOT / "node_modules")
        shutil.copytree(ROOT / BUNDLES, folder / BUNDLES)
        return cls(folder=folder, port=free_port())

    def environment(self) -> dict[str, str]:
        """The process environment of its commands."""
        return clean_environment(**{PORT_VARIABLE: str(self.port)})

    def up(self) -> float:
        """Run what `make up` runs when everything is installed; the seconds it took."""
        prepare = [sys.executable, "-m", "gatewright.bundling.prepare", "lambda_src", str(BUNDLES)]
        environment = self.environment()
        prepared = seconds(prepare, folder=self.folder, environment=environment)
        command = [sys.executable, "-m", "local.up"]
        return prepared + seconds(command, folder=self.folder, environment=environment)

    def down(self) -> None:
        """Stop its embedded AWS, and forget what is not installed."""
        stop(self.folder / _STATE)
        for path in (self.folder / _STATE).iterdir():
            if path.name != BUNDLES.name:
                shutil.rmtree(path) if path.is_dir() else path.unlink()

    def outputs(self) -> dict[str, Any]:
        """What `make up` left for programs."""
        found: dict[str, Any] = json.loads((self.folder / _STATE / "outputs.json").read_text())
        return found
