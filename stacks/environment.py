"""One environment: everything that is deployed under one name."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from aws_cdk import Environment as AwsEnvironment
from aws_cdk import Stage
from constructs import Construct

from gatewright.config import ApiConfig, Environment, Platform, Service
from gatewright.config.promotions import promotions_file, read_promotions
from gatewright.consumers import PlanStage
from gatewright.contract import Contract, lifecycle_headers
from gatewright.runtime.variables import LIFECYCLE_VARIABLE
from stacks.api import ApiStack
from stacks.checks import ChecksStack
from stacks.contracts import lifecycle_of
from stacks.data import DataStack
from stacks.functions import Functions
from stacks.identity import IdentityStack
from stacks.plans import PlansStack
from stacks.served import Served, served

if TYPE_CHECKING:
    from stacks.releases import ReleasesStack


class EnvironmentStage(Stage):
    """Users and data first, then each API, then the plans over them."""

    def __init__(
        self,
        scope: Construct,
        *,
        root: Path,
        platform: Platform,
        environment: Environment,
        contracts: Callable[[], Mapping[str, Contract]],
    ) -> None:
        super().__init__(
            scope,
            environment.name,
            env=AwsEnvironment(account=environment.account, region=environment.region),
        )
        self._platform = platform
        self._environment = environment
        self._prefix = f"{platform.project}-{environment.name}"
        self._promoted = read_promotions(promotions_file(root, environment.name))
        identity = IdentityStack(
            self,
            "identity",
            stack_name=f"{self._prefix}-identity",
            platform=platform,
            environment=environment,
        )
        self._data = {
            service.name: self._data_of(service) for service in platform.services if service.tables
        }
        self._functions = Functions(root, environment, self._prefix, self._data)
        self._contracts = contracts
        self._user_pool_arn = identity.user_pool_arn
        self._releases = self._releases_of(root)
        self._apis: dict[str, ApiStack] = {}
        for api in platform.apis:
            self._api(api)
        # In the file's order again: a successor was built before what it succeeds.
        apis = {api.api_name: self._apis[api.api_name] for api in platform.apis}
        self._domain(apis)
        plans = self._plans({name: stack.plan_stages for name, stack in apis.items()}, contracts())
        self._checks(identity, plans)

    def _checks(self, identity: IdentityStack, plans: PlansStack | None) -> None:
        """Let the pipeline's checks in, where the pipeline deploys this environment."""
        pipeline = self._platform.pipeline
        if pipeline and self._environment.name in pipeline.environments:
            ChecksStack(
                self,
                "checks",
                stack_name=f"{self._prefix}-checks",
                platform=self._platform,
                pipeline=pipeline,
                environment=self._environment,
                user_pool_arn=identity.user_pool_arn,
                key_ids=plans.key_ids if plans else {},
            )

    def _plans(
        self, stages: dict[str, dict[str, PlanStage]], contracts: Mapping[str, Contract]
    ) -> PlansStack | None:
        plans = self._platform.plans_of(self._environment)
        # CloudFormation has no stacks without resources.
        if not plans:
            return None
        return PlansStack(
            self,
            "plans",
            stack_name=f"{self._prefix}-plans",
            plans=plans,
            keys=self._platform.keys_of(self._environment),
            stages=stages,
            contracts=contracts,
            protect=self._environment.protect,
        )

    def _data_of(self, service: Service) -> DataStack:
        return DataStack(
            self,
            f"{service.name}-data",
            stack_name=f"{self._prefix}-{service.name}-data",
            environment=self._environment,
            service=service,
        )

    def _domain(self, apis: Mapping[str, ApiStack]) -> None:
        domain = self._environment.domain
        if domain is None:
            return
        # Not above: few environments have one, and the CDK's part for it takes a while to load.
        from stacks.domain import DomainStack

        DomainStack(
            self,
            "domain",
            stack_name=f"{self._prefix}-domain",
            platform=self._platform,
            environment=self._environment,
            domain=domain,
            stages={name: next(iter(stack.plan_stages.values())) for name, stack in apis.items()},
        )

    def _api(self, api: ApiConfig) -> ApiStack:
        """The stack of an API, after that of its successor, whose address it tells."""
        if api.api_name not in self._apis:
            successor_url = self._successor_url(api)
            self._apis[api.api_name] = ApiStack(
                self,
                api.api_name,
                stack_name=f"{self._prefix}-{api.api_name}",
                environment=self._environment,
                api=api,
                served=None if api.retired else self._served(api, successor_url),
                successor_url=successor_url,
                canary=self._releases.settings(api) if self._releases else None,
            )
        return self._apis[api.api_name]

    def _releases_of(self, root: Path) -> "ReleasesStack | None":
        """What carries releases to callers step by step, where they do not go all at once."""
        release = self._environment.release
        if release is None:
            return None
        # Not above: the CDK's parts for it take a while to load.
        from stacks.releases import ReleasesStack

        return ReleasesStack(
            self,
            "releases",
            stack_name=f"{self._prefix}-releases",
            root=root,
            platform=self._platform,
            environment=self._environment,
            canary=release.canary,
        )

    def _successor_url(self, api: ApiConfig) -> str | None:
        name = api.lifecycle.successor if api.lifecycle else None
        if name is None:
            return None
        [successor] = [
            other
            for other in self._platform.apis
            if (other.service, other.version) == (api.service, name)
        ]
        return self._api(successor).url

    def _served(self, api: ApiConfig, successor_url: str | None) -> Served:
        headers = lifecycle_headers(lifecycle_of(api), successor_url)
        return served(
            self._functions,
            self._environment,
            api,
            self._contracts()[api.api_name],
            data=self._data.get(api.service),
            told={LIFECYCLE_VARIABLE: json.dumps(headers)} if headers else {},
            promoted=self._promoted.get(api.api_name, {}),
            user_pool_arn=self._user_pool_arn,
        )
