"""A usage plan: which APIs, how often, how many a period, and whose keys."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from aws_cdk import RemovalPolicy
from aws_cdk import aws_apigateway as apigateway
from constructs import Construct

from gatewright.consumers.api_key import ApiKey


@dataclass(frozen=True, kw_only=True)
class KeyThrottle:
    """What one key may call: ``rate`` requests a second for long, ``burst`` at once."""

    rate: float
    burst: int


@dataclass(frozen=True, kw_only=True)
class PlanStage:
    """A stage of a deployed API that a plan covers.

    ``methods`` lowers the plan's limits for single methods, by ``/path/METHOD`` as in
    ``/foods/{name}/GET``. AWS: ApiStage of AWS::ApiGateway::UsagePlan.
    """

    rest_api_id: str
    stage_name: str
    methods: Mapping[str, KeyThrottle] = field(default_factory=dict)


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
            api_stages=[_stage(stage) for stage in stages],
            throttle=_throttle(KeyThrottle(rate=rate, burst=burst)),
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


def _stage(stage: PlanStage) -> apigateway.CfnUsagePlan.ApiStageProperty:
    return apigateway.CfnUsagePlan.ApiStageProperty(
        api_id=stage.rest_api_id,
        stage=stage.stage_name,
        throttle={method: _throttle(limit) for method, limit in stage.methods.items()} or None,
    )


def _throttle(limit: KeyThrottle) -> apigateway.CfnUsagePlan.ThrottleSettingsProperty:
    return apigateway.CfnUsagePlan.ThrottleSettingsProperty(
        rate_limit=limit.rate, burst_limit=limit.burst
    )


def _quota(quota: Quota | None) -> apigateway.CfnUsagePlan.QuotaSettingsProperty | None:
    if quota is None:
        return None
    return apigateway.CfnUsagePlan.QuotaSettingsProperty(limit=quota.limit, period=quota.period)
