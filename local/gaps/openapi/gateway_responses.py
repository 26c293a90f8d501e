"""`x-amazon-apigateway-gateway-responses` become gateway responses.

https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-gateway-responses.html
"""

from __future__ import annotations

import re

from local.gaps.openapi.document import Document
from local.gaps.openapi.tree import Record, Records


def gateway_responses(document: Document) -> Records:
    """The customised gateway responses by type."""
    from ministack.services import apigateway_v1

    found: Records = {}
    for kind, settings in document.section("x-amazon-apigateway-gateway-responses").items():
        if kind not in apigateway_v1._GATEWAY_RESPONSE_TYPES:
            document.refuse(f"Invalid gateway response type: {kind}")
            continue
        response: Record = apigateway_v1._default_gateway_response(kind)
        response["defaultResponse"] = False
        response["responseParameters"] = dict(settings.get("responseParameters") or {})
        status = settings.get("statusCode")
        if status is not None:
            if not re.fullmatch(r"[1-5]\d\d", str(status)):
                document.refuse(f"Invalid status code '{status}' of gateway response {kind}")
            response["statusCode"] = str(status)
        if settings.get("responseTemplates"):
            response["responseTemplates"] = dict(settings["responseTemplates"])
        found[kind] = response
    return found
