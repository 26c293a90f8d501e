"""`${stageVariables.name}` in integration and authorizer settings is the stage's value of it.

https://docs.aws.amazon.com/apigateway/latest/developerguide/aws-api-gateway-stage-variables-reference.html
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from local.gaps.execution import current
from local.gaps.gateway_errors import configuration_error, logger
from local.gaps.patch import Function

_REFERENCE = re.compile(r"\$\{stageVariables\.([A-Za-z0-9_]+)\}")
_IN_INTEGRATION = ("uri", "credentials")
_IN_AUTHORIZER = ("authorizerUri", "authorizerCredentials")


class MissingStageVariableError(KeyError):
    """A setting names a variable that the stage lacks. Its argument says which and where."""


def substitute(text: str, variables: Mapping[str, str]) -> str:
    """The text with its references replaced; MissingStageVariableError for a missing one."""

    def value(match: re.Match[str]) -> str:
        if match[1] not in variables:
            raise MissingStageVariableError(f"stage variable {match[1]} of {text!r} is not set")
        return str(variables[match[1]])

    return _REFERENCE.sub(value, text)


def resolved(record: dict[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    """A copy of the record with these settings as they are on the stage of the current request."""
    found = {key: record[key] for key in keys if "${" in str(record.get(key) or "")}
    if not found:
        return record
    variables = current().stage_variables
    return record | {key: substitute(text, variables) for key, text in found.items()}


def in_integration(original: Function) -> Function:
    """Call the integration at the address the stage gives; without the variable it is a 500."""

    async def invoke(integration: dict[str, Any], *arguments: Any, **options: Any) -> Any:
        try:
            integration = resolved(integration, _IN_INTEGRATION)
        except MissingStageVariableError as problem:
            return configuration_error(problem.args[0])
        return await original(integration, *arguments, **options)

    return invoke


def in_authorizer(original: Function) -> Function:
    """Call the authorizer function that the stage names; without the variable it is a 500."""

    async def invoke(authorizer: dict[str, Any], *arguments: Any) -> Any:
        try:
            authorizer = resolved(authorizer, _IN_AUTHORIZER)
        except MissingStageVariableError as problem:
            logger.warning("Execution failed due to an authorizer error: %s", problem.args[0])
            return None  # which ministack answers with AUTHORIZER_CONFIGURATION_ERROR
        return await original(authorizer, *arguments)

    return invoke


def in_user_pools(original: Function) -> Function:
    """Read the user pool ARNs of a Cognito authorizer as the stage gives them."""

    def issuers(authorizer: dict[str, Any]) -> Any:
        pools = authorizer.get("providerARNs") or []
        if not any("${" in pool for pool in pools):
            return original(authorizer)
        try:
            variables = current().stage_variables
            return original(
                {**authorizer, "providerARNs": [substitute(p, variables) for p in pools]}
            )
        except MissingStageVariableError as problem:
            logger.warning("Execution failed due to an authorizer error: %s", problem.args[0])
            return original({**authorizer, "providerARNs": []})

    return issuers
