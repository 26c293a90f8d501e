"""Writes the JSON Schema of platform.yaml for editors: `python -m gatewright.config.schema`.

Nothing imports this module, so that running it is its only import.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from gatewright.config.json_schema import platform_schema

COMMAND = "python -m gatewright.config.schema"


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the schema file, or with `--check` exit with 1 when it is not current."""
    parser = argparse.ArgumentParser(
        prog=COMMAND, description="Writes the schema of platform.yaml."
    )
    parser.add_argument("file", nargs="?", type=Path, default=Path("platform.schema.json"))
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 when stale")
    options = parser.parse_args(arguments)
    file: Path = options.file
    text = json.dumps(platform_schema(), indent=2) + "\n"
    is_current = file.is_file() and file.read_text(encoding="utf-8") == text
    if is_current:
        print(f"{file} is current")
    elif options.check:
        print(f"{file} is not what the models say; run: {COMMAND} {file}", file=sys.stderr)
        return 1
    else:
        file.write_text(text, encoding="utf-8")
        print(f"wrote {file}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
