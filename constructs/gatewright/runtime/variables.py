"""The environment variables that the platform gives to a function."""

ALLOW_ORIGIN_VARIABLE = "CORS_ALLOW_ORIGIN"
"""The one origin that browsers may call from, or ``*``."""

SERVICE_NAME_VARIABLE = "POWERTOOLS_SERVICE_NAME"
"""The API's name in logs, metrics and traces: Powertools reads it."""

RELEASE_VARIABLE = "GATEWRIGHT_RELEASE"
"""The id of the function's release."""
