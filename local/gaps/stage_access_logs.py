"""`AccessLogSetting` of `AWS::ApiGateway::Stage` is kept, shown by GetStage and updated in place.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-apigateway-stage-accesslogsetting.html
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from local.gaps.patch import PROVISIONERS, Function, HandlerPatch, Patch

Properties = Mapping[str, Any]
_IDS = ("$context.requestId", "$context.extendedRequestId")


def on_create(original: Function) -> Function:
    """Keep the setting of a new stage."""

    def create(logical_id: str, properties: Properties, stack_name: str) -> Any:
        settings = _settings(properties)
        created = original(logical_id, properties, stack_name)
        _keep(properties, settings)
        return created

    return create


def on_update(original: Function) -> Function:
    """Keep a changed setting, or that there is none any more."""

    def update(physical_id: str, old: Properties, new: Properties, stack_name: str) -> Any:
        settings = _settings(new)
        updated = original(physical_id, old, new, stack_name)
        _keep(new, settings)
        return updated

    return update


def _settings(properties: Properties) -> dict[str, str]:
    """The setting as GetStage shows it. ValueError for a format that API Gateway refuses."""
    given = properties.get("AccessLogSetting") or {}
    log_format = given.get("Format")
    if log_format and not any(name in log_format for name in _IDS):
        raise ValueError(
            "AWS::ApiGateway::Stage AccessLogSetting: the Format must contain "
            f"{_IDS[0]} or {_IDS[1]}, and it is {log_format!r}"
        )
    named = {"destinationArn": given.get("DestinationArn"), "format": log_format}
    return {name: value for name, value in named.items() if value}


def _keep(properties: Properties, settings: dict[str, str]) -> None:
    from ministack.services import apigateway_v1

    stages = apigateway_v1._stages_v1.get(properties.get("RestApiId")) or {}
    stage = stages.get(properties.get("StageName"))
    if stage is not None:
        stage["accessLogSettings"] = settings


PATCHES = (
    Patch(PROVISIONERS, "_apigw_stage_create", on_create),
    Patch(PROVISIONERS, "_apigw_stage_update", on_update),
)
HANDLERS = (
    HandlerPatch(
        "AWS::ApiGateway::Stage",
        (("create", "_apigw_stage_create"), ("update", "_apigw_stage_update")),
    ),
)
