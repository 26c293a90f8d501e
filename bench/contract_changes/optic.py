"""Optic, which judges changes of OpenAPI documents operation by operation (MIT, Node)."""

import json
import os
import re
import subprocess
import time
from pathlib import Path

# With a newer ajv than it was made for, it does not start.
_PACKAGE = {
    "private": True,
    "dependencies": {"@useoptic/optic": "1.0.9"},
    "overrides": {"ajv": "8.12.0", "ajv-errors": "3.0.0"},
}
_OPERATION = re.compile(r"^([x✔]) ([A-Z]+ /[^\n:]*): ?", re.MULTILINE)
SECONDS = 120


def installed(folder: Path) -> Path:
    """The program, installed where it was not yet."""
    program = folder / "node_modules" / ".bin" / "optic"
    if not program.exists():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "package.json").write_text(json.dumps(_PACKAGE))
        command = ["npm", "install", "--silent", "--ignore-scripts"]
        subprocess.run(command, cwd=folder, check=True)
    return program


def breaking_operations(program: Path, old: Path, new: Path) -> tuple[set[str], float]:
    """The operations that it says break, and how many seconds it took.

    Raises RuntimeError where it refuses a document, TimeoutExpired where it takes too long.
    """
    started = time.perf_counter()
    done = subprocess.run(
        [program, "diff", old, new, "--check", "--validation", "loose"],
        env={**os.environ, "OPTIC_TELEMETRY": "false"},
        cwd=program.parent,
        capture_output=True,
        text=True,
        timeout=SECONDS,
    )
    found = {match[2]: match[1] == "x" for match in _OPERATION.finditer(done.stdout)}
    if done.returncode and not any(found.values()):
        raise RuntimeError((done.stdout + done.stderr).strip()[-300:] or "it said nothing")
    seconds = time.perf_counter() - started
    return {operation for operation, breaks in found.items() if breaks}, seconds
