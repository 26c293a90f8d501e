"""A stage with a cache answers a repeated request from it, by the keys of its integration.

https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html
https://docs.aws.amazon.com/apigateway/latest/api/API_FlushStageCache.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/canary-release.html
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from local.gaps import cache_control
from local.gaps.canary.serving import PRODUCTION
from local.gaps.execution import Execution, current
from local.gaps.patch import Function, Patch

API = "ministack.services.apigateway_v1"
MOST_BYTES = 1_048_576
_DEFAULT_SECONDS = 300


@dataclass(frozen=True)
class Kept:
    """An answer and until when it may be given again."""

    answer: tuple[int, dict[str, Any], bytes]
    expires: float


_kept: dict[tuple[str, str], dict[tuple[Any, ...], Kept]] = {}  # by API and stage


def answering(original: Function) -> Function:
    """Ask the integration only for what is not kept."""

    async def invoke(integration: Mapping[str, Any], *arguments: Any, **options: Any) -> Any:
        execution = current()
        settings = _settings(execution)
        if settings is None:
            return await original(integration, *arguments, **options)
        key, kept = _key(integration, execution), _of_stage(execution)
        warning: dict[str, str] = {}
        if cache_control.asks_for_a_new_answer(execution):
            refused, warning = cache_control.judge(execution, settings)
            if refused is not None:
                return refused
            if not cache_control.is_ignored(execution, settings):
                kept.pop(key, None)
        found = kept.get(key)
        if found is None or found.expires <= time.time():
            answer = await original(integration, *arguments, **options)
            if not _may_be_kept(answer):
                return answer
            seconds = int(settings.get("cacheTtlInSeconds", _DEFAULT_SECONDS))
            kept[key] = found = Kept(answer, time.time() + seconds)
        status, headers, body = found.answer
        return status, {**headers, **warning}, body

    return invoke


def _settings(execution: Execution) -> Mapping[str, Any] | None:
    """The settings of the method where its answers are kept; by default a GET's are."""
    stage = execution.request.get("stage") or {}
    if not stage.get("cacheClusterEnabled"):
        return None
    settings = stage.get("methodSettings") or {}
    path = execution.request.get("resource_path", "").lstrip("/")
    encoded = path.replace("/", "~1")
    for name in (f"/{path}", path, f"/~1{encoded}", f"~1{encoded}"):
        found = settings.get(f"{name}/{execution.method}")
        if found is not None:
            return found if _is_on(found) else None
    everywhere = settings.get("*/*") or {}
    return everywhere if execution.method == "GET" and _is_on(everywhere) else None


def _is_on(settings: Mapping[str, Any]) -> bool:
    seconds = int(settings.get("cacheTtlInSeconds", _DEFAULT_SECONDS))
    return bool(settings.get("cachingEnabled")) and seconds > 0


def _key(integration: Mapping[str, Any], execution: Execution) -> tuple[Any, ...]:
    parameters = integration.get("cacheKeyParameters") or ()
    values = tuple(_value(parameter, integration, execution) for parameter in sorted(parameters))
    return (integration.get("cacheNamespace"), execution.method, values, _other(execution))


def _other(execution: Execution) -> Any:
    """The canary's deployment: answers of another than the stage's are kept apart."""
    stage = execution.request.get("stage") or {}
    deployment = stage.get("deploymentId")
    return deployment if stage.get(PRODUCTION, deployment) != deployment else None


def _value(parameter: str, integration: Mapping[str, Any], execution: Execution) -> Any:
    """A parameter's value; one of the integration is what the request gives for it."""
    if parameter.startswith("integration.request."):
        parameter = (integration.get("requestParameters") or {}).get(parameter, "")
    location, _, name = parameter.removeprefix("method.request.").partition(".")
    if location == "header":
        return execution.header(name)
    if location == "path":
        return (execution.request.get("path_params") or {}).get(name)
    found = execution.query.get(name)
    return tuple(found) if isinstance(found, list) else found


def _may_be_kept(answer: Any) -> bool:
    return (
        isinstance(answer, tuple) and isinstance(answer[2], bytes) and len(answer[2]) <= MOST_BYTES
    )


def _of_stage(execution: Execution) -> dict[tuple[Any, ...], Kept]:
    return _kept.setdefault((execution.api_id, execution.stage_name), {})


def forget(api_id: str, stage_name: str) -> None:
    """Drop everything that a stage keeps."""
    _kept.pop((api_id, stage_name), None)


def flushing(original: Function) -> Function:
    """Answer FlushStageCache, and leave every other request to ministack."""

    async def handle(method: str, path: str, headers: Any, body: bytes, query: Any) -> Any:
        from ministack.services import apigateway_v1 as api

        parts = [part for part in path.strip("/").split("/") if part]
        if method != "DELETE" or parts[2:3] != ["stages"] or parts[4:] != ["cache", "data"]:
            return await original(method, path, headers, body, query)
        if parts[3] not in (api._stages_v1.get(parts[1]) or {}):
            return api._v1_error("NotFoundException", "Invalid stage identifier specified", 404)
        forget(parts[1], parts[3])
        return 202, {}, b""

    return handle


def of_updated(original: Function) -> Function:
    """A cache that is made anew is empty: with another size, or turned off and on."""

    def update(api_id: str, stage_name: str, data: Any) -> Any:
        before = _cluster(api_id, stage_name)
        answer = original(api_id, stage_name, data)
        if _cluster(api_id, stage_name) != before:
            forget(api_id, stage_name)
        return answer

    return update


def _cluster(api_id: str, stage_name: str) -> tuple[Any, Any]:
    from ministack.services import apigateway_v1 as api

    stage = (api._stages_v1.get(api_id) or {}).get(stage_name) or {}
    return stage.get("cacheClusterEnabled"), stage.get("cacheClusterSize")


def of_deleted(original: Function) -> Function:
    """A cache goes with its stage."""

    def delete(api_id: str, stage_name: str) -> Any:
        forget(api_id, stage_name)
        return original(api_id, stage_name)

    return delete


def of_all(original: Function) -> Function:
    """Drop every answer when ministack forgets everything."""

    def reset() -> Any:
        _kept.clear()
        return original()

    return reset


PATCHES = (
    Patch(API, "handle_request", flushing),
    Patch(API, "_update_stage", of_updated),
    Patch(API, "_delete_stage", of_deleted),
    Patch(API, "reset", of_all),
)
