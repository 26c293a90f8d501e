"""Says who called, as API Gateway tells it."""

import json
from typing import Any


def answer(event: dict[str, Any], context: Any) -> dict[str, Any]:  # noqa: ARG001
    """Say which operation it was, and what its authorizer found out."""
    about = event["requestContext"]
    found = {
        "operation": f"{event['httpMethod']} {event['resource']}",
        "authorizer": about.get("authorizer"),
        "user": about["identity"].get("userArn"),
    }
    return {
        "statusCode": 200,
        "headers": {"Content-Type": "application/json"},
        "body": json.dumps(found),
    }
