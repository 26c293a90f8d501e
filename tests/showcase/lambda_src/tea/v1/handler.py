"""The first version: a function without a library."""

import json
from typing import Any


def answer(event: dict[str, Any], context: Any) -> dict[str, Any]:  # noqa: ARG001
    """Say which path came, with a link of the answer's own."""
    return {
        "statusCode": 200,
        "headers": {"Content-Type": "application/json", "Link": '<?page=2>; rel="next"'},
        "body": json.dumps({"version": "v1", "path": event["path"]}),
    }
