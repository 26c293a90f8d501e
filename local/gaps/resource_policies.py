"""A resource policy says who may call an API at all: also of those who sign nothing.

ministack asks it of callers who sign, and of others only with AUTH=true. With a Lambda authorizer
a denial comes before the function is asked, and something must allow the call as well; with user
pools, the token is looked at first.
https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
"""

from __future__ import annotations

from typing import Any

from local.gaps.execution import TEST_STAGE, current
from local.gaps.patch import Function, Patch

API = "ministack.services.apigateway_v1"


def asked(original: Function) -> Function:
    """Refuse whom the policy does not allow: 403."""

    async def authorize(*arguments: Any) -> Any:
        method = arguments[2]
        kind = str(method.get("authorizationType") or "NONE").upper()
        # Who signs is known by name: local/gaps/signed_callers.py.
        if kind == "AWS_IAM" or current().stage_name == TEST_STAGE:
            return await original(*arguments)
        refused = _refusal(*arguments[-2:])
        if refused and (kind == "NONE" or (kind == "CUSTOM" and refused.explicit)):
            return refused.error, None
        error, context = await original(*arguments)
        return (refused.error, None) if refused and error is None else (error, context)

    return authorize


class _Refusal:
    """An answer, and whether the policy denies in so many words."""

    def __init__(self, error: Any, *, explicit: bool) -> None:
        self.error = error
        self.explicit = explicit


def _refusal(account: str, region: str) -> _Refusal | None:
    from ministack.core.arn import execute_api_arn
    from ministack.core.iam_evaluator import EvalContext, evaluate_resource_policy
    from ministack.services import apigateway_v1

    run = current()
    arn = execute_api_arn(region, account, run.api_id, run.stage_name, run.method, run.path)
    policy = (apigateway_v1.rest_api_policy_for_arn(arn) or ("",))[0]
    if not policy:
        return None
    context = EvalContext("*", "Anonymous", "", "execute-api:Invoke", arn, region)
    decision = evaluate_resource_policy(policy, context).decision
    if decision == "Allow":
        return None
    explicit = decision == "Deny"
    why = " with an explicit deny" if explicit else ""
    text = f"User: anonymous is not authorized to perform: execute-api:Invoke on resource: {arn}"
    return _Refusal(apigateway_v1._gw_error("ACCESS_DENIED", text + why), explicit=explicit)


PATCHES = (Patch(API, "_authorize_request_v1", asked),)
