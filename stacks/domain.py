"""The domain name over all APIs of an environment."""

from collections.abc import Mapping

from aws_cdk import CfnOutput, Stack
from constructs import Construct

from gatewright.config import ApiConfig, Domain, Environment, Platform
from gatewright.consumers import PlanStage
from gatewright.domain.domain_name import MAPPINGS_ONLY, RULES_FIRST, DomainName, Truststore
from gatewright.domain.routes import Routes, Target


class DomainStack(Stack):
    """It spans APIs, so it comes after all of them."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        stack_name: str,
        platform: Platform,
        environment: Environment,
        domain: Domain,
        stages: Mapping[str, PlanStage],
    ) -> None:
        super().__init__(
            scope,
            construct_id,
            stack_name=stack_name,
            termination_protection=environment.protect,
        )
        self._domain = domain
        self._targets = {
            name: Target(rest_api_id=stage.rest_api_id, stage_name=stage.stage_name)
            for name, stage in stages.items()
        }
        domain_name = self._domain_name()
        self._routes = Routes(self, "Routes", domain_name=domain_name)
        for api in platform.apis:
            self._route(api)
        # For who keeps the name elsewhere: what it must be an alias of.
        CfnOutput(self, "DomainName", value=domain.name)
        CfnOutput(self, "Target", value=domain_name.target)

    def _domain_name(self) -> DomainName:
        domain, mutual_tls = self._domain, self._domain.mutual_tls
        return DomainName(
            self,
            "Domain",
            name=domain.name,
            certificate_arn=domain.certificate,
            hosted_zone_id=domain.hosted_zone.id if domain.hosted_zone else None,
            security_policy=domain.policy,
            routing_mode=RULES_FIRST if domain.routing else MAPPINGS_ONLY,
            truststore=Truststore(uri=mutual_tls.truststore, version=mutual_tls.version)
            if mutual_tls
            else None,
        )

    def _route(self, api: ApiConfig) -> None:
        routing, target = self._domain.routing, self._targets[api.api_name]
        base_path = self._domain.base_path_of(api.service, api.version)
        if routing is None or not base_path:
            self._routes.map(f"Path-{api.api_name}", base_path, target)
        else:
            # A mapping would be asked after the rules for headers, and a path says more.
            self._routes.by_path(f"Path-{api.api_name}", base_path, target)
        if routing is None:
            return
        header = (routing.header, routing.values.get(api.version, api.version))
        self._routes.by_header(f"Header-{api.api_name}", api.service, header, target)
        if routing.default == api.version:
            self._routes.map(f"Default-{api.service}", api.service, target)
