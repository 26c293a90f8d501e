"""Answers with what tells one answer from another: the edition, the stage, and a number."""

import json
import uuid
from typing import Any

EDITION = "morning"


def answer(event: dict[str, Any], context: Any) -> dict[str, Any]:  # noqa: ARG001
    """Say who answers, and what came."""
    found = {
        "edition": EDITION,
        "stage": event["requestContext"]["stage"],
        "greeting": (event.get("stageVariables") or {}).get("greeting"),
        "path": event["path"],
        "query": event.get("queryStringParameters"),
        "answer": uuid.uuid4().hex,
    }
    return {
        "statusCode": 200,
        "headers": {"Content-Type": "application/json"},
        "body": json.dumps(found),
    }
