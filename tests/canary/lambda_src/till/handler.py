"""Answers with the name of its release; a test changes what it does besides."""

import json
import random
import time

RELEASE = "one"
RAISES = 0.0  # of its calls
SECONDS = 0.0


def handler(_event: object, _context: object) -> dict[str, object]:
    """The price."""
    time.sleep(SECONDS)
    if random.random() < RAISES:
        raise RuntimeError("a mistake in the new release")
    return {
        "statusCode": 200,
        "headers": {"Content-Type": "application/json"},
        "body": json.dumps({"release": RELEASE}),
    }
