"""`platform.yaml`, the one file a user edits, as frozen objects."""

from gatewright.config.authorizer_sections import AuthorizerFields
from gatewright.config.domain_sections import Domain
from gatewright.config.load import load_platform
from gatewright.config.operations import check_operations
from gatewright.config.past_sunsets import past_sunsets
from gatewright.config.pipeline import Pipeline, Wave
from gatewright.config.platform import (
    AccountThrottle,
    ApiConfig,
    Cors,
    Environment,
    Key,
    MethodLimit,
    Plan,
    Platform,
    Quota,
    ResourceServer,
    Service,
    Table,
    TableAccess,
    Throttle,
    UnknownEnvironmentError,
)
from gatewright.config.problems import ConfigError, Problem

__all__ = [
    "AccountThrottle",
    "ApiConfig",
    "AuthorizerFields",
    "ConfigError",
    "Cors",
    "Domain",
    "Environment",
    "Key",
    "MethodLimit",
    "Pipeline",
    "Plan",
    "Platform",
    "Problem",
    "Quota",
    "ResourceServer",
    "Service",
    "Table",
    "TableAccess",
    "Throttle",
    "UnknownEnvironmentError",
    "Wave",
    "check_operations",
    "load_platform",
    "past_sunsets",
]
