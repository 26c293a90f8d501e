"""One environment: everything that is deployed under one name."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from aws_cdk import Environment as AwsEnvironment
from aws_cdk import Stage
from constructs import Construct

from gatewright.api import StreamSettings
from gatewright.backends import FunctionSettings, TableUse
from gatewright.bundling import HOST, LAMBDA, bundle_service
from gatewright.config import ApiConfig, Environment, Platform, Service, TableAccess
from gatewright.config.promotions import promotions_file, read_promotions
from gatewright.consumers import PlanStage
from gatewright.contract import Contract
from gatewright.delivery.names import check_kinds
from gatewright.runtime.variables import (
    ALLOW_ORIGIN_VARIABLE,
    ANY_BODY_VARIABLE,
    HANDLER_VARIABLE,
    METRICS_NAMESPACE_VARIABLE,
    SERVICE_NAME_VARIABLE,
    STREAM_WRAPPER,
    WRAPPER_VARIABLE,
    table_variable,
)
from stacks.api import ApiStack
from stacks.checks import ChecksStack
from stacks.contracts import BUNDLES
from stacks.data import DataStack
from stacks.identity import IdentityStack
from stacks.plans import PlansStack

# Stands before a function whose contract is a file.
_GUARD = "gatewright.runtime.contract_function.handler"
_TARGETS = {"host": HOST, "lambda": LAMBDA}


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
        self._root = root
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
        apis = {
            api.api_name: self._api(api, contracts()[api.api_name], identity.user_pool_arn)
            for api in platform.apis
        }
        plans = self._plans({name: stack.plan_stages for name, stack in apis.items()}, contracts())
        self._checks(identity, plans)

    def _checks(self, identity: IdentityStack, plans: PlansStack | None) -> None:
        """Let the pipeline's checks in, where the pipeline deploys this environment."""
        pipeline = self._platform.pipeline
        kinds = check_kinds(pipeline.checks_of(self._environment.name)) if pipeline else ()
        if pipeline and kinds:
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

    def _api(self, api: ApiConfig, contract: Contract, user_pool_arn: str) -> ApiStack:
        handler = api.key_authorizer_handler
        return ApiStack(
            self,
            api.api_name,
            stack_name=f"{self._prefix}-{api.api_name}",
            environment=self._environment,
            api=api,
            contract=contract,
            function=self._function_settings(api, api.answers),
            # It says who calls, and changes nothing.
            key_authorizer=self._function_settings(api, handler, "read") if handler else None,
            streams=self._stream_settings(api),
            user_pool_arn=user_pool_arn,
            promoted=self._promoted.get(api.api_name, {}),
        )

    def _stream_settings(self, api: ApiConfig) -> StreamSettings | None:
        if api.streams is None:
            return None
        function = self._function_settings(api, api.streams.handler.replace(":", "."))
        return StreamSettings(
            operations=api.streams.operations,
            function=replace(
                function,
                timeout_seconds=api.streams.timeout_seconds,
                environment={**function.environment, WRAPPER_VARIABLE: STREAM_WRAPPER},
            ),
        )

    def _function_settings(
        self, api: ApiConfig, handler: str, most: TableAccess = "write"
    ) -> FunctionSettings:
        tables = self._tables_of(api, most)
        # The authorizer of a contract file's API is called by the gateway, and stands alone.
        guarded = api.contract is not None and handler == api.answers
        return FunctionSettings(
            code=bundle_service(
                self._root / "lambda_src" / api.package,
                _TARGETS[self._environment.build_for],
                self._root / BUNDLES,
            ),
            handler=_GUARD if guarded else handler,
            memory_mb=api.memory_mb,
            timeout_seconds=api.timeout_seconds,
            environment={
                SERVICE_NAME_VARIABLE: api.api_name,
                METRICS_NAMESPACE_VARIABLE: self._prefix,
                **(_guarding(api) if guarded else {}),
                **({ALLOW_ORIGIN_VARIABLE: api.allow_origin} if api.allow_origin else {}),
                **{table_variable(name): use.name for name, use in tables.items()},
            },
            tables=tuple(tables.values()),
        )

    def _tables_of(self, api: ApiConfig, most: TableAccess) -> dict[str, TableUse]:
        tables = self._data[api.service].tables if api.tables else {}
        return {
            name: TableUse(
                name=tables[name].table_name,
                arn=tables[name].table_arn,
                access=access if most == "write" else most,
            )
            for name, access in api.tables.items()
        }


def _guarding(api: ApiConfig) -> dict[str, str]:
    any_body = {ANY_BODY_VARIABLE: "true"} if api.backend_validates else {}
    return {HANDLER_VARIABLE: api.answers, **any_body}
