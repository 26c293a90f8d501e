"""The environment variables that the platform gives to a function."""

ALLOW_ORIGIN_VARIABLE = "CORS_ALLOW_ORIGIN"
"""The one origin that browsers may call from, or ``*``."""

SERVICE_NAME_VARIABLE = "POWERTOOLS_SERVICE_NAME"
"""The API's name in logs, metrics and traces: Powertools reads it."""

RELEASE_VARIABLE = "GATEWRIGHT_RELEASE"
"""The id of the function's release."""

HANDLER_VARIABLE = "GATEWRIGHT_HANDLER"
"""The function that answers, where the platform's own stands before it: ``shop.handler.answer``."""

ANY_BODY_VARIABLE = "GATEWRIGHT_ANY_BODY"
"""``true`` where that function checks bodies of every media type itself."""

ISSUER_VARIABLE = "GATEWRIGHT_ISSUER"
"""Whose tokens the function of a jwt authorizer takes."""

AUDIENCE_VARIABLE = "GATEWRIGHT_AUDIENCE"
"""The audiences that such a token may be for, with spaces between."""

ALGORITHMS_VARIABLE = "GATEWRIGHT_ALGORITHMS"
"""The signatures that it may have, with spaces between."""

CLOCK_SKEW_VARIABLE = "GATEWRIGHT_CLOCK_SKEW_SECONDS"
"""How far the issuer's clock may be off, in seconds."""

HEADER_VARIABLE = "GATEWRIGHT_TOKEN_HEADER"
"""The header with the token."""

CLAIMS_VARIABLE = "GATEWRIGHT_CLAIMS"
"""Claims that are handed on, with spaces between."""
WRAPPER_VARIABLE = "AWS_LAMBDA_EXEC_WRAPPER"
"""The script that starts the runtime: Lambda reads it."""

STREAM_WRAPPER = "/var/task/gatewright/runtime/stream"
"""Where Lambda unpacks the script that starts the runtime of functions that stream."""
LIFECYCLE_VARIABLE = "GATEWRIGHT_LIFECYCLE"
"""The headers of every answer of a version that is on its way out: a JSON object."""

METRICS_NAMESPACE_VARIABLE = "POWERTOOLS_METRICS_NAMESPACE"
"""Where the service's own metrics are kept apart from other platforms': Powertools reads it."""


def table_variable(table: str) -> str:
    """The variable with the name that CloudFormation gave to a table: ``TABLE_STOCK``."""
    return f"TABLE_{table.upper().replace('-', '_')}"
