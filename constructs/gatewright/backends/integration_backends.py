"""What the integrations of an API need: functions of their own, and a role to call services."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from aws_cdk import Aws, Stack
from aws_cdk import aws_iam as iam
from constructs import Construct

from gatewright.api.settings import ApiSettings
from gatewright.backends.lambda_backend import LambdaBackend
from gatewright.contract import Contract
from gatewright.integrations.deployed import Deployed, DeployedVpcLink, Permission
from gatewright.integrations.targets import HttpTarget
from gatewright.operations.log_groups import LogKeeping


class IntegrationBackends(Construct):
    """``deployed`` is what the contract's integrations are bound to.

    There is one function for each handler that an integration names, released with the API's
    own (``own``), and one role for all AWS services that the API calls: it may do what its
    integrations ask for, on their resources, and nothing else.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        contract: Contract,
        settings: ApiSettings,
        own: LambdaBackend | None,
        logs: LogKeeping,
    ) -> None:
        super().__init__(scope, construct_id)
        made = {
            handler: LambdaBackend(
                self, _id(handler), settings=settings.functions[handler], logs=logs
            )
            for handler in contract.handlers
        }
        self.functions: Mapping[str, LambdaBackend] = {_id(h): f for h, f in made.items()}
        uris: dict[str, Any] = {handler: f.invocation_uri for handler, f in made.items()}
        if own is not None:
            uris[""] = own.invocation_uri
        stack = Stack.of(self)
        deployed = Deployed(
            partition=Aws.PARTITION,
            region=stack.region,
            account=stack.account,
            functions=uris,
            tables=settings.tables,
            resources=settings.resources,
            vpc_links=self._vpc_links(contract, settings),
        )
        permissions = [p for i in contract.integrations for p in i.target.permissions(deployed)]
        self.role = self._role(permissions) if permissions else None
        self.deployed = replace(deployed, role_arn=self.role and self.role.role_arn)

    def _vpc_links(self, contract: Contract, settings: ApiSettings) -> dict[str, DeployedVpcLink]:
        targets = [integration.target for integration in contract.integrations]
        used = {t.vpc_link for t in targets if isinstance(t, HttpTarget) and t.vpc_link}
        if not used:
            return {}
        # Not above: the CDK's second part of API Gateway takes a while to load.
        from gatewright.backends.vpc_link import VpcLink

        stack = Stack.of(self)
        made = {
            name: VpcLink(
                self,
                f"VpcLink-{name}",
                name=f"{stack.stack_name}-{name}",
                settings=settings.vpc_links[name],
            )
            for name in sorted(used)
        }
        return {
            name: DeployedVpcLink(link.vpc_link_id, link.load_balancer)
            for name, link in made.items()
        }

    def _role(self, permissions: list[Permission]) -> iam.Role:
        # AWS: "Set up an API integration request": the credentials of an AWS integration.
        role = iam.Role(self, "Role", assumed_by=iam.ServicePrincipal("apigateway.amazonaws.com"))
        for permission in dict.fromkeys(permissions):
            role.add_to_policy(
                iam.PolicyStatement(actions=[permission.action], resources=[permission.resource])
            )
        return role


def _id(handler: str) -> str:
    """A construct's id: ``ShopJobsMake`` of ``shop.jobs.make``."""
    return "".join(word[:1].upper() + word[1:] for word in handler.replace("_", ".").split("."))
