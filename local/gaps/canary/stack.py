"""`CanarySetting` of `AWS::ApiGateway::Stage`: made, changed in place, and taken away again.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-apigateway-stage-canarysetting.html
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-apigateway-deployment-deploymentcanarysettings.html
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from local.gaps.canary.created import of_template
from local.gaps.canary.settings import IN_STAGE, complete
from local.gaps.patch import PROVISIONERS, Function, HandlerPatch, Patch
from local.gaps.stage_deployments import UNKNOWN

PROPERTY = "CanarySetting"
OF_DEPLOYMENT = "DeploymentCanarySettings"
_NAMES = {
    "DeploymentId": "deploymentId",
    "PercentTraffic": "percentTraffic",
    "StageVariableOverrides": "stageVariableOverrides",
    "UseStageCache": "useStageCache",
}

Properties = Mapping[str, Any]


def on_create(original: Function) -> Function:
    """Give the new stage its canary."""

    def create(logical_id: str, properties: Properties, stack_name: str) -> Any:
        settings = _settings(properties)
        created = original(logical_id, properties, stack_name)
        _keep(properties, settings)
        return created

    return create


def on_update(original: Function) -> Function:
    """Change the canary with the stage where the template changes it, and leave it otherwise.

    CloudFormation compares templates: a canary that another started is not its own.
    """

    def update(physical_id: str, old: Properties, new: Properties, stack_name: str) -> Any:
        settings = _settings(new)
        if old.get(PROPERTY) == new.get(PROPERTY):
            return original(physical_id, old, new, stack_name)
        before = _stage(new).pop(IN_STAGE, None)  # and no obstacle to a move of the stage
        try:
            updated = original(physical_id, old, new, stack_name)
        except BaseException:
            _keep(old, before)
            raise
        _keep(new, settings)
        return updated

    return update


def on_deployment(original: Function) -> Function:
    """Give a new deployment to the canary of its stage, by its `DeploymentCanarySettings`."""

    def create(logical_id: str, properties: Properties, stack_name: str) -> Any:
        token = of_template.set(_named(properties.get(OF_DEPLOYMENT) or {}) or None)
        try:
            return original(logical_id, properties, stack_name)
        finally:
            of_template.reset(token)

    return create


def _named(given: Properties) -> dict[str, Any]:
    return {_NAMES[name]: value for name, value in given.items() if name in _NAMES}


def _settings(properties: Properties) -> dict[str, Any] | None:
    """As GetStage shows them. ValueError where CreateStage would refuse them."""
    from ministack.services import apigateway_v1

    given = properties.get(PROPERTY)
    if not given:
        return None
    settings = complete(_named(given), properties.get("DeploymentId", ""))
    known = apigateway_v1._deployments_v1.get(properties.get("RestApiId", "")) or {}
    if settings["deploymentId"] not in known:
        raise ValueError(f"AWS::ApiGateway::Stage CanarySetting: {UNKNOWN}")
    return settings


def _stage(properties: Properties) -> dict[str, Any]:
    from ministack.services import apigateway_v1

    stages = apigateway_v1._stages_v1.get(properties.get("RestApiId", "")) or {}
    found: dict[str, Any] = stages.get(properties.get("StageName")) or {}
    return found


def _keep(properties: Properties, settings: dict[str, Any] | None) -> None:
    if settings:
        _stage(properties)[IN_STAGE] = settings


PATCHES = (
    Patch(PROVISIONERS, "_apigw_stage_create", on_create),
    Patch(PROVISIONERS, "_apigw_stage_update", on_update),
    Patch(PROVISIONERS, "_apigw_deployment_create", on_deployment),
)
HANDLERS = (
    HandlerPatch("AWS::ApiGateway::Deployment", (("create", "_apigw_deployment_create"),)),
    HandlerPatch(
        "AWS::ApiGateway::Stage",
        (("create", "_apigw_stage_create"), ("update", "_apigw_stage_update")),
    ),
)
