"""What API Gateway's import makes of an OpenAPI document, as data.

The pages are AWS's developer guide: "Amazon API Gateway important notes" and "Quotas for
configuring and running a REST API in API Gateway".
"""

from dataclasses import dataclass
from typing import Literal

_GUIDE = "https://docs.aws.amazon.com/apigateway/latest/developerguide"
NOTES_PAGE = f"{_GUIDE}/api-gateway-known-issues.html"
QUOTAS_PAGE = f"{_GUIDE}/api-gateway-execution-service-limits-table.html"
EXTENSIONS_PAGE = f"{_GUIDE}/api-gateway-swagger-extensions.html"

EXTENSION_PREFIX = "x-amazon-apigateway-"


@dataclass(frozen=True)
class FieldRule:
    """What becomes of a field.

    ``verdict`` is ``documents`` (the gateway is not told, and accepts the same requests) or
    ``refused``. ``text`` is the note, or the reason; ``remedy`` is empty for what is not refused.
    """

    verdict: Literal["documents", "refused"]
    text: str
    page: str
    remedy: str = ""


_OURS = "is left out: the platform writes its own"

# By the field's name, in the document and in its operations.
EXTENSIONS: dict[str, FieldRule] = {
    "x-amazon-apigateway-policy": FieldRule(
        "refused",
        "a resource policy decides which requests are accepted, and is written elsewhere",
        f"{_GUIDE}/openapi-extensions-policy.html",
        "write it as resource_policy of the version in platform.yaml, and remove it here",
    ),
    "x-amazon-apigateway-binary-media-types": FieldRule(
        "refused",
        "binary media types change what the function is sent, and the platform has its own",
        f"{_GUIDE}/api-gateway-swagger-extensions-binary-media-types.html",
        "remove it, and write binary_media_types in platform.yaml",
    ),
    "x-amazon-apigateway-any-method": FieldRule(
        "refused",
        "it answers every method, and a contract names each",
        f"{_GUIDE}/api-gateway-swagger-extensions-any-method.html",
        "write an operation for each method",
    ),
    "x-amazon-apigateway-api-key-source": FieldRule(
        "documents",
        f"x-amazon-apigateway-api-key-source {_OURS}, by api_key_source in platform.yaml",
        f"{_GUIDE}/api-gateway-swagger-extensions-api-key-source.html",
    ),
    "x-amazon-apigateway-request-validator": FieldRule(
        "documents",
        f"x-amazon-apigateway-request-validator {_OURS}, which checks all that it can",
        f"{_GUIDE}/api-gateway-swagger-extensions-request-validator.html",
    ),
}

OTHER_EXTENSION = FieldRule("documents", _OURS, EXTENSIONS_PAGE)

OTHER_INTEGRATION = FieldRule(
    "documents",
    "x-amazon-apigateway-integration is left out: the handler of the version answers it",
    EXTENSIONS_PAGE,
)

PROXY_TYPES = ("aws_proxy",)
"""The types of x-amazon-apigateway-integration that hand a request to a function as it is."""

KEPT_TYPES = ("http", "http_proxy", "mock")
"""Those that are taken as they are: they need no role, and name nothing of another account."""

INTEGRATION = FieldRule(
    "refused",
    "its integration calls an AWS service, with a role and an ARN of somewhere else",
    f"{_GUIDE}/api-gateway-swagger-extensions-integration.html",
    "remove x-amazon-apigateway-integration, and write the call below integrations in "
    "platform.yaml",
)
VPC_LINK = FieldRule(
    "refused",
    "its integration goes by a VPC link of somewhere else",
    f"{_GUIDE}/api-gateway-swagger-extensions-integration.html",
    "remove x-amazon-apigateway-integration, and write http with vpc_link below integrations in "
    "platform.yaml",
)

# AWS, NOTES_PAGE: what the import ignores or drops.
DOCUMENT_FIELDS: dict[str, FieldRule] = {
    "servers": FieldRule(
        "documents", "servers is left out: the API is served at the platform's URL", NOTES_PAGE
    ),
    "host": FieldRule(
        "documents", "host is left out: the API is served at the platform's URL", NOTES_PAGE
    ),
    "basePath": FieldRule(
        "documents", "basePath is left out: paths begin at the API's own URL", NOTES_PAGE
    ),
    "schemes": FieldRule("documents", "schemes is left out: the API has https alone", NOTES_PAGE),
    "webhooks": FieldRule(
        "documents", "webhooks is left out: they are requests to somebody else", NOTES_PAGE
    ),
}
OPERATION_FIELDS: dict[str, FieldRule] = {
    "servers": DOCUMENT_FIELDS["servers"],
    "schemes": DOCUMENT_FIELDS["schemes"],
    "callbacks": FieldRule("documents", "callbacks stay in the public document alone", NOTES_PAGE),
    "deprecated": FieldRule(
        "documents", "deprecated stays in the public document alone", NOTES_PAGE
    ),
}

# What to do about a keyword of JSON Schema that OpenAPI 3.0.3 has not.
_NAMES = "name the properties, or use additionalProperties without a rule for the names"
_IN_CODE = "describe the object without it, and check it in the function"
KEYWORD_REMEDIES: dict[str, str] = {
    "prefixItems": "use an object with named properties, or a list of one type",
    "patternProperties": _NAMES,
    "propertyNames": _NAMES,
    **dict.fromkeys(("if", "then", "else", "dependentRequired", "dependentSchemas"), _IN_CODE),
    **dict.fromkeys(
        ("unevaluatedProperties",), "use additionalProperties, beside all the properties"
    ),
    **dict.fromkeys(("$dynamicRef",), "refer by a JSON pointer, such as #/components/schemas/Name"),
}
