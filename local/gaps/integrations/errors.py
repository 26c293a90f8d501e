"""Why an integration is not called, or why its answer is not the method's."""

from __future__ import annotations


class ConfigurationError(Exception):
    """What the API says cannot be done. On AWS a 500 as API_CONFIGURATION_ERROR."""


class ConversionError(ConfigurationError):
    """A payload that cannot become what `contentHandling` asks for, or what a template takes."""
