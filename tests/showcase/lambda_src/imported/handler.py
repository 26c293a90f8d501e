"""What answered the API where it came from: a Lambda proxy function."""

import json
from typing import Any


def answer(event: dict[str, Any], context: Any) -> dict[str, Any]:  # noqa: ARG001
    """Say what came; what is posted is made."""
    found = {key: event[key] for key in ("resource", "httpMethod", "pathParameters")}
    return {
        "statusCode": 201 if event["httpMethod"] == "POST" else 200,
        "headers": {"Content-Type": "application/json"},
        "body": json.dumps(found),
    }
