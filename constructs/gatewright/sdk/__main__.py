"""`python -m gatewright.sdk`."""

import sys
from collections.abc import Sequence

from gatewright.sdk.errors import SdkError
from gatewright.sdk.run import make_clients
from gatewright.sdk.settings import read_settings


def main(arguments: Sequence[str] | None = None) -> None:
    """The command: it ends with 1, and what to do, where a client cannot be made."""
    settings = read_settings(arguments)
    try:
        make_clients(settings, lambda text: print(text, flush=True))
    except SdkError as error:
        sys.exit(f"\n{error}\n")


if __name__ == "__main__":
    main()
