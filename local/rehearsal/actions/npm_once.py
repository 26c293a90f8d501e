"""npm, for builds that install the same programs at the same time into one place.

Run as a program: ``npm_once.py <lock> <program> ... -- <npm arguments>``. Global installations go
one after the other, and one that is there already in the version that is asked for ends at once.
Everything else is npm's.
"""

import fcntl
import json
import os
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

_INSTALL = ("install", "i", "add")
_GLOBAL = ("-g", "--global", "--location=global")
_EXACT = re.compile(r"(?P<name>(@[^/@]+/)?[^/@]+)@(?P<version>\d+\.\d+\.\d+[-+.\w]*)")


def is_global_install(arguments: Sequence[str]) -> bool:
    """Whether npm would install programs for all."""
    commands = [argument for argument in arguments if not argument.startswith("-")]
    return bool(commands) and commands[0] in _INSTALL and not set(_GLOBAL).isdisjoint(arguments)


def is_there(spec: str, prefix: Path) -> bool:
    """Whether ``name@version`` is installed. Which version a range means, only npm knows."""
    found = _EXACT.fullmatch(spec)
    if found is None:
        return False
    try:
        package = json.loads(
            (prefix / f"lib/node_modules/{found['name']}/package.json").read_text()
        )
    except (OSError, ValueError):
        return False
    return bool(package.get("version") == found["version"])


def main(arguments: Sequence[str], variables: Mapping[str, str]) -> None:
    """Run npm in place of this process, or end when nothing is to be done."""
    lock, *rest = arguments
    split = rest.index("--")
    program, asked = rest[:split], rest[split + 1 :]
    if is_global_install(asked):
        held = os.open(lock, os.O_CREAT | os.O_RDWR, 0o600)
        fcntl.flock(held, fcntl.LOCK_EX)
        os.set_inheritable(held, True)  # npm holds it until it ends
        specs = [argument for argument in asked if not argument.startswith("-")][1:]
        prefix = Path(variables["npm_config_prefix"])
        if specs and all(is_there(spec, prefix) for spec in specs):
            print(f"up to date: {' '.join(specs)}", flush=True)
            return
    os.execv(program[0], [*program, *asked])  # noqa: S606 - the program that was asked for


if __name__ == "__main__":
    main(sys.argv[1:], os.environ)
