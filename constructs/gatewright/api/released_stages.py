"""The stages of an API, each with the release that it serves and what it waits for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from constructs import Construct, IDependable

from gatewright.api.deployment import Deployment
from gatewright.api.rest_api import RestApi
from gatewright.api.stage import Stage, stage_id
from gatewright.api.stage_settings import StageSettings
from gatewright.backends.lambda_backend import LAMBDA_ALIAS_VARIABLE
from gatewright.operations.log_groups import LogKeeping
from gatewright.release.canary_settings import CanarySettings
from gatewright.release.function_release import FunctionRelease


@dataclass(frozen=True, kw_only=True)
class ReleasedStages:
    """What all stages of an API have in common.

    ``name`` is the RestApi's; ``release`` is None for an API without functions; with a ``canary``
    a stage waits until its release has been tried on a share of the requests, and before that has
    answered the calls of ``smoke``, which is empty where there are none.
    """

    scope: Construct
    name: str
    rest_api: RestApi
    release: FunctionRelease | None
    canary: CanarySettings | None
    logs: LogKeeping
    smoke: str = ""

    def of(self, stages: Sequence[StageSettings], variables: Mapping[str, str]) -> dict[str, Stage]:
        """The stages by name, over one deployment; ``variables`` are those of each of them."""
        after: list[IDependable] = [self.release] if self.release else []
        deployment = Deployment(
            self.scope,
            "Deployment",
            rest_api=self.rest_api,
            after=after,
            alias_name=self.release.alias_name if self.release else None,
        )
        return {
            settings.name: self._stage(
                stage_id(settings, stages),
                replace(settings, variables={**variables, **settings.variables}),
                deployment,
            )
            for settings in stages
        }

    def _stage(self, construct_id: str, settings: StageSettings, newest: Deployment) -> Stage:
        pinned, release = settings.pinned, self.release
        newest_alias = release.alias_name if release else None
        alias = pinned.alias_name if pinned else newest_alias
        variables = {**settings.variables, **({LAMBDA_ALIAS_VARIABLE: alias} if alias else {})}
        deployment_id = pinned.deployment_id if pinned else newest.deployment_id
        # What is pinned is there, and waits for nothing.
        after: list[IDependable] = [] if pinned or not release else [release]
        # API Gateway tests what was imported last, which is not what a pinned stage serves.
        smoke = "" if pinned else self.smoke
        after += self._bake(construct_id, settings.name, deployment_id, variables, after, smoke)
        return Stage(
            self.scope,
            construct_id,
            rest_api=self.rest_api,
            settings=settings,
            deployment_id=deployment_id,
            variables=variables,
            logs=self.logs,
            after=after,
        )

    def _bake(
        self,
        construct_id: str,
        stage_name: str,
        deployment_id: str,
        variables: Mapping[str, str],
        after: Sequence[IDependable],
        smoke: str,
    ) -> list[IDependable]:
        if self.canary is None:
            return []
        # Not above: the CDK's parts for it take a while to load.
        from gatewright.release.canary_bake import CanaryBake

        alias, release = variables.get(LAMBDA_ALIAS_VARIABLE, ""), self.release
        functions = release.function_names if release and alias else {}
        suffix = construct_id.removeprefix("Stage")
        bake = CanaryBake(
            self.scope,
            f"Canary{suffix}",
            settings=self.canary.of_stage(stage_name) if suffix else self.canary,
            rest_api_id=self.rest_api.rest_api_id,
            api_name=self.name,
            stage_name=stage_name,
            alarm_prefix=f"{self.name}{suffix}-canary",
            deployment_id=deployment_id,
            variables=variables,
            aliases={name: (function, alias) for name, function in functions.items()},
            smoke=smoke,
            after=[*after],
        )
        return [bake]
