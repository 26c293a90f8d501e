"""`python -m gatewright.contract FILE`: tells whether an API description can be served, and how."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from gatewright.contract.spec_first import ReadDescription, read_description
from gatewright.contract.spec_first.report import report

COMMAND = "python -m gatewright.contract"


def main(arguments: Sequence[str] | None = None) -> int:
    """The command. 0: it can be served; 1: it is refused; 2: it was called wrongly."""
    arguments = sys.argv[1:] if arguments is None else arguments
    if arguments[:1] == ["import"]:
        from gatewright.contract.imports.command import main as import_contract

        return import_contract(arguments[1:])
    options = _arguments(arguments)
    file: Path = options.file
    found = _read(options, backend_validates=options.backend_validates)
    told = report(str(file), found, places=None if options.all else 3)
    if found.contract is None and not options.backend_validates:
        told += "\n" + _with_validation(_read(options, backend_validates=True))
    # A text of JSON may hold half of a character, which no terminal can be sent.
    print(told.encode("utf-8", "backslashreplace").decode())
    return 0 if found.contract else 1


def _with_validation(found: ReadDescription) -> str:
    """What would be left if the function checked what API Gateway does not."""
    left = f"{len(found.problems)} problems are left" if found.problems else "it can be served"
    return f"\nWhere the function checks the rest (backend_validates: true), {left}."


def _read(options: argparse.Namespace, *, backend_validates: bool) -> ReadDescription:
    file: Path = options.file
    return read_description(
        file=file,
        folder=options.folder or file.parent,
        name=options.service or file.resolve().parent.name,
        version="v1",
        title=file.stem,
        backend_validates=backend_validates,
        shown_from=_shown_from(file),
    )


def _shown_from(file: Path) -> Path:
    here = Path.cwd()
    return here if file.resolve().is_relative_to(here) else Path(file.anchor or "/")


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog=COMMAND,
        description="Reads an OpenAPI 3.0, OpenAPI 3.1 or Swagger 2.0 description, and tells what "
        "API Gateway cannot keep of it (refused), what is written otherwise for it (rewritten) and "
        "what it is not told (documents only).",
        epilog=f"`{COMMAND} import SOURCE` makes such a file of a SAM template, or of an exported "
        "document. Exit status: 0 it can be served, 1 it is refused, 2 wrong arguments.",
    )
    parser.add_argument("file", type=Path, help="the description: YAML or JSON")
    parser.add_argument(
        "--folder", type=Path, help="what $ref may not leave; default: the folder of the file"
    )
    parser.add_argument(
        "--service", help="the service that scopes are of; default: the name of the file's folder"
    )
    parser.add_argument(
        "--backend-validates",
        action="store_true",
        help="the function checks what API Gateway does not, as backend_validates: true says",
    )
    parser.add_argument("--all", action="store_true", help="every place, and not three of a kind")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
