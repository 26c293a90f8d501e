"""Warns of versions that answer longer than was announced."""

import sys
from datetime import UTC, datetime

from gatewright.config import Platform, past_sunsets


def warn_of_past_sunsets(platform: Platform) -> None:
    """Say on stderr which versions they are. It fails nothing, and no template has today in it."""
    for line in past_sunsets(platform, datetime.now(UTC).date()):
        print(f"Warning: {line}", file=sys.stderr)
