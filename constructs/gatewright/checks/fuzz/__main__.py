"""`python -m gatewright.checks.fuzz`."""

import sys
from collections.abc import Sequence

from gatewright.checks.errors import CheckError
from gatewright.checks.fuzz.fuzz import fuzz
from gatewright.checks.fuzz.settings import read_settings


def main(arguments: Sequence[str] | None = None) -> None:
    """The command: it ends with 1 where a check did not hold, or none could be made."""
    settings = read_settings(arguments)
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        held = fuzz(settings, lambda text: print(text, flush=True))
    except CheckError as error:
        sys.exit(f"\n{error}\n")
    except (BotoCoreError, ClientError) as error:
        sys.exit(f"\nAWS could not be asked: {error}\n")
    if not held:
        sys.exit(1)


if __name__ == "__main__":
    main()
