"""One version of one API."""

from aws_cdk import CfnOutput, Stack
from constructs import Construct

from gatewright.api import ContractApi, EndpointSettings, RetiredApi
from gatewright.api.document_synthesizer import DocumentSynthesizer
from gatewright.api.security_policy import access_mode
from gatewright.config import ApiConfig, Environment
from gatewright.consumers import PlanStage
from gatewright.contract import GatewayBinding, compile_retired, lifecycle_headers
from gatewright.contract.quotas import ApiQuotas
from gatewright.operations.log_groups import LogKeeping
from gatewright.release.canary_settings import CanarySettings
from stacks.authorizers import policy_of
from stacks.caching import cached_operations
from stacks.contracts import lifecycle_of
from stacks.served import Served
from stacks.stages import retired_stages, stage_settings


class ApiStack(Stack):
    """It holds no data, but its id is its address: a replaced API is another URL to callers.

    ``served`` is None for a version that is retired; ``successor_url`` is where callers of one that
    is on its way out should go; ``canary`` is how a release of it is tried, None for all at once.
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
        canary: CanarySettings | None = None,
    ) -> None:
        super().__init__(
            scope,
            construct_id,
            stack_name=stack_name,
            termination_protection=environment.protect,
            synthesizer=DocumentSynthesizer(),
        )
        self._environment = environment
        self._config = api
        self._successor_url = successor_url
        self._canary = canary
        self._name = stack_name
        self._logs = LogKeeping(
            retention_days=environment.log_retention_days, retain=environment.protect
        )
        self.api = self._contract_api(served) if served else self._retired_api()
        rest_api_id = self.api.rest_api.rest_api_id
        self.plan_stages = {
            name: PlanStage(rest_api_id=rest_api_id, stage_name=name) for name in self.api.stages
        }
        domain = environment.domain
        domain_url = domain.url_of(api.service, api.version) if domain else None
        self.url = domain_url or self.api.url
        self._outputs(rest_api_id)

    def _contract_api(self, served: Served) -> ContractApi:
        api, environment = self._config, self._environment
        return ContractApi(
            self,
            "Api",
            name=self._name,
            contract=served.contract,
            function=served.function,
            key_authorizer=served.key_authorizer,
            authorizers=served.authorizers,
            resource_policy=policy_of(api),
            streams=served.streams,
            user_pool_arns=(served.user_pool_arn,),
            allow_origin=api.allow_origin,
            lifecycle_headers=self._headers(),
            cached=cached_operations(api),
            endpoint=_endpoint(environment, api),
            stages=stage_settings(environment, api, served.contract, served.promoted),
            quotas=_quotas(environment),
            logs=self._logs,
            settings=served.settings,
            canary=self._canary,
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
            endpoint=_endpoint(self._environment, api),
            stages=retired_stages(self._environment, api),
            logs=self._logs,
        )

    def _headers(self) -> dict[str, str]:
        return lifecycle_headers(lifecycle_of(self._config), self._successor_url)

    def _outputs(self, rest_api_id: str) -> None:
        # Exported with or without a plan over it, for the reason given at the user pool.
        self.export_value(rest_api_id)
        CfnOutput(self, "RestApiId", value=rest_api_id)
        CfnOutput(self, "StageName", value=self.api.stage.stage_name)
        CfnOutput(self, "Url", value=self.url)
        for name in self.api.stages if self._config.stages else ():
            # Output keys are alphanumeric, so the name travels in the value.
            CfnOutput(self, f"StageUrl-{name}", value=f"{name}={self.api.url_of(name)}")


def _endpoint(environment: Environment, api: ApiConfig) -> EndpointSettings:
    domain = environment.domain
    # API Gateway negotiates TLS by the API's policy, also for calls of its domain.
    policy = api.security_policy or (domain.policy if domain else None)
    mode = api.endpoint_access_mode
    return EndpointSettings(
        kind=api.endpoint.upper(),
        vpc_endpoints=environment.vpc_endpoints if api.endpoint == "private" else (),
        security_policy=policy,
        access_mode=mode.upper() if mode else access_mode(policy),
        default_endpoint=domain is None or domain.default_endpoint == "enabled",
    )


def _quotas(environment: Environment) -> ApiQuotas:
    quotas = environment.quotas
    return ApiQuotas(
        resources=quotas.resources_per_api,
        authorizers=quotas.authorizers_per_api,
        policy_characters=quotas.policy_characters,
        stated_in=f"environments.{environment.name}.quotas of platform.yaml",
    )
