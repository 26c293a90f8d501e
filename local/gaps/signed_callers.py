"""Methods with AWS_IAM: the caller's signature is checked, and what IAM lets the caller do.

ministack does so only when it is told to do it for every call to every service (AUTH=true). Here it
is done for the calls of deployed APIs, and no others.
https://docs.aws.amazon.com/apigateway/latest/developerguide/permissions.html
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html
"""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any

from local.gaps.execution import current
from local.gaps.patch import Function, Patch

API = "ministack.services.apigateway_v1"
SERVICE = "execute-api"

_raw_path: ContextVar[str] = ContextVar("raw_path", default="")


def path_as_sent(original: Function) -> Function:
    """Remember the path before it is decoded: that is what is signed."""

    async def handle(*arguments: Any, **options: Any) -> Any:
        token = _raw_path.set(options.get("raw_path") or "")
        try:
            return await original(*arguments, **options)
        finally:
            _raw_path.reset(token)

    return handle


def checked(original: Function) -> Function:
    """Refuse a bad signature, and a caller whom no policy allows the method."""

    async def authorize(*arguments: Any) -> Any:
        error, context = await original(*arguments)
        method = arguments[2]
        if error is None and str(method.get("authorizationType")).upper() == "AWS_IAM":
            return _problem(arguments), context
        return error, context

    return authorize


def _problem(arguments: tuple[Any, ...]) -> Any:
    """What API Gateway answers a signed call, or None where it may be made."""
    from ministack.core.iam_evaluator import AuthError, resolve_principal

    account, region = arguments[-2:]
    credential = _authenticated(account, region)
    if isinstance(credential, AuthError):
        return _authentication_error(credential)
    principal = resolve_principal(credential.access_key_id, account, credential)
    if isinstance(principal, AuthError):
        return _authentication_error(principal)
    return _denial(principal, account, region)


def _authenticated(account: str, region: str) -> Any:
    from ministack.core import iam_evaluator
    from ministack.core.router import extract_access_key_id
    from ministack.core.sigv4 import foreign_authorization_failure

    run = current()
    headers = {name.lower(): str(value) for name, value in run.headers.items()}
    presigned = not headers.get("authorization")
    if not presigned and not headers["authorization"].startswith("AWS4-HMAC-SHA256"):
        refused = foreign_authorization_failure(headers)
        if refused:
            return iam_evaluator.AuthError(*refused)
    key = extract_access_key_id({} if presigned else headers, run.query if presigned else {})
    scope = _scope(headers, run.query, presigned)
    if scope is not None and scope != (region, SERVICE):
        text = f"Credential should be scoped to a valid Region, and to the service '{SERVICE}'."
        return iam_evaluator.AuthError("SignatureDoesNotMatch", text)
    iam_evaluator._signed_request.set(
        iam_evaluator.SignedRequest(
            key, run.method, _raw_path.get(), dict(run.query), headers, run.body, presigned
        )
    )
    found = iam_evaluator.authenticate(key, account)
    # A request without a key is none that was signed.
    return found or iam_evaluator.AuthError("MissingAuthorizationParameter", "no signature")


def _scope(headers: dict[str, str], query: Any, presigned: bool) -> tuple[str, str] | None:
    """The region and the service that a signature is for; both are part of its key."""
    from ministack.core.sigv4 import parse_header_signature, parse_query_signature

    found = parse_query_signature(query) if presigned else parse_header_signature(headers)
    return None if isinstance(found, tuple) else (found.region, found.service)


def _denial(principal: Any, account: str, region: str) -> Any:
    """403, unless the caller's policies and the API's allow it together.

    https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
    """
    from ministack.core.arn import execute_api_arn
    from ministack.core.iam_evaluator import (
        EvalContext,
        EvalResult,
        combine_resource_policy,
        evaluate,
    )
    from ministack.services import apigateway_v1

    run = current()
    arn = execute_api_arn(region, account, run.api_id, run.stage_name, run.method, run.path)
    context = EvalContext(
        principal_arn=principal.arn,
        principal_type=principal.type,
        principal_account=principal.account,
        action="execute-api:Invoke",
        resource_arn=arn,
        region=region,
        principal_keys=principal.keys,
    )
    # The root user of an account has no policies, and may do everything there.
    result = EvalResult("Allow")
    if principal.policies is not None:
        result = evaluate(context, principal.policies, *principal.limits)
    policy = (apigateway_v1.rest_api_policy_for_arn(arn) or ("", account))[0]
    if policy:
        result = combine_resource_policy(result, context, policy, account, limits=principal.limits)
    if result.decision == "Allow":
        return None
    explicit = " with an explicit deny" if result.decision == "Deny" else ""
    text = f"User: {principal.arn} is not authorized to perform: execute-api:Invoke on resource: "
    return apigateway_v1._gw_error("ACCESS_DENIED", f"{text}{arn}{explicit}")


def _authentication_error(error: Any) -> Any:
    from ministack.services import apigateway_v1

    kind, name = apigateway_v1._AUTHENTICATION_GATEWAY_ERRORS.get(
        error.code, ("DEFAULT_4XX", "UnrecognizedClientException")
    )
    return apigateway_v1._GatewayError(kind, error.message, name)


PATCHES = (
    Patch("ministack.app", "_handle_execute_api_request", path_as_sent),
    Patch(API, "_authorize_request_v1", checked),
)
