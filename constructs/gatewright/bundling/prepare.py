"""Installs the dependencies of every service ahead, so that a synth needs no network.

``python -m gatewright.bundling.prepare <folder of services> <cache>``
"""

import sys
from pathlib import Path

from gatewright.bundling.dependencies import (
    BundlingError,
    dependencies_zip,
    unpacked_dependencies,
)
from gatewright.bundling.target import HOST, LAMBDA


def main(arguments: list[str]) -> None:
    """Fill the cache for both targets. Ends with a message if a lock cannot be installed."""
    sources, cache = (Path(argument) for argument in arguments)
    try:
        for lock in sorted(sources.glob("*/requirements.txt")):
            for target in (HOST, LAMBDA):
                dependencies_zip(lock, target, cache)
            unpacked_dependencies(lock, cache)
    except BundlingError as error:
        sys.exit(f"\n{error}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
