"""What carries an environment's releases to callers step by step."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from aws_cdk import Stack
from constructs import Construct

from gatewright.api.stage_settings import STAGE_NAME
from gatewright.bundling.canary import bundle_canary
from gatewright.canary.record import RECORD, path
from gatewright.checks.permissions import ENVIRONMENT
from gatewright.config import ApiConfig, Environment, Platform
from gatewright.config.release_sections import OFF, AlarmFields, Canary
from gatewright.delivery.names import CANARY, caller_role_name, check_role_name
from gatewright.operations.log_groups import LogKeeping
from gatewright.release.canary_controller import CanaryController
from gatewright.release.canary_dashboard import CanaryDashboard
from gatewright.release.canary_settings import AlarmThresholds, CanarySettings, SmokeCheck
from stacks.contracts import BUNDLES
from stacks.functions import TARGETS
from stacks.watched import watched_records

# API Gateway spreads a change of a stage over seconds, and waits 29 for an integration.
_SETTLE_SECONDS = 35
_LOOK_SECONDS = 10
# The embedded AWS changes a stage at once.
_EMBEDDED_PERIOD = 60
_EMBEDDED_SETTLE_SECONDS = 1
_EMBEDDED_LOOK_SECONDS = 1


class ReleasesStack(Stack):
    """The controller of the canaries of every API of an environment, and what it looks like."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        stack_name: str,
        root: Path,
        platform: Platform,
        environment: Environment,
        canary: Canary,
    ) -> None:
        super().__init__(
            scope,
            construct_id,
            stack_name=stack_name,
            termination_protection=environment.protect,
        )
        self._platform = platform
        self._environment = environment
        self._canary = canary
        self._role_name = f"{stack_name}-canary"
        self._watcher()
        self._controller = CanaryController(
            self,
            "Canary",
            code=bundle_canary(TARGETS[environment.build_for], root / BUNDLES, smoke=canary.smoke),
            role_name=self._role_name,
            namespace=f"{platform.project}-{environment.name}",
            look_seconds=_EMBEDDED_LOOK_SECONDS if self._is_quick else _LOOK_SECONDS,
            logs=LogKeeping(
                retention_days=environment.log_retention_days, retain=environment.protect
            ),
        )

        CanaryDashboard(
            self,
            "Dashboard",
            name=stack_name,
            stages=[
                (f"{platform.project}-{environment.name}-{api.api_name}", stage)
                for api in platform.apis
                if not api.retired
                for stage in api.stages or (STAGE_NAME,)
            ],
            namespace=f"{platform.project}-{environment.name}",
        )

    def _watcher(self) -> None:
        """Let the pipeline read how releases go, where it deploys this environment."""
        platform, environment = self._platform, self._environment
        pipeline = platform.pipeline
        if pipeline is None or environment.name not in pipeline.environments:
            return
        # Not above: a platform without a pipeline has no use for it.
        from gatewright.delivery.check_role import CheckRole

        caller = caller_role_name(platform.project, CANARY)
        CheckRole(
            self,
            "Watcher",
            name=check_role_name(platform.project, environment.name, CANARY),
            caller_account=pipeline.account,
            caller_role_arn=f"arn:{self.partition}:iam::{pipeline.account}:role/{caller}",
            parts=ENVIRONMENT[CANARY],
            resources=self._watched(watched_records(platform, environment)),
        )

    def _watched(self, records: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
        project, name = self._platform.project, self._environment.name
        parameters = [
            f"{path(project, name, record).lstrip('/')}/{RECORD}"
            for found in records.values()
            for record in found
        ]
        return {
            "stacks": [
                # The last part is an id that CloudFormation makes.
                self.format_arn(
                    service="cloudformation", resource="stack", resource_name=f"{stack}/*"
                )
                for stack in records
            ],
            "records": [
                self.format_arn(service="ssm", resource="parameter", resource_name=parameter)
                for parameter in parameters
            ],
        }

    @property
    def _is_quick(self) -> bool:
        return self._canary.period_seconds < _EMBEDDED_PERIOD

    def settings(self, api: ApiConfig) -> CanarySettings:
        """How a release of ``api`` is tried."""
        canary, project = self._canary, self._platform.project
        return CanarySettings(
            steps=tuple(canary.steps),
            bakes=canary.bakes,
            thresholds=thresholds(canary.alarms, api),
            period_seconds=canary.period_seconds,
            settle_seconds=_EMBEDDED_SETTLE_SECONDS if self._is_quick else _SETTLE_SECONDS,
            parameter=path(project, self._environment.name, api.api_name),
            service_token=self._controller.service_token,
            role_name=self._role_name,
            smoke=SmokeCheck(operations=api.release_smoke) if canary.smoke else None,
        )


def thresholds(environment: AlarmFields, api: ApiConfig) -> AlarmThresholds:
    """What a canary is judged by: the version's own, else the environment's, else the default."""
    default = AlarmThresholds()
    merged: dict[str, float | None] = {}
    for name in AlarmFields.model_fields:
        given = getattr(api.release_alarms, name)
        given = getattr(environment, name) if given is None else given
        if given is None:
            merged[name] = getattr(default, name)
        else:
            merged[name] = None if given == OFF else float(given)
    return AlarmThresholds(**merged, others=api.release_alarms.alarms)
