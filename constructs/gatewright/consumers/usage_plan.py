"""A usage plan: which APIs, how often, how many a period, and whose keys."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aws_cdk import RemovalPolicy
from aws_cdk import aws_apigateway as apigateway
from constructs import Construct

from gatewright.consumers.api_key import ApiKey


@dataclass(frozen=True, kw_only=True)
class PlanStage:
    """A stage of a deployed API that a plan covers."""

    rest_api_id: str
    stage_name: str


@dataclass(frozen=True, kw_only=True)
class Quota:
    """At most ``limit`` requests a ``period``: ``DAY``, ``WEEK`` or ``MONTH``."""

    limit: int
    period: str


class UsagePlan(Construct):
    """A plan and the keys on it. ``rate`` is requests a second, ``burst`` is requests at once.

    Limits hold for each key by itself, as a target: API Gateway may let a few more through.
    ``keys`` maps names, which become logical ids, to keys. ``protect`` keeps the plan, and with
    it the keys that operators put on it, when its stack is deleted.
    AWS: "Usage plans and API keys for REST APIs".
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        name: str,
        stages: Sequence[PlanStage],
        rate: float,
        burst: int,
        quota: Quota | None,
        keys: Mapping[str, ApiKey],
        protect: bool = False,
    ) -> None:
        super().__init__(scope, construct_id)
        self._plan = apigateway.CfnUsagePlan(
            self,
            "Resource",
            usage_plan_name=name,
            api_stages=[
                apigateway.CfnUsagePlan.ApiStageProperty(
                    api_id=stage.rest_api_id, stage=stage.stage_name
                )
                for stage in stages
            ],
            throttle=apigateway.CfnUsagePlan.ThrottleSettingsProperty(
                rate_limit=rate, burst_limit=burst
            ),
            quota=_quota(quota),
        )
        if protect:
            self._plan.apply_removal_policy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE)
        for key_name, key in keys.items():
            self._add(key_name, key)

    @property
    def usage_plan_id(self) -> str:
        """The plan's id, known at deployment."""
        return self._plan.ref

    def _add(self, name: str, key: ApiKey) -> None:
        apigateway.CfnUsagePlanKey(
            self,
            f"Key-{name}",
            key_id=key.key_id,
            key_type="API_KEY",
            usage_plan_id=self._plan.ref,
        )


def _quota(quota: Quota | None) -> apigateway.CfnUsagePlan.QuotaSettingsProperty | None:
    if quota is None:
        return None
    return apigateway.CfnUsagePlan.QuotaSettingsProperty(limit=quota.limit, period=quota.period)
