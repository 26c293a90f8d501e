"""The errors that API Gateway itself answers with, through the gateway responses of the API."""

from __future__ import annotations

import logging
from typing import Any

logger = logging.getLogger("gatewright.gaps")


def configuration_error(reason: str) -> Any:
    """500 as API_CONFIGURATION_ERROR. The reason goes to the log only, as on AWS."""
    from ministack.services import apigateway_v1

    logger.warning("Execution failed due to configuration error: %s", reason)
    return apigateway_v1._gw_error("API_CONFIGURATION_ERROR", "Internal server error")


def unsupported_media_type() -> Any:
    """415 as UNSUPPORTED_MEDIA_TYPE."""
    from ministack.services import apigateway_v1

    return apigateway_v1._gw_error("UNSUPPORTED_MEDIA_TYPE", "Unsupported Media Type")
