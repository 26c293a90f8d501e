"""A service's folder becomes a zip for Lambda. Pure Python, without the CDK and without Docker."""

from gatewright.bundling.bundle import Bundle, bundle_service
from gatewright.bundling.checks import bundle_checks
from gatewright.bundling.dependencies import (
    BundlingError,
    dependencies_zip,
    unpacked_dependencies,
)
from gatewright.bundling.target import HOST, LAMBDA, Target

__all__ = [
    "HOST",
    "LAMBDA",
    "Bundle",
    "BundlingError",
    "Target",
    "bundle_checks",
    "bundle_service",
    "dependencies_zip",
    "unpacked_dependencies",
]
