"""One version of one API."""

from collections.abc import Mapping

from aws_cdk import CfnOutput, Stack
from constructs import Construct

from gatewright.api import ApiSettings, ContractApi, EndpointSettings, StreamSettings
from gatewright.backends import FunctionSettings
from gatewright.config import ApiConfig, Environment
from gatewright.config.promotions import Promotion
from gatewright.consumers import PlanStage
from gatewright.contract import Contract
from gatewright.contract.quotas import ApiQuotas
from gatewright.operations.log_groups import LogKeeping
from stacks.authorizers import policy_of
from stacks.caching import cached_operations
from stacks.stages import stage_settings


class ApiStack(Stack):
    """It holds no data, but its id is its address: a replaced API is another URL to callers."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        stack_name: str,
        environment: Environment,
        api: ApiConfig,
        contract: Contract,
        function: FunctionSettings | None,
        key_authorizer: FunctionSettings | None,
        authorizers: Mapping[str, FunctionSettings],
        streams: StreamSettings | None,
        user_pool_arn: str,
        promoted: Mapping[str, Promotion],
        settings: ApiSettings = ApiSettings(),
    ) -> None:
        super().__init__(
            scope,
            construct_id,
            stack_name=stack_name,
            termination_protection=environment.protect,
        )
        self.api = ContractApi(
            self,
            "Api",
            name=stack_name,
            contract=contract,
            function=function,
            key_authorizer=key_authorizer,
            authorizers=authorizers,
            resource_policy=policy_of(api),
            streams=streams,
            user_pool_arns=(user_pool_arn,),
            allow_origin=api.allow_origin,
            cached=cached_operations(api),
            endpoint=_endpoint(environment, api),
            stages=stage_settings(environment, api, contract, promoted),
            quotas=_quotas(environment),
            logs=LogKeeping(
                retention_days=environment.log_retention_days, retain=environment.protect
            ),
            settings=settings,
        )
        rest_api_id = self.api.rest_api.rest_api_id
        self.plan_stages = {
            name: PlanStage(rest_api_id=rest_api_id, stage_name=name) for name in self.api.stages
        }
        # Exported with or without a plan over it, for the reason given at the user pool.
        self.export_value(rest_api_id)
        CfnOutput(self, "RestApiId", value=rest_api_id)
        CfnOutput(self, "StageName", value=self.api.stage.stage_name)
        CfnOutput(self, "Url", value=self.api.url)
        for name in self.api.stages if api.stages else ():
            # Output keys are alphanumeric, so the name travels in the value.
            CfnOutput(self, f"StageUrl-{name}", value=f"{name}={self.api.url_of(name)}")


def _endpoint(environment: Environment, api: ApiConfig) -> EndpointSettings:
    return EndpointSettings(
        kind=api.endpoint.upper(),
        vpc_endpoints=environment.vpc_endpoints if api.endpoint == "private" else (),
        security_policy=api.security_policy,
        access_mode=api.endpoint_access_mode and api.endpoint_access_mode.upper(),
    )


def _quotas(environment: Environment) -> ApiQuotas:
    quotas = environment.quotas
    return ApiQuotas(
        resources=quotas.resources_per_api,
        authorizers=quotas.authorizers_per_api,
        policy_characters=quotas.policy_characters,
        stated_in=f"environments.{environment.name}.quotas of platform.yaml",
    )
