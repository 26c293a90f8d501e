"""One version of one API: its function, its release, its gateway."""

from collections.abc import Mapping
from typing import Any

from aws_cdk import CfnOutput, RemovalPolicy, Stack

from constructs import Construct
from gatewright.api.deployment import Deployment
from gatewright.api.rest_api import RestApi
from gatewright.api.stage import STAGE_NAME, Stage
from gatewright.backends.lambda_backend import (
    LAMBDA_ALIAS_VARIABLE,
    FunctionSettings,
    LambdaBackend,
)
from gatewright.config import ApiConfig, Environment
from gatewright.consumers.usage_plan import PlanStage
from gatewright.contract import Contract, GatewayBinding, compile_gateway
from gatewright.release.function_release import FunctionRelease
from gatewright.release.release_id import release_id


class ApiStack(Stack):
    """The order is the release's: function, versions and aliases, deployment, stage."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        stack_name: str,
        environment: Environment,
        api: ApiConfig,
        contract: Contract,
        settings: FunctionSettings,
        user_pool_arn: str,
    ) -> None:
        super().__init__(scope, construct_id, stack_name=stack_name)
        self._logs: Mapping[str, Any] = {
            "log_retention_days": environment.log_retention_days,
            "removal_policy": _logs_removal(environment),
        }
        release = release_id([self.resolve(settings.configuration)])
        backend = LambdaBackend(
            self, "Function", settings=settings, release_id=release, **self._logs
        )
        rest_api = RestApi(
            self,
            "Api",
            name=stack_name,
            document=compile_gateway(contract, _binding(stack_name, api, backend, user_pool_arn)),
        )
        released = FunctionRelease(
            self,
            "Release",
            release_id=release,
            functions={"Function": backend.function},
            rest_api_id=rest_api.rest_api_id,
            stage_name=STAGE_NAME,
        )
        stage = self._stage(rest_api, released)
        self.plan_stage = PlanStage(rest_api_id=rest_api.rest_api_id, stage_name=stage.stage_name)
        self._outputs(rest_api, stage)

    def _stage(self, rest_api: RestApi, released: FunctionRelease) -> Stage:
        deployment = Deployment(self, "Deployment", rest_api=rest_api, after=[released])
        return Stage(
            self,
            "Stage",
            rest_api=rest_api,
            deployment=deployment,
            variables={LAMBDA_ALIAS_VARIABLE: released.alias_name},
            after=[released],
            **self._logs,
        )

    def _outputs(self, rest_api: RestApi, stage: Stage) -> None:
        host = f"{rest_api.rest_api_id}.execute-api.{self.region}.{self.url_suffix}"
        CfnOutput(self, "RestApiId", value=rest_api.rest_api_id)
        CfnOutput(self, "StageName", value=stage.stage_name)
        CfnOutput(self, "Url", value=f"https://{host}/{stage.stage_name}/")


def _binding(
    name: str, api: ApiConfig, backend: LambdaBackend, user_pool_arn: str
) -> GatewayBinding:
    return GatewayBinding(
        title=name,
        integration_uri=backend.integration_uri,
        user_pool_arns=(user_pool_arn,),
        allow_origin=api.allow_origin,
    )


def _logs_removal(environment: Environment) -> RemovalPolicy:
    return RemovalPolicy.RETAIN if environment.protect else RemovalPolicy.DESTROY
