"""API Gateway may invoke a function only when the function's own policy says so.

The policy is that of the exact function or alias: a permission of `fn` does not cover `fn:alias`.
https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-control-access-using-iam-policies-to-invoke-api.html
"""

from __future__ import annotations

import functools
import json
from typing import Any
from urllib.parse import quote

from local.gaps.execution import current
from local.gaps.gateway_errors import configuration_error, logger
from local.gaps.integrations.function_uri import is_function
from local.gaps.patch import Function

SERVICE = "apigateway.amazonaws.com"


def problem_invoking(
    function_ref: str, source_arn: str, account_id: str, region: str
) -> str | None:
    """Why API Gateway may not invoke this function or alias, or None when it may."""
    from ministack.core.responses import request_scope
    from ministack.services import lambda_svc

    with request_scope(account_id, region):
        found, _config, name = lambda_svc._get_func_record_for_ref(function_ref)
        base, _config, _name = lambda_svc._get_base_func_record_for_ref(function_ref)
        if found is None or base is None:
            return f"the Lambda function or alias {function_ref!r} does not exist"
        arn = _qualified_arn(function_ref, lambda_svc._func_arn(name))
    # As text, since it changes in place.
    if _allows(json.dumps(base.get("policy")), arn, source_arn, account_id, region):
        return None
    return (
        f"Invalid permissions on Lambda function: no statement of the policy of {arn} allows "
        f"{SERVICE} lambda:InvokeFunction from {source_arn}. Add an AWS::Lambda::Permission "
        "with this FunctionName (the qualifier counts) and a SourceArn that matches"
    )


def _qualified_arn(function_ref: str, function_arn: str) -> str:
    _name, _colon, qualifier = function_ref.rpartition(":function:")[2].partition(":")
    if qualifier in ("", "$LATEST"):
        return function_arn
    return f"{function_arn}:{qualifier}"


@functools.lru_cache(maxsize=4096)
def _allows(policy: str, arn: str, source_arn: str, account_id: str, region: str) -> bool:
    from ministack.core.iam_evaluator import EvalContext, evaluate_resource_policy

    context = EvalContext(
        principal_arn="*",
        principal_type="Service",
        principal_account="",
        action="lambda:InvokeFunction",
        resource_arn=arn,
        region=region,
        service_context={"aws:sourcearn": source_arn, "aws:sourceaccount": account_id},
    )
    result = evaluate_resource_policy(policy, context, service=SERVICE)
    return bool(result.decision == "Allow")


def of_integration(original: Function) -> Function:
    """Refuse, with the 500 of AWS, an invocation that the function's policy does not allow.

    An integration with credentials acts as that role, so `function_role` asks.
    """

    async def invoke(integration: dict[str, Any], *arguments: Any, **options: Any) -> Any:
        asks = not integration.get("credentials") and is_function(integration)
        problem = _problem_with(integration) if asks else None
        if problem:
            return configuration_error(problem)
        return await original(integration, *arguments, **options)

    return invoke


def _problem_with(integration: dict[str, Any]) -> str | None:
    from ministack.core.arn import execute_api_arn
    from ministack.services import apigateway_v1

    run = current()
    # ministack has decoded the path; a line break in it would end what a `*` matches.
    path = quote(run.path, safe="/:@!$&'()*+,;=~")
    source = execute_api_arn(
        run.region, run.account_id, run.api_id, run.stage_name, run.method, path
    )
    reference = apigateway_v1._extract_lambda_ref_from_integration_uri(integration.get("uri") or "")
    return problem_invoking(reference, source, run.account_id, run.region)


def of_authorizer(original: Function) -> Function:
    """Refuse likewise to invoke an authorizer: 500 as AUTHORIZER_CONFIGURATION_ERROR."""

    async def invoke(authorizer: dict[str, Any], event: Any, account_id: str, region: str) -> Any:
        problem = None
        if not authorizer.get("authorizerCredentials"):
            problem = _problem_with_authorizer(authorizer, account_id, region)
        if problem:
            logger.warning("Execution failed due to an authorizer error: %s", problem)
            return None  # which ministack answers with AUTHORIZER_CONFIGURATION_ERROR
        return await original(authorizer, event, account_id, region)

    return invoke


def _problem_with_authorizer(
    authorizer: dict[str, Any], account_id: str, region: str
) -> str | None:
    from ministack.services import apigateway_v1

    api = f"arn:aws:execute-api:{region}:{account_id}:{current().api_id}"
    uri = authorizer.get("authorizerUri") or ""
    reference = apigateway_v1._extract_lambda_ref_from_integration_uri(uri)
    source = f"{api}/authorizers/{authorizer['id']}"
    return problem_invoking(reference, source, account_id, region)
