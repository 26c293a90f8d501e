"""`AWS::CodePipeline::Pipeline`: Ref is the name, Version counts the changes of the structure.

AWS starts an execution when a pipeline is made, and another when RestartExecutionOnUpdate says so.
Here nothing runs by itself. Stage transitions that the template disables stay enabled.
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-codepipeline-pipeline.html
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from local.gaps.codepipeline import pipelines, template
from local.gaps.codepipeline.errors import RefusedError
from local.gaps.patch import ResourceType

Properties = Mapping[str, Any]
_NAME_LENGTH = 100


def create(logical_id: str, properties: Properties, stack_name: str) -> Any:
    """Version 1."""
    from ministack.services.cloudformation import provisioners

    generated = provisioners._physical_name(stack_name, logical_id, max_len=_NAME_LENGTH)
    name = properties.get("Name") or generated
    declared = template.declaration(properties, name)
    try:
        made = pipelines.create(declared, template.tags(properties))
    except RefusedError as error:
        raise ValueError(f"{error} (Service: CodePipeline, Code: {error.code})") from None
    return name, _attributes(made)


def update(physical_id: str, old: Properties, new: Properties, stack_name: str) -> Any:
    """The next version, unless only tags or what is not of the structure changed."""
    if physical_id not in pipelines.store():
        return create(physical_id, {**new, "Name": physical_id}, stack_name)
    record = pipelines.find(physical_id)
    declared = template.declaration(new, physical_id)
    if declared != template.declaration(old, physical_id):
        try:
            pipelines.update(declared)
        except RefusedError as error:
            raise ValueError(f"{error} (Service: CodePipeline, Code: {error.code})") from None
    record["tags"] = template.tags(new)
    return physical_id, _attributes(record["pipeline"])


def delete(physical_id: str, _properties: Properties) -> None:
    pipelines.delete(physical_id)


def _attributes(pipeline: Mapping[str, Any]) -> dict[str, str]:
    return {"Version": str(pipeline["version"])}


RESOURCE_TYPES = (
    ResourceType(
        name="AWS::CodePipeline::Pipeline",
        operations={"create": create, "update": update, "delete": delete},
        replacing=("Name",),
        tags="Tags",
    ),
)
