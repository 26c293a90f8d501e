"""The command lines of `make release-status`, `-promote`, `-abort`, `-rollback` and `-sweep`."""

import argparse
from collections.abc import Sequence

from local.up import ENVIRONMENT

_EXAMPLES = """\
examples:
  make release-status ENV=prod                          what each API serves, and what is on its way
  make release-promote API=foods-v1 ENV=prod            the canary is healthy: end its bake now
  make release-abort API=foods-v1 ENV=prod              it is not: roll the release back
  make release-rollback API=foods-v1 ENV=prod           go back to the release before, at once
  make release-rollback API=foods-v1 ENV=prod ARGS='--to r-1f3a9c2e77-7'
  make release-sweep ENV=prod ARGS='--keep 5 --dry-run' what would be removed
"""


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line; `--help` and mistakes end the program, as argparse does it."""
    parser = argparse.ArgumentParser(
        prog="make release-...",
        description="The releases of an environment, here or on AWS.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--environment", default=ENVIRONMENT, help="the environment (ENV=)")
    commands = parser.add_subparsers(dest="command", required=True)
    status = commands.add_parser("status", help="what is served, and what is on its way")
    status.add_argument("--api", help="of one API alone (API=)")
    status.add_argument("--json", action="store_true", help="for programs")
    for name, text in (
        ("promote", "end a bake as healthy"),
        ("abort", "end a bake and roll the release back"),
    ):
        _api(commands.add_parser(name, help=text))
    rollback = _api(commands.add_parser("rollback", help="serve an earlier release, at once"))
    rollback.add_argument("--to", metavar="ALIAS", help="in place of the one before")
    rollback.add_argument("--yes", action="store_true", help="do not ask")
    sweep = commands.add_parser("sweep", help="remove what nobody can go back to any more")
    sweep.add_argument("--api", help="of one API alone (API=)")
    sweep.add_argument(
        "--keep",
        type=_positive,
        help="the last releases that stay; those of the environment's keep_releases if absent",
    )
    sweep.add_argument("--dry-run", action="store_true", help="say what would be removed")
    return parser.parse_args(arguments)


def _api(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("--api", required=True, help="the API, such as foods-v1 (API=)")
    parser.add_argument("--stage", help="one of several stages; the first when absent")
    return parser


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError("a whole number of releases, 1 or more")
    return int(text)
