"""Which bodies reach a non-proxy integration without a mapping template, and which are a 415.

https://docs.aws.amazon.com/apigateway/latest/developerguide/integration-passthrough-behaviors.html
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from local.gaps import media_types
from local.gaps.gateway_errors import unsupported_media_type
from local.gaps.patch import Function

NON_PROXY = frozenset({"AWS", "HTTP", "MOCK"})


def is_refused(integration: Mapping[str, Any], content_type: str) -> bool:
    """Whether the passthrough behaviour forbids a body of this content type."""
    if integration.get("type") not in NON_PROXY:
        return False
    templates = integration.get("requestTemplates") or {}
    if media_types.find(templates, content_type) is not None:
        return False
    behavior = str(integration.get("passthroughBehavior") or "WHEN_NO_MATCH").upper()
    return behavior == "NEVER" or (behavior == "WHEN_NO_TEMPLATES" and bool(templates))


def by_behavior(_original: Function) -> Function:
    """Replace ministack's check, which knows NEVER only, and asks it of proxies too."""

    def check(integration: dict[str, Any], headers: Any) -> Any:
        from ministack.services import apigateway_v1

        content_type = apigateway_v1._header_ci(headers, "content-type")
        return unsupported_media_type() if is_refused(integration, content_type) else None

    return check
