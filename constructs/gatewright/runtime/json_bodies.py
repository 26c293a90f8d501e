"""Request bodies: JSON, and nothing else."""

from typing import Any

from aws_lambda_powertools.event_handler import ApiGatewayResolver
from aws_lambda_powertools.event_handler.middlewares.openapi_validation import (
    OpenAPIRequestValidationMiddleware,
)
from aws_lambda_powertools.event_handler.openapi.exceptions import RequestUnsupportedContentType

_JSON = "application/json"


class JsonBodies(OpenAPIRequestValidationMiddleware):
    """Validates requests as Powertools does, but takes no forms.

    Powertools reads a form wherever a route has a body, and fails on one that is broken; contracts
    declare JSON alone, and promise 415 for the rest. A body without a content type is JSON, as
    API Gateway takes it.
    """

    def _get_body(self, app: ApiGatewayResolver) -> dict[str, Any]:
        sent = app.current_event.headers.get("content-type", "")
        # RFC 9110, section 8.3.1: of either case, with parameters after a semicolon.
        media_type = sent.partition(";")[0].strip().lower()
        if media_type not in ("", _JSON):
            raise RequestUnsupportedContentType("Unsupported content type", errors=[])
        return self._parse_json_data(app)
