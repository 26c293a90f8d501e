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
class Kept:
    """A resource that outlives its stack."""

    stack: str
    resource_type: str
    physical_id: str


def protected_stacks(cloudformation: Any, prefix: str) -> list[str]:
    """The stacks whose name starts with ``prefix`` and that refuse to be deleted."""
    return [
        stack["StackName"]
        for stack in _stacks(cloudformation, prefix)
        if stack.get("EnableTerminationProtection")
    ]


def kept_after_deletion(cloudformation: Any, prefix: str) -> list[Kept]:
    """The resources whose deletion policy keeps them when their stack is deleted."""
    return [
        kept
        for stack in _stacks(cloudformation, prefix)
        for kept in _kept(cloudformation, stack["StackName"])
    ]


def _stacks(cloudformation: Any, prefix: str) -> Iterator[Mapping[str, Any]]:
    for page in cloudformation.get_paginator("describe_stacks").paginate():
        yield from (s for s in page["Stacks"] if s["StackName"].startswith(prefix))


def _kept(cloudformation: Any, stack: str) -> Iterator[Kept]:
    policies = _deletion_policies(cloudformation.get_template(StackName=stack)["TemplateBody"])
    resources = cloudformation.describe_stack_resources(StackName=stack)["StackResources"]
    for resource in resources:
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
