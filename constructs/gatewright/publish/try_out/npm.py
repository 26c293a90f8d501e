"""A tarball unpacked as npm does it, loaded by Node."""

import json
import subprocess
import tarfile
import tempfile
from pathlib import Path

from gatewright.publish.indexes.npm import identity
from gatewright.publish.programs import node_program
from gatewright.publish.try_out.tried import Candidate, failed
from gatewright.sdk.packages.npm import MODULES

_PROGRAM = Path(__file__).with_name("npm_program.mjs")
_SECONDS = 120
_TOP = "package"


def try_npm(candidate: Candidate) -> str:
    """Load the package, and look for every operation. Raises PublishError.

    A package that depends on others than this environment has is not loaded, which is said: npm
    would have to fetch them.
    """
    tarball = candidate.package.file(".tgz")
    name, _ = identity(tarball)
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(tarball) as archive:
            # Python 3.11.2, which Debian 12 has, knows no filters and takes no such argument.
            archive.extraction_filter = getattr(tarfile, "data_filter", _as_it_is)
            archive.extractall(folder)  # noqa: S202 - it was packed here
        described = json.loads(Path(folder, _TOP, "package.json").read_text())
        needed = described.get("dependencies", {})
        if lacking := sorted(other for other in needed if not Path(MODULES, other).exists()):
            return f"not loaded, since it needs {', '.join(lacking)}"
        for other in needed:
            link = Path(folder, "node_modules", other)
            link.parent.mkdir(parents=True, exist_ok=True)
            link.symlink_to(Path(MODULES, other))
        installed = Path(folder, "node_modules", name)
        installed.parent.mkdir(parents=True, exist_ok=True)
        Path(folder, _TOP).rename(installed)
        program = Path(folder, _PROGRAM.name)
        program.write_bytes(_PROGRAM.read_bytes())
        return _run(candidate, program, name)


def _as_it_is(member: tarfile.TarInfo, _folder: str) -> tarfile.TarInfo:
    return member


def _run(candidate: Candidate, program: Path, name: str) -> str:
    ended = subprocess.run(
        [node_program(), program.name, name, json.dumps(candidate.operations)],
        cwd=program.parent,
        capture_output=True,
        text=True,
        timeout=_SECONDS,
        check=False,
    )
    if ended.returncode:
        said = [line for line in ended.stderr.splitlines() if "Error" in line or "lacks" in line]
        raise failed(candidate, said[0].strip() if said else "Node ended without a word")
    return ended.stdout.strip()
