"""One version of one API."""

from collections.abc import Mapping

from aws_cdk import CfnOutput, Stack
from constructs import Construct

from gatewright.api import ContractApi, Throttle
from gatewright.backends import FunctionSettings
from gatewright.config import ApiConfig, Environment
from gatewright.consumers import PlanStage
from gatewright.contract import Contract
from gatewright.operations.log_groups import LogKeeping
from stacks.authorizers import policy_of


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
        function: FunctionSettings,
        key_authorizer: FunctionSettings | None,
        authorizers: Mapping[str, FunctionSettings],
        user_pool_arn: str,
    ) -> None:
        super().__init__(
            scope,
            construct_id,
            stack_name=stack_name,
            termination_protection=environment.protect,
        )
        throttle = environment.within_account(api.throttle)
        self.api = ContractApi(
            self,
            "Api",
            name=stack_name,
            contract=contract,
            function=function,
            key_authorizer=key_authorizer,
            authorizers=authorizers,
            resource_policy=policy_of(api),
            user_pool_arns=(user_pool_arn,),
            allow_origin=api.allow_origin,
            throttle=Throttle(rate=throttle.rate, burst=throttle.burst),
            logs=LogKeeping(
                retention_days=environment.log_retention_days, retain=environment.protect
            ),
        )
        self.plan_stage = PlanStage(
            rest_api_id=self.api.rest_api.rest_api_id, stage_name=self.api.stage.stage_name
        )
        # Exported with or without a plan over it, for the reason given at the user pool.
        self.export_value(self.api.rest_api.rest_api_id)
        CfnOutput(self, "RestApiId", value=self.api.rest_api.rest_api_id)
        CfnOutput(self, "StageName", value=self.api.stage.stage_name)
        CfnOutput(self, "Url", value=self.api.url)
