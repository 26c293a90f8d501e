"""``runtime-versions`` of a build specification, beside what this machine has."""

import shutil
import subprocess
from collections.abc import Iterator, Mapping

_PROGRAMS = {"nodejs": "node", "python": "python3"}


def runtime_lines(wanted: Mapping[str, str], path: str) -> Iterator[str]:
    """A line for each runtime: whether the one on ``path`` is the version that is wanted."""
    for runtime, version in wanted.items():
        found = _version(runtime, path)
        if found is None:
            yield f"Runtime {runtime} {version}: a rehearsal does not know what is here"
        elif _is(found, version):
            yield f"Runtime {runtime} {version}: here {found}"
        else:
            yield f"Runtime {runtime} {version}: here {found}, which this build takes instead"


def _version(runtime: str, path: str) -> str | None:
    program = shutil.which(_PROGRAMS.get(runtime, ""), path=path)
    if program is None:
        return None
    shown = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    words = shown.stdout.split()
    return words[-1].removeprefix("v") if words else None


def _is(found: str, wanted: str) -> bool:
    if wanted == "latest":
        return True
    return f"{found}.".startswith(f"{wanted.removesuffix('.x')}.")
