"""Programs that build a package from sources."""

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from gatewright.sdk.errors import SdkError

_LINES = 12


def run_tool(
    what: str, command: Sequence[str], folder: Path, variables: Mapping[str, str] | None = None
) -> None:
    """Run a program in a folder. ``what`` begins the SdkError that is raised where it fails."""
    try:
        subprocess.run(
            command, cwd=folder, env=variables, check=True, capture_output=True, text=True
        )
    except OSError as error:
        raise SdkError(f"{what}: {error}", "install what requirements-sdk.txt locks") from error
    except subprocess.CalledProcessError as error:
        said = [line for line in f"{error.stdout}{error.stderr}".splitlines() if line.strip()]
        # A traceback has its reason at the end.
        chosen = said[-_LINES:] if said and said[0].startswith("Traceback") else said[:_LINES]
        lines = "\n    ".join(chosen)
        raise SdkError(
            f"{what}: {Path(command[0]).name} failed:\n    {lines}",
            "the generated code is not what the compiler expects; see if the document uses a name "
            "that the language reserves, or a text with quotes or line breaks",
        ) from error
