"""How an environment reaches what is in a VPC, as `platform.yaml` writes it."""

from typing import Annotated

from pydantic import Field

from gatewright.config.rules import text
from gatewright.config.section import Section

LoadBalancer = Annotated[
    str,
    text(
        r"arn:[a-z-]+:elasticloadbalancing:[a-z0-9{}-]+:[0-9a-z{}]+:loadbalancer/(?:app|net)/[^\s\"]+",
        "the ARN of an Application or Network Load Balancer, in quotes",
    ),
]
Subnet = Annotated[
    str, text(r"subnet-(?:[0-9a-f]{8}|[0-9a-f]{17})", "the id of a subnet, such as subnet-0a1b2c3d")
]
SecurityGroup = Annotated[
    str, text(r"sg-(?:[0-9a-f]{8}|[0-9a-f]{17})", "the id of a security group: sg-0a1b2c3d")
]


class VpcLinkFields(Section):
    """A way into a VPC, to one load balancer.

    AWS: "Private integrations for REST APIs in API Gateway": a VPC link V2, in the same account.
    """

    load_balancer: LoadBalancer = Field(
        description="The ARN of the Application or Network Load Balancer; {account} and {region} "
        "in it are the environment's."
    )
    subnets: tuple[Subnet, ...] = Field(
        min_length=1, description="The subnets of the VPC that the link is in."
    )
    security_groups: tuple[SecurityGroup, ...] = Field(
        (), description="The security groups of the link."
    )
