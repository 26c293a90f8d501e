"""The usage plans that an environment turns on, and the keys on them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from aws_cdk import CfnOutput, Stack
from constructs import Construct

from gatewright.config import Key, Plan
from gatewright.consumers import ApiKey, KeyThrottle, PlanStage, Quota, UsagePlan
from gatewright.contract import Contract


class PlansStack(Stack):
    """Plans span APIs, so they come after all of them. Keys are state: their values are out."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        stack_name: str,
        plans: Sequence[Plan],
        keys: Sequence[Key],
        stages: Mapping[str, Mapping[str, PlanStage]],
        contracts: Mapping[str, Contract],
        protect: bool,
    ) -> None:
        super().__init__(scope, construct_id, stack_name=stack_name, termination_protection=protect)
        self._protect = protect
        made = {key.name: self._key(key) for key in keys}
        for plan in plans:
            on_plan = {key.name: made[key.name] for key in keys if plan.name in key.plans}
            covered = [
                # A version that is retired stays on its plans, and has no methods to limit.
                replace(stage, methods=_method_limits(plan, contracts[api]))
                if api in contracts
                else stage
                for api, stage in _covered(plan, stages)
            ]
            self._plan(plan, covered, on_plan)
        self.key_ids = {name: key.key_id for name, key in made.items()}
        for key_id in self.key_ids.values():
            # Exported with or without a check that uses it, for the reason given at the user pool.
            self.export_value(key_id)

    def _plan(self, plan: Plan, stages: list[PlanStage], keys: Mapping[str, ApiKey]) -> None:
        usage_plan = UsagePlan(
            self,
            f"Plan-{plan.name}",
            name=f"{self.stack_name}-{plan.name}",
            stages=stages,
            rate=plan.rate,
            burst=plan.burst,
            quota=_quota(plan),
            keys=keys,
            protect=self._protect,
        )
        # Output keys are alphanumeric, so the name travels in the value.
        CfnOutput(self, f"PlanId-{plan.name}", value=f"{plan.name}={usage_plan.usage_plan_id}")

    def _key(self, key: Key) -> ApiKey:
        api_key = ApiKey(
            self,
            f"Key-{key.name}",
            name=f"{self.stack_name}-{key.name}",
            enabled=key.enabled,
            description=key.description,
            protect=self._protect,
        )
        CfnOutput(self, f"KeyId-{key.name}", value=f"{key.name}={api_key.key_id}")
        return api_key


def _covered(
    plan: Plan, stages: Mapping[str, Mapping[str, PlanStage]]
) -> Iterator[tuple[str, PlanStage]]:
    """The plan's stages with the names of their APIs; one that is not deployed yet is left out."""
    for entry in plan.apis:
        api, _, only = entry.partition(":")
        for name, stage in stages[api].items():
            if only in ("", name):
                yield api, stage


def _method_limits(plan: Plan, contract: Contract) -> dict[str, KeyThrottle]:
    """The plan's limits of single methods of one API, as AWS names the methods."""
    keys = {o.operation_id: o.throttle_key for o in contract.operations()}
    return {
        keys[limit.operation]: KeyThrottle(rate=limit.rate, burst=limit.burst)
        for limit in plan.methods
        if limit.api == contract.api_name
    }


def _quota(plan: Plan) -> Quota | None:
    if plan.quota is None:
        return None
    return Quota(limit=plan.quota.limit, period=plan.quota.period.upper())
