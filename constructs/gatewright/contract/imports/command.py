"""`python -m gatewright.contract import SOURCE > openapi.yaml`."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import yaml

from gatewright.contract.imports.exported import clean
from gatewright.contract.imports.imported import Imported, ImportingError, report
from gatewright.contract.imports.sam import convert, is_template
from gatewright.contract.imports.template_text import read_template
from gatewright.yaml12 import CoreSchemaDumper

COMMAND = "python -m gatewright.contract import"


class _Dumper(CoreSchemaDumper):
    """Writes a value again where it stands twice: anchors are nobody's idea of a contract."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002
        return True


def main(arguments: Sequence[str]) -> int:
    """The command. 0: a contract is written; 1: none can be made."""
    options = _arguments(arguments)
    try:
        made = _imported(options.source, options.api)
    except ImportingError as error:
        print(f"{options.source}: {error}", file=sys.stderr)
        return 1
    yaml.dump(made.document, sys.stdout, _Dumper, sort_keys=False, allow_unicode=True, width=100)
    print(report(str(options.source), made), file=sys.stderr)
    print("\nNext: python -m gatewright.contract <the file>", file=sys.stderr)
    return 0


def _imported(source: Path, api: str | None) -> Imported:
    found = read_template(source)
    try:
        if is_template(found):
            return convert(found, source, api)
        return clean(found, title=source.stem)
    # Somewhere in it is a list for an object, or the like, as nothing deployed can have.
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        raise ImportingError(
            f"A part of it is of another kind than AWS takes ({error}). Check it with `sam "
            "validate --lint`, or export the API that is deployed."
        ) from error


def _arguments(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog=COMMAND,
        description="Writes the contract of a REST API that is deployed by a SAM or CloudFormation "
        "template, or that `aws apigateway get-export` wrote, to standard output, and what was "
        "not carried over to standard error.",
        epilog="Exit status: 0 a contract is written, 1 none can be made, 2 wrong arguments.",
    )
    parser.add_argument("source", type=Path, help="the template, or the exported document")
    parser.add_argument("--api", help="the logical id of the API, where a template has several")
    return parser.parse_args(arguments)
