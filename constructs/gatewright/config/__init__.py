"""`platform.yaml`, the one file a user edits, as frozen objects."""

from gatewright.config.load import load_platform
from gatewright.config.platform import (
    ApiConfig,
    Cors,
    Environment,
    Key,
    Plan,
    Platform,
    Quota,
    ResourceServer,
    Service,
    Table,
    Throttle,
    UnknownEnvironmentError,
)
from gatewright.config.problems import ConfigError, Problem

__all__ = [
    "ApiConfig",
    "ConfigError",
    "Cors",
    "Environment",
    "Key",
    "Plan",
    "Platform",
    "Problem",
    "Quota",
    "ResourceServer",
    "Service",
    "Table",
    "Throttle",
    "UnknownEnvironmentError",
    "load_platform",
]
