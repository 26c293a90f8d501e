"""Running the ordinary programs that publish packages, without showing what they are told."""

import os
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_SECONDS = 600
# What else could decide where packages go, or who publishes them; and AWS's own credentials, which
# no such program needs.
_DROPPED = ("AWS_", "TWINE_", "PIP_", "NPM_CONFIG_", "MAVEN_ARGS", "PYTHON")
_HIDDEN = "***"


@dataclass(frozen=True, kw_only=True)
class Ended:
    """How a program ended, and what it said, without secrets."""

    succeeded: bool
    output: str


def run(
    command: Sequence[str], *, folder: Path, variables: Mapping[str, str], secrets: Iterable[str]
) -> Ended:
    """Run ``command`` in ``folder``, with ``variables`` besides this machine's ordinary ones."""
    kept = {
        name: value for name, value in os.environ.items() if not name.upper().startswith(_DROPPED)
    }
    try:
        ended = subprocess.run(
            list(command),
            cwd=folder,
            env={**kept, **variables},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Ended(succeeded=False, output=f"it did not end within {_SECONDS} seconds")
    said = (ended.stdout + b"\n" + ended.stderr).decode(errors="replace")
    return Ended(succeeded=ended.returncode == 0, output=without(said, secrets))


def without(text: str, secrets: Iterable[str]) -> str:
    """``text`` with each secret hidden, longest first so that none leaves a rest."""
    for secret in sorted(secrets, key=len, reverse=True):
        text = text.replace(secret, _HIDDEN)
    return text
