"""`python -m gatewright.sdk.prepare`: lets the generator start quickly from now on.

It is run once, after the packages are installed, and never decides whether clients can be made:
without what it leaves, the generator only starts more slowly.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from gatewright.sdk.document import ApiDocument
from gatewright.sdk.errors import SdkError
from gatewright.sdk.generator import Generation, write_configuration
from gatewright.sdk.java import find_java
from gatewright.sdk.languages import LANGUAGES
from gatewright.sdk.names import names_of

_EXAMPLE = Path(__file__).parent / "example.json"
_SECONDS = 120


def prepare() -> None:
    """Generate a small example in every language, and record what the generator loads for it."""
    java = find_java()
    if java.cache is None:
        return
    document = ApiDocument("example-v1", "1.0.0", json.loads(_EXAMPLE.read_text()))
    names = names_of(document, "example", "")
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        configurations = [
            write_configuration(
                Generation(
                    document=document,
                    names=names,
                    language=one,
                    folder=work / one.name,
                    work=work / "work" / one.name,
                    log=work / "log",
                )
            )
            for one in LANGUAGES
        ]
        command = java.recording_command("batch", *map(str, configurations))
        subprocess.run(command, check=False, capture_output=True, timeout=_SECONDS)


if __name__ == "__main__":
    try:
        prepare()
    except (SdkError, subprocess.TimeoutExpired) as error:
        sys.exit(f"\n{error}\n")
