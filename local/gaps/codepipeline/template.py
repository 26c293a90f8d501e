"""The properties of AWS::CodePipeline::Pipeline as the structure that GetPipeline answers with.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-codepipeline-pipeline.html
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from local.gaps.codepipeline.model import shape

# Said beside the declaration, or only to CloudFormation.
_APART = ("DisableInboundStageTransitions", "RestartExecutionOnUpdate", "Tags", "ArtifactStores")


def declaration(properties: Mapping[str, Any], name: str) -> dict[str, Any]:
    """The pipeline, whose ``Name`` property may be absent. Raises ValueError for unknown ones."""
    own = {key: value for key, value in properties.items() if key not in _APART}
    if "Version" in own:
        raise ValueError("#: extraneous key [Version] is not permitted")
    made: dict[str, Any] = _converted({**own, "Name": name}, shape("PipelineDeclaration"), "#")
    stores = properties.get("ArtifactStores") or []
    if stores:
        made["artifactStores"] = {
            store["Region"]: _converted(
                store["ArtifactStore"], shape("ArtifactStore"), "#/ArtifactStores"
            )
            for store in stores
        }
    return made


def tags(properties: Mapping[str, Any]) -> list[dict[str, str]]:
    """The ``Tags`` property as CreatePipeline takes it."""
    made: list[dict[str, str]] = _converted(
        properties.get("Tags") or [], shape("TagList"), "#/Tags"
    )
    return made


def _converted(value: Any, kind: Any, path: str) -> Any:
    if kind.type_name == "structure":
        return _structure(value, kind, path)
    if kind.type_name == "list":
        return [_converted(item, kind.member, f"{path}/{n}") for n, item in enumerate(value)]
    if kind.type_name == "map":
        # A configuration's keys are the action's, and stay as they are.
        return {key: _converted(item, kind.value, f"{path}/{key}") for key, item in value.items()}
    return _scalar(value, kind, path)


def _structure(value: Any, kind: Any, path: str) -> dict[str, Any]:
    members = {name[0].upper() + name[1:]: name for name in kind.members}
    if not isinstance(value, Mapping):
        raise ValueError(f"{path}: expected type: JSONObject")
    unknown = sorted(set(value) - set(members))
    if unknown:
        raise ValueError(f"{path}: extraneous key [{unknown[0]}] is not permitted")
    return {
        members[key]: _converted(item, kind.members[members[key]], f"{path}/{key}")
        for key, item in value.items()
        if item is not None
    }


def _scalar(value: Any, kind: Any, path: str) -> Any:
    """CloudFormation takes "1" for a number, and false for a text."""
    if isinstance(value, Mapping | list):
        raise ValueError(f"{path}: expected type: {kind.type_name.capitalize()}")
    if kind.type_name == "integer":
        try:
            return int(value)
        except ValueError:
            raise ValueError(f"{path}: expected type: Integer, found: String") from None
    if kind.type_name == "boolean":
        return str(value).lower() == "true"
    return value if isinstance(value, str) else json.dumps(value)
