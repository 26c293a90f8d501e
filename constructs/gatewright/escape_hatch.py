"""The one place where a construct's CloudFormation resource is reached into."""

from typing import TypeVar

from aws_cdk import CfnResource
from constructs import IConstruct

Resource = TypeVar("Resource", bound=CfnResource)


def l1(construct: IConstruct, kind: type[Resource]) -> Resource:
    """The resource behind an L2 construct, for properties that the L2 does not offer.

    Raises TypeError when the construct stands on another kind of resource: the library changed.
    AWS CDK: "Customize constructs from the AWS Construct Library" (escape hatches).
    """
    resource = construct.node.default_child
    if not isinstance(resource, kind):
        raise TypeError(f"{construct.node.path} stands on {resource!r}, not on {kind.__name__}")
    return resource
