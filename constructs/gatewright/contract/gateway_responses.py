"""The errors that the gateway answers itself, in the shape that the functions use."""

from gatewright.contract.binding import GatewayBinding
from gatewright.contract.contract import Contract
from gatewright.contract.cors import error_headers
from gatewright.contract.document import JsonObject
from gatewright.contract.security import COGNITO

# AWS: "$context Variables for data models, authorizers, mapping templates": messageString has
# its quotes, the others have not. A template is no VTL: variables are substituted and no more.
_MESSAGE = '"message":$context.error.messageString'
_REQUEST_ID = '"request_id":"$context.requestId"'
_DETAIL = '"detail":"$context.error.validationErrorString"'

# A bucket of tokens fills every second.
_RETRY_AFTER_SECONDS = 1


def gateway_responses(binding: GatewayBinding, *, bearer: bool = False) -> JsonObject:
    """By AWS's response types ("Gateway response types"), each with its own status.

    A browser shows a page no error without the CORS headers, so every response has them. A type
    that is customised takes nothing from its default, so each says everything. ``bearer`` says that
    operations ask for tokens of that kind.
    """
    plain = f"{{{_MESSAGE},{_REQUEST_ID}}}"
    responses = {
        "BAD_REQUEST_BODY": _response(binding, f"{{{_MESSAGE},{_DETAIL},{_REQUEST_ID}}}"),
        "DEFAULT_4XX": _response(binding, plain),
        "DEFAULT_5XX": _response(binding, plain),
        "THROTTLED": _response(binding, plain, {"Retry-After": str(_RETRY_AFTER_SECONDS)}),
    }
    if bearer:
        # RFC 9110 wants a challenge with every 401; RFC 6750 names this one.
        responses["UNAUTHORIZED"] = _response(binding, plain, {"WWW-Authenticate": "Bearer"})
    return responses


def asks_for_bearer(contract: Contract) -> bool:
    """Whether some operation asks for a bearer token."""
    schemes = {COGNITO, *(item.name for item in contract.authorizers if item.reads_bearer_tokens)}
    return any(schemes & operation.schemes.keys() for operation in contract.operations())


def _response(
    binding: GatewayBinding, template: str, extra: dict[str, str] | None = None
) -> JsonObject:
    headers = {**error_headers(binding), **binding.lifecycle_headers, **(extra or {})}
    return {
        "responseParameters": {
            f"gatewayresponse.header.{name}": f"'{headers[name]}'" for name in sorted(headers)
        },
        "responseTemplates": {"application/json": template},
    }
