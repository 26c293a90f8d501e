"""The cache of `AWS::ApiGateway::Stage`, and settings of single methods by their encoded paths.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-stage.html
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-apigateway-stage-methodsetting.html
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from local.gaps import response_cache
from local.gaps.patch import PROVISIONERS, Function, HandlerPatch, Patch

Properties = Mapping[str, Any]


def decoded(original: Function) -> Function:
    """Name a method as it is looked up: `/~1foods~1{name}/GET` is `/foods/{name}/GET`."""

    def settings(raw: Any) -> dict[str, Any]:
        return {_decoded(name): entry for name, entry in original(raw).items()}

    return settings


def _decoded(name: str) -> str:
    return name if name == "*/*" else "/" + name.replace("~1", "/").lstrip("/")


def on_create(original: Function) -> Function:
    """Make the cache with the stage."""

    def create(logical_id: str, properties: Properties, stack_name: str) -> Any:
        created = original(logical_id, properties, stack_name)
        _keep(properties)
        return created

    return create


def on_update(original: Function) -> Function:
    """Make it, change it or take it away with an update, or with the rollback of one."""

    def update(physical_id: str, old: Properties, new: Properties, stack_name: str) -> Any:
        updated = original(physical_id, old, new, stack_name)
        _keep(new)
        return updated

    return update


def _keep(properties: Properties) -> None:
    from ministack.services import apigateway_v1

    api_id, name = properties.get("RestApiId", ""), properties.get("StageName", "")
    stage = (apigateway_v1._stages_v1.get(api_id) or {}).get(name)
    if stage is None:
        return
    enabled = str(properties.get("CacheClusterEnabled", False)).lower() == "true"
    cluster = {
        "cacheClusterEnabled": enabled,
        "cacheClusterSize": str(properties.get("CacheClusterSize", "0.5")) if enabled else None,
        "cacheClusterStatus": "AVAILABLE" if enabled else "NOT_AVAILABLE",
    }
    if any(stage.get(field) != value for field, value in cluster.items()):
        response_cache.forget(api_id, name)
        stage.update(cluster)


PATCHES = (
    Patch(PROVISIONERS, "_apigw_method_settings", decoded),
    Patch(PROVISIONERS, "_apigw_stage_create", on_create),
    Patch(PROVISIONERS, "_apigw_stage_update", on_update),
)
HANDLERS = (
    HandlerPatch(
        "AWS::ApiGateway::Stage",
        (("create", "_apigw_stage_create"), ("update", "_apigw_stage_update")),
    ),
)
