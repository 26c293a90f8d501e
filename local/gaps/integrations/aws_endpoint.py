"""Integrations of the type AWS, by what their URI names: a function, or another service.

https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-integration-types.html
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from local.gaps import response_mapping
from local.gaps.context_variables import of_request
from local.gaps.execution import current
from local.gaps.gateway_errors import configuration_error
from local.gaps.integrations import aws_service, custom_function
from local.gaps.integrations.errors import ConfigurationError
from local.gaps.integrations.function_uri import is_function
from local.gaps.integrations.request import build
from local.gaps.patch import Function
from local.gaps.vtl import TemplateError


def calling(_original: Function) -> Function:
    """Replace ministack's, which knows functions and SQS, and renders no template for either."""

    async def invoke(integration: Mapping[str, Any], *_arguments: Any, **_options: Any) -> Any:
        run = current()
        context = of_request(run)
        endpoint = custom_function if is_function(integration) else aws_service
        try:
            request = build(integration, run, context)
            return await endpoint.call(integration, request, run, context)
        except (ConfigurationError, TemplateError, response_mapping.NoResponseError) as problem:
            return configuration_error(str(problem))

    return invoke
