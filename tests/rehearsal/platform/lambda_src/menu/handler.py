"""An ordinary Lambda proxy function behind a contract that is a file."""

import json
from typing import Any


def answer(event: dict[str, Any], context: Any) -> dict[str, Any]:  # noqa: ARG001
    """Hand back the dish that came, or list the one that there is."""
    cooked = event["httpMethod"] == "POST"
    return {
        "statusCode": 201 if cooked else 200,
        "headers": {"Content-Type": "application/json"},
        "body": event["body"] if cooked else json.dumps([{"name": "soup"}]),
    }
