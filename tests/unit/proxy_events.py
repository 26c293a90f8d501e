"""API Gateway proxy events (payload format 1.0), as small as the resolver allows."""

from typing import Any


def proxy_event(
    method: str, path: str, body: str | None = None, content_type: str = "application/json"
) -> dict[str, Any]:
    return {
        "resource": path,
        "path": path,
        "httpMethod": method,
        "headers": {"Content-Type": content_type} if body is not None else {},
        "multiValueHeaders": {},
        "queryStringParameters": None,
        "multiValueQueryStringParameters": None,
        "pathParameters": None,
        "stageVariables": None,
        "requestContext": {
            "stage": "live",
            "path": f"/live{path}",
            "requestId": "request-1",
            "httpMethod": method,
            "resourcePath": path,
        },
        "body": body,
        "isBase64Encoded": False,
    }
