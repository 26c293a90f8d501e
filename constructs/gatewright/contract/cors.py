"""Answers to the preflights of browsers, given by the gateway itself (Fetch standard, CORS)."""

from collections.abc import Sequence

from gatewright.contract.binding import GatewayBinding
from gatewright.contract.contract import Operation
from gatewright.contract.document import JsonObject
from gatewright.contract.lifecycle import declared_headers, response_parameters

# What clients of the platform send: tokens, keys, AWS signatures, and the headers by which HTTP
# makes a write safe to repeat or conditional (RFC 9110, Idempotency-Key draft).
ALLOWED_HEADERS = (
    "Authorization",
    "Content-Type",
    "Idempotency-Key",
    "If-Match",
    "If-None-Match",
    "X-Amz-Date",
    "X-Amz-Security-Token",
    "X-Api-Key",
)
EXPOSED_HEADERS = ("Retry-After", "x-amzn-ErrorType", "x-amzn-RequestId")

# An hour: long enough to spare most preflights, short enough that a new header is soon allowed.
MAX_AGE_SECONDS = 3600

_STATUS = "204"

# API Gateway chooses the template by the request's media type, application/json when it has
# none, and answers 500 to a mock request that no template made. These are what browsers and
# their forms send (Fetch standard, CORS-safelisted Content-Type).
EVERY_MEDIA_TYPE = (
    "application/json",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "text/plain",
)


def preflight(
    operations: list[Operation], binding: GatewayBinding, credentials: Sequence[str] = ()
) -> JsonObject:
    """The OPTIONS method of one path, for the ``operations`` on that path.

    ``credentials`` are headers that the API's authorizers read.

    A mock integration: it needs no key and no token, and reaches no backend.
    """
    methods = sorted({"OPTIONS", *(operation.method for operation in operations)})
    headers = {
        "Access-Control-Allow-Headers": ",".join(_allowed_headers(operations, credentials)),
        "Access-Control-Allow-Methods": ",".join(methods),
        "Access-Control-Max-Age": str(MAX_AGE_SECONDS),
        # One origin for everybody: the answer does not vary by who asks.
        "Access-Control-Allow-Origin": str(binding.allow_origin),
        **binding.lifecycle_headers,
    }
    declared = declared_headers(headers)
    return {
        "responses": {_STATUS: {"description": f"{_STATUS} response", "headers": declared}},
        "x-amazon-apigateway-integration": _mock(headers, binding),
    }


def _mock(headers: dict[str, str], binding: GatewayBinding) -> JsonObject:
    parameters = response_parameters(headers)
    integration: JsonObject = {
        "type": "mock",
        # Any other media type is a clear 415.
        "passthroughBehavior": "never",
        "requestTemplates": dict.fromkeys(EVERY_MEDIA_TYPE, f'{{"statusCode": {_STATUS}}}'),
        "responses": {"default": {"statusCode": _STATUS, "responseParameters": parameters}},
    }
    if binding.binary_media_types:
        # Without it a mock gets base64 instead of its template's text.
        integration["contentHandling"] = "CONVERT_TO_TEXT"
    return integration


def error_headers(binding: GatewayBinding) -> dict[str, str]:
    """What lets a page read an error and its headers; nothing where no page may call."""
    if binding.allow_origin is None:
        return {}
    return {
        "Access-Control-Allow-Origin": binding.allow_origin,
        "Access-Control-Expose-Headers": ",".join(
            (*EXPOSED_HEADERS, *sorted(binding.lifecycle_headers))
        ),
    }


def _allowed_headers(operations: list[Operation], credentials: Sequence[str]) -> list[str]:
    declared = [
        parameter["name"]
        for operation in operations
        for parameter in operation.parameters
        if parameter["in"] == "header"
    ]
    # Header names are the same in any case (RFC 9110); ours are better to read.
    by_name = {name.lower(): name for name in (*sorted(declared), *credentials, *ALLOWED_HEADERS)}
    return [by_name[name] for name in sorted(by_name)]
