"""One version of one API."""

from dataclasses import dataclass

from aws_cdk import CfnOutput, Stack
from constructs import Construct

from gatewright.api import ContractApi, Reach, RetiredApi, Throttle
from gatewright.backends import FunctionSettings
from gatewright.config import ApiConfig, Domain, Environment
from gatewright.consumers import PlanStage
from gatewright.contract import Contract, GatewayBinding, compile_retired, lifecycle_headers
from gatewright.operations.log_groups import LogKeeping
from stacks.contracts import lifecycle_of


@dataclass(frozen=True, kw_only=True)
class Served:
    """What answers an API version: its contract and its functions."""

    contract: Contract
    function: FunctionSettings
    key_authorizer: FunctionSettings | None
    user_pool_arn: str


class ApiStack(Stack):
    """It holds no data, but its id is its address: a replaced API is another URL to callers.

    ``served`` is None for a version that is retired; ``successor_url`` is where callers of one that
    is on its way out should go.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        stack_name: str,
        environment: Environment,
        api: ApiConfig,
        served: Served | None,
        successor_url: str | None,
    ) -> None:
        super().__init__(
            scope,
            construct_id,
            stack_name=stack_name,
            termination_protection=environment.protect,
        )
        throttle = environment.within_account(api.throttle)
        self._config = api
        self._successor_url = successor_url
        self._name = stack_name
        self._throttle = Throttle(rate=throttle.rate, burst=throttle.burst)
        self._logs = LogKeeping(
            retention_days=environment.log_retention_days, retain=environment.protect
        )
        domain = environment.domain
        self._reach = _reach(domain) if domain else Reach()
        self.api = self._contract_api(served) if served else self._retired_api()
        self.plan_stage = PlanStage(
            rest_api_id=self.api.rest_api.rest_api_id, stage_name=self.api.stage.stage_name
        )
        # Exported with or without a plan over it, for the reason given at the user pool.
        self.export_value(self.api.rest_api.rest_api_id)
        CfnOutput(self, "RestApiId", value=self.api.rest_api.rest_api_id)
        CfnOutput(self, "StageName", value=self.api.stage.stage_name)
        domain_url = domain.url_of(api.service, api.version) if domain else None
        self.url = domain_url or self.api.url
        CfnOutput(self, "Url", value=self.url)

    def _contract_api(self, served: Served) -> ContractApi:
        return ContractApi(
            self,
            "Api",
            name=self._name,
            contract=served.contract,
            function=served.function,
            key_authorizer=served.key_authorizer,
            user_pool_arns=(served.user_pool_arn,),
            allow_origin=self._config.allow_origin,
            lifecycle_headers=self._headers(),
            reach=self._reach,
            throttle=self._throttle,
            logs=self._logs,
        )

    def _retired_api(self) -> RetiredApi:
        api = self._config
        document = compile_retired(
            title=api.title,
            version=api.version,
            lifecycle=lifecycle_of(api),
            binding=GatewayBinding(
                title=self._name,
                integration_uri=None,
                user_pool_arns=(),
                allow_origin=api.allow_origin,
                lifecycle_headers=self._headers(),
            ),
            successor_url=self._successor_url,
        )
        return RetiredApi(
            self,
            "Api",
            name=self._name,
            document=document,
            reach=self._reach,
            throttle=self._throttle,
            logs=self._logs,
        )

    def _headers(self) -> dict[str, str]:
        return lifecycle_headers(lifecycle_of(self._config), self._successor_url)


def _reach(domain: Domain) -> Reach:
    return Reach(
        default_endpoint=domain.default_endpoint == "enabled", security_policy=domain.policy
    )
