"""Whether an integration of the type AWS names a function or another service.

https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegration.html (uri)
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def is_function(integration: Mapping[str, Any]) -> bool:
    """`lambda:path/.../invocations`, or what ministack takes besides: a function's own ARN."""
    uri = str(integration.get("uri") or "")
    return ":apigateway:" not in uri or ":lambda:path/" in uri
