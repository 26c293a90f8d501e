"""API Gateway proxy events (payload format 1.0), as small as the resolver allows."""

from collections.abc import Mapping
from typing import Any

REQUEST_ID = "request-1"


def proxy_event(
    method: str,
    path: str,
    body: str | None = None,
    content_type: str = "application/json",
    *,
    headers: Mapping[str, str] | None = None,
    query: Mapping[str, str] | None = None,
    subject: str | None = None,
) -> dict[str, Any]:
    """``subject`` is whom the token of a Cognito authorizer is of."""
    sent = {**({"Content-Type": content_type} if body is not None else {}), **(headers or {})}
    claims = {"claims": {"sub": subject}} if subject else {}
    return {
        "resource": path,
        "path": path,
        "httpMethod": method,
        "headers": sent,
        "multiValueHeaders": {name: [value] for name, value in sent.items()},
        "queryStringParameters": dict(query) if query else None,
        "multiValueQueryStringParameters": (
            {name: [value] for name, value in query.items()} if query else None
        ),
        "pathParameters": None,
        "stageVariables": None,
        "requestContext": {
            "stage": "live",
            "path": f"/live{path}",
            "requestId": REQUEST_ID,
            "httpMethod": method,
            "resourcePath": path,
            "authorizer": claims,
        },
        "body": body,
        "isBase64Encoded": False,
    }
