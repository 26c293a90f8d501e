"""``python -m gatewright.compare OLD NEW``: tells breaking changes from compatible ones."""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from gatewright.compare.as_json import as_json
from gatewright.compare.change import CompareError
from gatewright.compare.declared import Declarations, read_declared, unknown_apis
from gatewright.compare.document_file import read_openapi_file
from gatewright.compare.judgement import judge
from gatewright.compare.report import report
from gatewright.compare.version import is_api_version
from gatewright.config.problems import ConfigError

_EXITS = """
It ends with 0 if nothing breaks that was not declared, with 1 if something does, and with 2 if a
file cannot be read. The verdicts and their reasons: docs/guides/contract-changes.md
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """The command. Returns its exit status."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if not is_api_version(options.api.rpartition("-")[2]):
        remedy = f"give its name with one, as {options.api}-v1"
        print(
            f"\n--api: '{options.api}' does not end in an API version: {remedy}\n", file=sys.stderr
        )
        return 2
    try:
        declared: Declarations = read_declared(options.declared) if options.declared else {}
        old, new = read_openapi_file(options.old), read_openapi_file(options.new)
        for sentence in unknown_apis(declared, [options.api]):
            # The file may be about others of a platform, so that this is no more than a hint.
            if options.api not in declared:
                print(f"{options.declared}: {sentence}", file=sys.stderr)
        judgement = judge({options.api: old}, {options.api: new}, declared)
    except (CompareError, ConfigError, ValueError) as error:
        print(f"\n{error}\n", file=sys.stderr)
        return 2
    told = (
        json.dumps(as_json(judgement), indent=2, ensure_ascii=False)
        if options.json
        else report(judgement)
    )
    try:
        print(told, flush=True)
    except BrokenPipeError:
        # Who reads has enough, as `head` has. Python would write the rest when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0 if judgement.holds else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m gatewright.compare",
        description="Compares two OpenAPI documents, and tells breaking changes from compatible "
        "ones, with their reasons.",
        epilog=_EXITS,
    )
    parser.add_argument("old", type=Path, metavar="OLD", help="what is published: JSON or YAML")
    parser.add_argument("new", type=Path, metavar="NEW", help="what is to be: JSON or YAML")
    parser.add_argument("--json", action="store_true", help="for programs")
    parser.add_argument(
        "--declared", type=Path, metavar="FILE", help="breaking changes that were written down"
    )
    parser.add_argument(
        "--api",
        default="api-v1",
        metavar="NAME",
        help="the name of the API in that file, which ends in its version: foods-v1",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
