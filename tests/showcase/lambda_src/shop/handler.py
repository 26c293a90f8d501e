"""An ordinary Lambda proxy function: no library, no routes."""

import json
from typing import Any


def answer(event: dict[str, Any], context: Any) -> dict[str, Any]:  # noqa: ARG001
    """Say what came."""
    body = json.loads(event["body"]) if event.get("body") else None
    found = {"resource": event["resource"], "body": body}
    if event["httpMethod"] == "DELETE":
        return {"statusCode": 204}
    status = 201 if event["httpMethod"] == "POST" else 200
    return {
        "statusCode": status,
        "headers": {"Content-Type": "application/json"},
        "body": json.dumps(found),
    }
