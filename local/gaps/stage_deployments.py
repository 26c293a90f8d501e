"""A stage names a deployment that exists, and a deployment that a stage names cannot be deleted.

https://docs.aws.amazon.com/apigateway/latest/api/API_CreateStage.html
https://docs.aws.amazon.com/apigateway/latest/api/API_UpdateStage.html
https://docs.aws.amazon.com/apigateway/latest/api/API_DeleteDeployment.html
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from local.gaps.deployments import API
from local.gaps.patch import PROVISIONERS, Function, HandlerPatch, Patch

IN_USE = "Active stages pointing to this deployment must be moved or deleted"
UNKNOWN = "Deployment id does not exist"


def on_delete(original: Function) -> Function:
    """Refuse while a stage, or the canary on it, serves the deployment."""

    def delete(api_id: str, deployment_id: str) -> Any:
        if _stages_serving(api_id, deployment_id):
            return _refusal(IN_USE)
        return original(api_id, deployment_id)

    return delete


def on_create(original: Function) -> Function:
    """Refuse a stage for a deployment that is not there."""

    def create(api_id: str, data: Mapping[str, Any]) -> Any:
        if not _exists(api_id, data.get("deploymentId")):
            return _refusal(UNKNOWN)
        return original(api_id, data)

    return create


def on_update(original: Function) -> Function:
    """Refuse to move a stage there. A stage that moves asks its authorizers anew."""

    def update(api_id: str, stage_name: str, data: Mapping[str, Any]) -> Any:
        for change in data.get("patchOperations") or []:
            is_move = (change.get("op"), change.get("path")) == ("replace", "/deploymentId")
            if is_move and not _exists(api_id, change.get("value")):
                return _refusal(UNKNOWN)
        before = _deployment_of(api_id, stage_name)
        answer = original(api_id, stage_name, data)
        if _deployment_of(api_id, stage_name) != before:
            _forget_authorizations(api_id, stage_name)
        return answer

    return update


def on_deploy(original: Function) -> Function:
    """A stage that CreateDeployment moves asks its authorizers anew too."""

    def deploy(api_id: str, deployment_id: str, stage_name: str, *arguments: Any) -> Any:
        _forget_authorizations(api_id, stage_name)
        return original(api_id, deployment_id, stage_name, *arguments)

    return deploy


def on_stack_delete(original: Function) -> Function:
    """Fail the deletion of the resource, as its refusal does on AWS.

    A stage that the deployment itself made, with `StageName`, goes with the API.
    """

    def delete(deployment_id: str, properties: Mapping[str, Any]) -> Any:
        answer = original(deployment_id, properties)
        serving = _stages_serving(properties.get("RestApiId", ""), deployment_id)
        if serving - {properties.get("StageName")}:
            raise ValueError(IN_USE)
        return answer

    return delete


def on_stack_stage(original: Function) -> Function:
    """Fail the creation of a stage that CreateStage refuses, which ministack does not look at."""

    def create(logical_id: str, properties: Mapping[str, Any], stack_name: str) -> Any:
        deployment_id = properties.get("DeploymentId")
        if not deployment_id:
            raise ValueError("AWS::ApiGateway::Stage: DeploymentId cannot be empty")
        if not _exists(properties.get("RestApiId", ""), deployment_id):
            raise ValueError(f"AWS::ApiGateway::Stage: {UNKNOWN}: {deployment_id}")
        return original(logical_id, properties, stack_name)

    return create


def _refusal(message: str) -> Any:
    from ministack.services import apigateway_v1

    return apigateway_v1._v1_error("BadRequestException", message, 400)


def _exists(api_id: str, deployment_id: Any) -> bool:
    from ministack.services import apigateway_v1

    return deployment_id in (apigateway_v1._deployments_v1.get(api_id) or {})


def _stages(api_id: str) -> dict[str, dict[str, Any]]:
    from ministack.services import apigateway_v1

    return dict(apigateway_v1._stages_v1.get(api_id) or {})


def _stages_serving(api_id: str, deployment_id: str) -> set[str]:
    return {
        name
        for name, stage in _stages(api_id).items()
        if deployment_id
        in (stage.get("deploymentId"), (stage.get("canarySettings") or {}).get("deploymentId"))
    }


def _deployment_of(api_id: str, stage_name: str) -> Any:
    return _stages(api_id).get(stage_name, {}).get("deploymentId")


def _forget_authorizations(api_id: str, stage_name: str) -> None:
    """An authorizer may have other settings in another deployment."""
    from ministack.services import apigateway_v1

    cache = apigateway_v1._authorizer_cache
    for key in [key for key in cache if (key[2], key[4]) == (api_id, stage_name)]:
        cache.pop(key, None)


PATCHES = (
    Patch(API, "_delete_deployment", on_delete),
    Patch(API, "_create_stage", on_create),
    Patch(API, "_update_stage", on_update),
    Patch(API, "_deploy_to_stage", on_deploy),
    Patch(PROVISIONERS, "_apigw_deployment_delete", on_stack_delete),
    Patch(PROVISIONERS, "_apigw_stage_create", on_stack_stage),
)
HANDLERS = (
    HandlerPatch("AWS::ApiGateway::Deployment", (("delete", "_apigw_deployment_delete"),)),
    HandlerPatch("AWS::ApiGateway::Stage", (("create", "_apigw_stage_create"),)),
)
