"""A way from an API to a load balancer in a VPC."""

from aws_cdk import aws_apigatewayv2 as apigatewayv2
from constructs import Construct

from gatewright.api.settings import VpcLinkSettings


class VpcLink(Construct):
    """A VPC link V2, which REST APIs can use as well as HTTP APIs.

    AWS: "Private integrations for REST APIs in API Gateway", which advises against links V1.
    """

    def __init__(
        self, scope: Construct, construct_id: str, *, name: str, settings: VpcLinkSettings
    ) -> None:
        super().__init__(scope, construct_id)
        link = apigatewayv2.CfnVpcLink(
            self,
            "Resource",
            name=name,
            subnet_ids=list(settings.subnets),
            security_group_ids=list(settings.security_groups),
        )
        self.vpc_link_id = link.ref
        self.load_balancer = settings.load_balancer
