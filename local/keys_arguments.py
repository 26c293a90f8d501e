"""The words that follow `make keys DO=`."""

import argparse
import re
from collections.abc import Sequence
from datetime import timedelta

from pydantic import TypeAdapter, ValidationError

from gatewright.config.values import KeyName
from local.up import ENVIRONMENT

_EXAMPLES = """\
examples:
  make keys                                         every key of the local environment
  make keys ENV=prod DO='issue acme --plan standard'
  make keys ENV=prod DO='rotate acme --overlap 7d'
  make keys ENV=prod DO=retire                      from cron or a pipeline, once an hour or a day
  make keys ENV=prod DO='list --json'

Values are printed when a key is issued or rotated, and by `show`. A key is named by its name or id.
"""
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line; `--help` and mistakes end the program, as argparse does it."""
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--json", action="store_true", default=argparse.SUPPRESS, help="print JSON, for programs"
    )
    parser = argparse.ArgumentParser(
        prog="make keys",
        usage="make keys [ENV=environment] [DO='command ...']",
        description="Lists, issues, disables and rotates the API keys of an environment.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        parents=[common],
    )
    parser.add_argument("--environment", default=ENVIRONMENT, help=argparse.SUPPRESS)
    parser.set_defaults(command="list")
    commands = parser.add_subparsers(dest="command", title="commands", metavar="command")
    _add_commands(commands, common)
    options = parser.parse_args(arguments)
    options.command = options.command or "list"
    options.json = getattr(options, "json", False)
    return options


def _add_commands(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", common: argparse.ArgumentParser
) -> None:
    def add(words: str, text: str) -> argparse.ArgumentParser:
        name = words.partition(" ")[0]
        made = commands.add_parser(name, help=text, description=text, parents=[common])
        made.prog, made.usage = "make keys", f"make keys [ENV=environment] DO='{words}'"
        return made

    add("list", "every key: name, id, plans, state; never a value")
    issuing = add("issue NAME --plan PLAN", "make a key and print its value")
    issuing.add_argument(
        "name", type=key_name, help="1 to 40 lower-case letters, digits and hyphens"
    )
    issuing.add_argument(
        "--plan",
        action="append",
        required=True,
        metavar="PLAN",
        dest="plans",
        help="a usage plan of the environment; again for another that covers other APIs",
    )
    issuing.add_argument("--description", default="", help="whose key it is")
    rotating = add(
        "rotate NAME --overlap TIME", "make a new key on the same plans, end the old one"
    )
    rotating.add_argument(
        "--overlap",
        type=overlap,
        default=timedelta(hours=24),
        metavar="TIME",
        help="how long both are accepted: 30m, 24h (the default), 7d, or 0",
    )
    named = [
        rotating,
        add("disable NAME", "stop accepting a key, until it is enabled"),
        add("enable NAME", "accept a key again, for good"),
        add("show NAME", "print the value of a key"),
    ]
    for parser in named:
        parser.add_argument("name", help="the key's name or id")
    add("retire", "disable the keys whose overlap is over; safe to run again")


def overlap(text: str) -> timedelta:
    """Read ``30m``, ``24h``, ``7d`` or ``0``."""
    found = re.fullmatch(r"([0-9]{1,4})([mhd])|0", text)
    if found is None:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a length of time: use 30m, 24h, 7d, or 0"
        )
    return timedelta(**{_UNITS[found[2]]: int(found[1])}) if found[2] else timedelta()


def key_name(text: str) -> str:
    """Read the name of a new key, by the rule of platform.yaml."""
    try:
        return TypeAdapter[str](KeyName).validate_python(text)
    except ValidationError as error:
        allowed = error.errors()[0]["ctx"]["allowed"]
        raise argparse.ArgumentTypeError(f"{text!r} is not a key's name: use {allowed}") from None
