"""The role of an integration: API Gateway must be allowed to assume it, and it to do the action.

https://docs.aws.amazon.com/apigateway/latest/developerguide/permissions.html
https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegration.html (credentials)
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from local.gaps.execution import Execution
from local.gaps.integrations.errors import ConfigurationError
from local.gaps.lambda_permissions import SERVICE

CALLER = "arn:aws:iam::*:user/*"  # "to require that the caller's identity be passed through"


@dataclass(frozen=True)
class Call:
    """A request to a service, as far as it matters to IAM."""

    service: str
    action: str
    resources: tuple[str, ...]
    region: str
    account_id: str


def denied(call: Call, credentials: str, run: Execution) -> str | None:
    """The principal that may not do this, or None when it may.

    ConfigurationError for a role that API Gateway cannot assume.
    """
    if credentials == CALLER:
        return None
    if not credentials:
        allowed = all(_allowed_by_resource(call, resource, run) for resource in call.resources)
        return None if allowed else SERVICE
    role = assumable(credentials, run)
    principal = f"arn:aws:sts::{run.account_id}:assumed-role/{role}/BackplaneAssumeRoleSession"
    for resource in call.resources:
        if not _allowed_by_role(call, resource, role, principal, run):
            return principal
    return None


def assumable(credentials: str, run: Execution) -> str:
    """The name of the role. ConfigurationError unless it exists and trusts API Gateway."""
    from ministack.services import iam

    name = credentials.rpartition("/")[2]
    role = iam._roles.get_scoped(run.account_id, None, name)
    problem = "it does not exist" if role is None else f"its trust policy does not name {SERVICE}"
    if role is None or not _trusts(role.get("AssumeRolePolicyDocument"), run):
        raise ConfigurationError(
            f"API Gateway does not have permission to assume the provided role {credentials}: "
            f"{problem}"
        )
    return name


def _trusts(document: Any, run: Execution) -> bool:
    """Whether the service may assume the role. A trust policy names no resource: it is the role."""
    from ministack.core.iam_evaluator import evaluate_resource_policy

    policy = json.loads(document) if isinstance(document, str) else dict(document or {})
    given = policy.get("Statement") or []
    statements = [given] if isinstance(given, Mapping) else given
    policy["Statement"] = [{**statement, "Resource": "*"} for statement in statements]
    context = _of_service("sts:AssumeRole", "*", run.region, run)
    return bool(evaluate_resource_policy(policy, context, service=SERVICE).decision == "Allow")


def _of_service(action: str, resource: str, region: str, run: Execution) -> Any:
    """What IAM knows when API Gateway itself is who asks."""
    from ministack.core.arn import execute_api_arn
    from ministack.core.iam_evaluator import EvalContext

    source = execute_api_arn(
        run.region, run.account_id, run.api_id, run.stage_name, run.method, run.path
    )
    return EvalContext(
        principal_arn="*",
        principal_type="Service",
        principal_account="",
        action=action,
        resource_arn=resource,
        region=region,
        service_context={"aws:sourcearn": source, "aws:sourceaccount": run.account_id},
    )


def _allowed_by_role(call: Call, resource: str, role: str, principal: str, run: Execution) -> bool:
    from ministack.core import iam_evaluator as iam
    from ministack.services import iam as service

    context = iam.EvalContext(
        principal_arn=principal,
        principal_type="AssumedRole",
        principal_account=run.account_id,
        action=call.action,
        resource_arn=resource,
        region=call.region,
    )
    limits = iam._permissions_boundary(service._roles, role, run.account_id)
    result = iam.evaluate(context, iam._gather_role_policies(role, run.account_id), *limits)
    found = iam._resource_policy(call.service, resource)
    if found is not None:
        result = iam.combine_resource_policy(result, context, *found, limits=limits)
    return bool(result.decision == "Allow")


def _allowed_by_resource(call: Call, resource: str, run: Execution) -> bool:
    """Without credentials the resource's own policy must let API Gateway in."""
    from ministack.core import iam_evaluator as iam

    found = iam._resource_policy(call.service, resource)
    if found is None:
        return False
    context = _of_service(call.action, resource, call.region, run)
    result = iam.evaluate_resource_policy(found[0], context, service=SERVICE)
    return bool(result.decision == "Allow")
