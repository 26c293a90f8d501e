"""The resolver that a service declares its routes on."""

import os
import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, ClassVar

from aws_lambda_powertools.event_handler import APIGatewayRestResolver, Response, content_types
from aws_lambda_powertools.event_handler.exceptions import ServiceError
from aws_lambda_powertools.event_handler.openapi.exceptions import (
    RequestUnsupportedContentType,
    RequestValidationError,
)
from aws_lambda_powertools.logging import Logger
from aws_lambda_powertools.metrics import Metrics

from gatewright.runtime.base_path import without_base_path
from gatewright.runtime.json_bodies import JsonBodies
from gatewright.runtime.lifecycle import add_lifecycle, lifecycle_headers
from gatewright.runtime.variables import ALLOW_ORIGIN_VARIABLE, RELEASE_VARIABLE

# Of an answer, a page may read few headers unless it is told (Fetch standard, "CORS-safelisted
# response-header name").
_EXPOSED_HEADERS = "ETag,Location,Retry-After,x-amzn-RequestId"

_PARAMETER = re.compile(r"<(\w+)>")


class RestApp(APIGatewayRestResolver):
    """Powertools' REST resolver, answering errors in the shape the gateway uses.

    Every error body is ``{"message": ..., "request_id": ...}``, whether API Gateway or the
    function wrote it, so that a client needs one way to read errors:

    - input that breaks the route's types: 400, with the offending places in ``errors``
    - a body of an undeclared content type: 415
    - a ``ServiceError`` (``BadRequestError``, ``NotFoundError``, ...): its own status
    - anything else: logged with its stack trace, answered 500 without details

    The gateway's request id is in that body, in the gateway's access log, and as
    ``correlation_id`` in every line that the function logs with a ``Logger`` of its own. Metrics
    that a route adds to ``metrics`` are written when it has answered.

    A Lambda proxy integration passes headers through unchanged, so the function itself adds
    ``Access-Control-Allow-Origin``; the gateway does the same on the answers that it gives.
    See AWS: "CORS for REST APIs in API Gateway". Of a version that is deprecated, each answer says
    so as well.
    """

    validation_status: ClassVar[int] = HTTPStatus.BAD_REQUEST.value

    def __init__(self, *, metrics: Metrics | None = None) -> None:
        super().__init__(enable_validation=True)
        self._request_validation_middleware = JsonBodies()  # type: ignore[no-untyped-call]
        self._metrics = metrics
        self._logger = Logger()
        # Not an argument: those are ignored where the service made its Logger before.
        self._logger.append_keys(release=os.environ.get(RELEASE_VARIABLE))
        self.exception_handler(RequestValidationError)(self._invalid_request)
        self.exception_handler(RequestUnsupportedContentType)(self._unsupported_content_type)
        self.exception_handler(ServiceError)(self._service_error)
        self.exception_handler(Exception)(self._unexpected_error)

    def resolve(self, event: Mapping[str, Any], context: Any) -> dict[str, Any]:
        """Answer one API Gateway proxy event (payload format 1.0)."""
        request_id = event["requestContext"]["requestId"]
        self._logger.set_correlation_id(request_id)
        # A domain's base path is not the contract's.
        answer = super().resolve(dict(without_base_path(event)), context)
        self._write_metrics(request_id)
        headers = answer["multiValueHeaders"] = add_lifecycle(answer["multiValueHeaders"])
        if origin := os.environ.get(ALLOW_ORIGIN_VARIABLE):
            exposed = [_EXPOSED_HEADERS, *lifecycle_headers()]
            headers["Access-Control-Allow-Origin"] = [origin]
            headers["Access-Control-Expose-Headers"] = [",".join(exposed)]
        return answer

    @staticmethod
    def _compile_regex(rule: str, base_regex: str = "^{}/*$") -> re.Pattern[str]:
        # Powertools lists the characters of a path's values, and answers 404 to one with others.
        # API Gateway has found the route already: what is between slashes is the value.
        return re.compile(base_regex.format(_PARAMETER.sub(r"(?P<\1>[^/]+)", rule)))

    def _write_metrics(self, request_id: str) -> None:
        # Powertools warns of a flush without metrics.
        if self._metrics is None or not self._metrics.metric_set:
            return
        self._metrics.add_metadata("correlation_id", request_id)
        try:
            self._metrics.flush_metrics()
        # What the request did is done: a metric that cannot be written must not undo its answer.
        except Exception as error:
            self._metrics.provider.clear_metrics()
            self._logger.exception("metrics not written", exc_info=error)

    def _invalid_request(self, error: RequestValidationError) -> Response[Any]:
        # The values are left out: what a caller sent may be a secret, and answers are logged.
        places = [{"loc": found["loc"], "type": found["type"]} for found in error.errors()]
        # Powertools uses the same error for an answer that breaks the route's types.
        if any(place["loc"][:1] == ("response",) for place in places):
            return self._unexpected_error(error)
        return self.error(HTTPStatus.BAD_REQUEST, "Invalid request", errors=places)

    def _unsupported_content_type(self, _error: RequestUnsupportedContentType) -> Response[Any]:
        return self.error(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "Unsupported content type, use application/json"
        )

    def _service_error(self, error: ServiceError) -> Response[Any]:
        return self.error(error.status_code, str(error.msg))

    def _unexpected_error(self, error: Exception) -> Response[Any]:
        self._logger.exception("unhandled error", exc_info=error)
        return self.error(HTTPStatus.INTERNAL_SERVER_ERROR, "Internal server error")

    def error(self, status: int, message: str, **details: Any) -> Response[Any]:
        """An error answer in the shape that every error of the API has."""
        body = {"message": message, **details}
        body["request_id"] = self.current_event.request_context.request_id
        return Response(
            status_code=int(status), content_type=content_types.APPLICATION_JSON, body=body
        )
