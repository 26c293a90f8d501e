"""One environment: everything that is deployed under one name."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from aws_cdk import Environment as AwsEnvironment
from aws_cdk import Stage
from constructs import Construct

from gatewright.api import ApiSettings, StreamSettings
from gatewright.api.settings import VpcLinkSettings
from gatewright.backends import FunctionSettings, Table, TableUse
from gatewright.backends.container_image import ContainerImage
from gatewright.bundling import HOST, LAMBDA, Bundle, bundle_service
from gatewright.bundling.jwt_authorizer import JWT_HANDLER, bundle_jwt_authorizer
from gatewright.config import (
    ApiConfig,
    AuthorizerFields,
    Environment,
    Platform,
    Service,
    TableAccess,
)
from gatewright.config.promotions import promotions_file, read_promotions
from gatewright.consumers import PlanStage
from gatewright.contract import Contract
from gatewright.delivery.names import check_kinds
from gatewright.integrations.deployed import Deployed, DeployedTable
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
from stacks.authorizers import jwt_variables, operation_table
from stacks.checks import ChecksStack
from stacks.contracts import BUNDLES
from stacks.data import DataStack
from stacks.identity import IdentityStack
from stacks.plans import PlansStack

# Stands before a function whose contract is a file.
_GUARD = "gatewright.runtime.contract_function.handler"
_WSGI = "gatewright.runtime.wsgi_function.handler"
_TARGETS = {"host": HOST, "lambda": LAMBDA}
# Checking a signature takes milliseconds; what takes time is the first load of its library.
_JWT_MEMORY_MB = 512
_JWT_TIMEOUT_SECONDS = 10


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
            function=(
                self._function_settings(api, api.answers) if contract.calls_function else None
            ),
            # It says who calls, and changes nothing.
            key_authorizer=self._function_settings(api, handler, "read") if handler else None,
            authorizers=dict(self._authorizers(api, contract)),
            streams=self._stream_settings(api),
            user_pool_arn=user_pool_arn,
            settings=self._settings(api, contract),
            promoted=self._promoted.get(api.api_name, {}),
        )

    def _settings(self, api: ApiConfig, contract: Contract) -> ApiSettings:
        overridden = self._environment.stage_variables.get(api.api_name, {})
        return ApiSettings(
            functions={
                handler: self._function_settings(api, handler) for handler in contract.handlers
            },
            tables={
                name: DeployedTable(table.table_name, table.table_arn)
                for name, table in self._integrated_tables(api).items()
            },
            resources=self._environment.resources,
            vpc_links=self._vpc_links(),
            stage_variables={**api.stage_variables, **overridden},
            binary_media_types=api.binary_media_types,
            minimum_compression_size=api.compression,
        )

    def _vpc_links(self) -> dict[str, VpcLinkSettings]:
        here = Deployed(region=self._environment.region, account=self._environment.account)
        return {
            name: VpcLinkSettings(
                load_balancer=here.arn(link.load_balancer),
                subnets=link.subnets,
                security_groups=link.security_groups,
            )
            for name, link in self._environment.vpc_links.items()
        }

    def _integrated_tables(self, api: ApiConfig) -> Mapping[str, Table]:
        used = {i.dynamodb.table for i in api.integrations.values() if i.dynamodb}
        return {name: self._data[api.service].tables[name] for name in sorted(used)}

    def _authorizers(
        self, api: ApiConfig, contract: Contract
    ) -> Iterator[tuple[str, FunctionSettings]]:
        for authorizer in contract.authorizers:
            fields = api.authorizers[authorizer.name]
            table = operation_table(contract, authorizer)
            if fields.function is None:
                yield authorizer.name, self._jwt_settings(api, fields, table)
            else:
                handler = fields.function.replace(":", ".")
                yield authorizer.name, self._function_settings(api, handler, "read", table)

    def _jwt_settings(
        self, api: ApiConfig, fields: AuthorizerFields, table: Mapping[str, bytes]
    ) -> FunctionSettings:
        target = _TARGETS[self._environment.build_for]
        return FunctionSettings(
            code=bundle_jwt_authorizer(target, self._root / BUNDLES, table),
            handler=JWT_HANDLER,
            memory_mb=_JWT_MEMORY_MB,
            timeout_seconds=_JWT_TIMEOUT_SECONDS,
            environment={SERVICE_NAME_VARIABLE: api.api_name, **jwt_variables(fields)},
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
        self,
        api: ApiConfig,
        handler: str,
        most: TableAccess = "write",
        more: Mapping[str, bytes] | None = None,
    ) -> FunctionSettings:
        tables = self._tables_of(api, most)
        # The authorizer of such an API is called by the gateway, and stands alone.
        guard = _guard(api) if handler == api.answers else None
        return FunctionSettings(
            code=self._code(api, handler, more),
            handler=guard or handler,
            memory_mb=api.memory_mb,
            timeout_seconds=api.timeout_seconds,
            environment={
                SERVICE_NAME_VARIABLE: api.api_name,
                METRICS_NAMESPACE_VARIABLE: self._prefix,
                **(_guarding(api) if guard else {}),
                **({ALLOW_ORIGIN_VARIABLE: api.allow_origin} if api.allow_origin else {}),
                **{table_variable(name): use.name for name, use in tables.items()},
            },
            tables=tuple(tables.values()),
        )

    def _code(
        self, api: ApiConfig, handler: str, more: Mapping[str, bytes] | None
    ) -> Bundle | ContainerImage:
        if api.image and handler == api.answers:
            here = Deployed(region=self._environment.region, account=self._environment.account)
            return ContainerImage(here.filled(api.image.uri), api.image.architecture)
        return bundle_service(
            self._root / "lambda_src" / api.package,
            _TARGETS[self._environment.build_for],
            self._root / BUNDLES,
            more,
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


def _guard(api: ApiConfig) -> str | None:
    """What stands before the function that answers, if anything does."""
    if api.wsgi:
        return _WSGI
    return _GUARD if (api.contract and not api.image) or api.chalice else None


def _guarding(api: ApiConfig) -> dict[str, str]:
    # Without a contract file there is nothing that the gateway validates.
    any_body = {ANY_BODY_VARIABLE: "true"} if api.backend_validates or not api.contract else {}
    return {HANDLER_VARIABLE: api.answers, **any_body}
