"""The usage plans that an environment turns on."""

from collections.abc import Mapping, Sequence

from aws_cdk import CfnOutput, Stack
from constructs import Construct

from gatewright.config import Plan
from gatewright.consumers.usage_plan import PlanStage, Quota, UsagePlan


class PlansStack(Stack):
    """Plans span APIs, so they come after all of them."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        stack_name: str,
        plans: Sequence[Plan],
        stages: Mapping[str, PlanStage],
    ) -> None:
        super().__init__(scope, construct_id, stack_name=stack_name)
        for plan in plans:
            self._plan(stack_name, plan, [stages[api] for api in plan.apis])

    def _plan(self, stack_name: str, plan: Plan, stages: list[PlanStage]) -> None:
        usage_plan = UsagePlan(
            self,
            f"Plan-{plan.name}",
            name=f"{stack_name}-{plan.name}",
            stages=stages,
            rate=plan.rate,
            burst=plan.burst,
            quota=_quota(plan),
            keys={key.name: key.enabled for key in plan.keys},
        )
        # Output keys are alphanumeric, so the name travels in the value.
        CfnOutput(self, f"PlanId-{plan.name}", value=f"{plan.name}={usage_plan.usage_plan_id}")
        for key, key_id in usage_plan.key_ids.items():
            CfnOutput(self, f"KeyId-{key}", value=f"{key}={key_id}")


def _quota(plan: Plan) -> Quota | None:
    if plan.quota is None:
        return None
    return Quota(limit=plan.quota.limit, period=plan.quota.period.upper())
