"""What stays when an environment's stacks are deleted."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_RETAINING = ("Retain", "RetainExceptOnCreate", "Snapshot")
# Kept for a rollback while the stack lives; they go with the function or the API they belong to.
_GO_WITH_THEIR_OWNER = (
    "AWS::ApiGateway::Deployment",
    "AWS::Lambda::Alias",
    "AWS::Lambda::Permission",
    "AWS::Lambda::Version",
)


@dataclass(frozen=True, kw_only=True)
class DeployedStack:
    """A stack that exists, and whether it refuses to be deleted."""

    name: str
    protected: bool


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A resource that outlives its stack."""

    stack: str
    resource_type: str
    physical_id: str


def tagged_stacks(cloudformation: Any, tags: Mapping[str, str]) -> list[DeployedStack]:
    """The stacks that carry all of ``tags``, by which the platform marks its environments."""
    return [
        DeployedStack(
            name=stack["StackName"], protected=bool(stack.get("EnableTerminationProtection"))
        )
        for page in cloudformation.get_paginator("describe_stacks").paginate()
        for stack in page["Stacks"]
        if tags.items() <= {tag["Key"]: tag["Value"] for tag in stack.get("Tags", [])}.items()
    ]


def kept_after_deletion(cloudformation: Any, stack: str) -> Iterator[Kept]:
    """The resources whose deletion policy keeps them when their stack is deleted."""
    policies = _deletion_policies(cloudformation.get_template(StackName=stack)["TemplateBody"])
    for page in cloudformation.get_paginator("list_stack_resources").paginate(StackName=stack):
        for resource in page["StackResourceSummaries"]:
            kind = resource["ResourceType"]
            retained = policies.get(resource["LogicalResourceId"]) in _RETAINING
            if retained and kind not in _GO_WITH_THEIR_OWNER:
                yield Kept(
                    stack=stack,
                    resource_type=kind,
                    physical_id=resource.get("PhysicalResourceId", ""),
                )


def _deletion_policies(template: str | Mapping[str, Any]) -> dict[str, str]:
    body = json.loads(template) if isinstance(template, str) else template
    return {
        logical_id: resource.get("DeletionPolicy", "Delete")
        for logical_id, resource in body["Resources"].items()
    }
