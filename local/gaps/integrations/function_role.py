"""A function integration with credentials: its role must be allowed to invoke the function.

https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-custom-integrations.html
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from local.gaps.execution import current
from local.gaps.gateway_errors import configuration_error
from local.gaps.integrations import service_role
from local.gaps.integrations.errors import ConfigurationError
from local.gaps.integrations.function_uri import is_function
from local.gaps.patch import Function

ACTION = "lambda:InvokeFunction"


def asking(original: Function) -> Function:
    """Refuse, with the 500 of AWS, what the role may not invoke."""

    async def invoke(integration: Mapping[str, Any], *arguments: Any, **options: Any) -> Any:
        credentials = str(integration.get("credentials") or "")
        if credentials and is_function(integration):
            try:
                _check(str(integration.get("uri") or ""), credentials)
            except ConfigurationError as problem:
                return configuration_error(str(problem))
        return await original(integration, *arguments, **options)

    return invoke


def _check(uri: str, credentials: str) -> None:
    from ministack.services import apigateway_v1

    run = current()
    arn = apigateway_v1._extract_lambda_ref_from_integration_uri(uri)
    call = service_role.Call("lambda", ACTION, (arn,), run.region, run.account_id)
    principal = service_role.denied(call, credentials, run)
    if principal:
        raise ConfigurationError(f"{principal} is not authorized to perform {ACTION} on {arn}")
