"""A function of a proxy that takes bytes and answers bytes."""

import base64
from typing import Any


def turn(event: dict[str, Any], context: Any) -> dict[str, Any]:  # noqa: ARG001
    """Answer the bytes that came, the last one first."""
    if not event["isBase64Encoded"]:
        return {"statusCode": 415, "body": '{"message": "a picture is image/png"}'}
    picture = base64.b64decode(event["body"])
    return {
        "statusCode": 200,
        "headers": {"Content-Type": "image/png"},
        "isBase64Encoded": True,
        "body": base64.b64encode(picture[::-1]).decode(),
    }
