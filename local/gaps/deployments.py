"""A deployment is a snapshot of its API, and a stage serves the deployment that it names.

A change to the API is served when it has been deployed; a change of the stage is served at once.
https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-deployments.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/updating-api.html
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from local.gaps.canary import serving as serving_canary
from local.gaps.patch import Function, Patch

API = "ministack.services.apigateway_v1"
# What ministack keeps by API and reads while it serves. Gateway responses it snapshots itself.
STORES = ("_rest_apis", "_resources", "_models", "_request_validators", "_authorizers_v1")
SAVED_AS = "deployment_snapshots"


@dataclass(frozen=True)
class Snapshot:
    """What an API was when it was deployed: its records by the id of the store they are from."""

    api_id: str
    records: dict[int, Any]


_taken: dict[str, dict[str, Snapshot]] = {}  # by API and by deployment
_served: ContextVar[Snapshot | None] = ContextVar("served", default=None)


def of_deployment(api_id: str, deployment_id: str | None) -> Snapshot | None:
    """The snapshot of a deployment, or None when there is no such deployment."""
    return _taken.get(api_id, {}).get(deployment_id or "")


def taking(original: Function) -> Function:
    """Take the snapshot when a deployment is created."""

    def create(api_id: str, data: Any) -> Any:
        records = _copies(api_id)
        answer = original(api_id, data)
        if answer[0] < 400:
            deployment_id = json.loads(answer[2])["id"]
            _taken.setdefault(api_id, {})[deployment_id] = Snapshot(api_id, records)
        return answer

    return create


def _copies(api_id: str) -> dict[int, Any]:
    from ministack.services import apigateway_v1

    stores = [getattr(apigateway_v1, name) for name in STORES]
    return {id(store): copy.deepcopy(store.get(api_id) or {}) for store in stores}


def serving(original: Function) -> Function:
    """Answer a request with what was deployed to the stage, or to the canary that gets it."""

    async def execute(request: Any, api_id: str, stage_name: str, *arguments: Any) -> Any:
        if _served.get() is not None:  # what `serving_records` says
            return await original(request, api_id, stage_name, *arguments)
        stage = _stage(api_id, stage_name)
        with _deployed_to(api_id, stage_name, stage and serving_canary.of_request(stage)):
            return await original(request, api_id, stage_name, *arguments)

    return execute


def exporting(original: Function) -> Function:
    """Export what was deployed to the stage."""

    def export(api_id: str, stage_name: str, *arguments: Any) -> Any:
        with _deployed_to(api_id, stage_name, _stage(api_id, stage_name)):
            return original(api_id, stage_name, *arguments)

    return export


def _stage(api_id: str, stage_name: str) -> Mapping[str, Any] | None:
    from ministack.services import apigateway_v1

    found: Mapping[str, Any] | None = (apigateway_v1._stages_v1.get(api_id) or {}).get(stage_name)
    return found


def _deployed_to(
    api_id: str, stage_name: str, stage: Mapping[str, Any] | None
) -> AbstractContextManager[None]:
    return serving_records(_with_stage(api_id, stage_name, stage) if stage else None)


@contextmanager
def serving_records(snapshot: Snapshot | None) -> Iterator[None]:
    """Serve requests that begin inside with these records, and all else as it is now."""
    token = _served.set(snapshot)
    try:
        yield
    finally:
        _served.reset(token)


def _with_stage(api_id: str, stage_name: str, stage: Mapping[str, Any]) -> Snapshot:
    """With the stage as it is now: a request that is under way does not move with it."""
    from ministack.services import apigateway_v1

    snapshot = of_deployment(api_id, stage.get("deploymentId"))
    now = {**stage, "variables": dict(stage.get("variables") or {})}
    records = {**(snapshot.records if snapshot else {})}
    if stage.get(serving_canary.IS_CANARY):
        store = apigateway_v1._authorizers_v1
        records[id(store)] = dict(records.get(id(store)) or store.get(api_id) or {})
    records[id(apigateway_v1._stages_v1)] = {stage_name: now}
    return Snapshot(api_id, records)


def reading(original: Function) -> Function:
    """Read the records of the API being served from its snapshot."""

    def get(store: Any, key: Any, default: Any = None) -> Any:
        snapshot = _served.get()
        if snapshot is not None and key == snapshot.api_id and id(store) in snapshot.records:
            return snapshot.records[id(store)]
        return original(store, key, default)

    return get


def forgetting_one(original: Function) -> Function:
    """Drop the snapshot with its deployment."""

    def delete(api_id: str, deployment_id: str) -> Any:
        answer = original(api_id, deployment_id)
        if answer[0] < 400:
            _taken.get(api_id, {}).pop(deployment_id, None)
        return answer

    return delete


def forgetting_api(original: Function) -> Function:
    """Drop the snapshots with their API."""

    def delete(api_id: str) -> Any:
        _taken.pop(api_id, None)
        return original(api_id)

    return delete


def forgetting_all(original: Function) -> Function:
    """Drop every snapshot when ministack forgets everything."""

    def reset() -> Any:
        _taken.clear()
        return original()

    return reset


def saving(original: Function) -> Function:
    """Save the snapshots with the rest of the service."""

    def get_state() -> dict[str, Any]:
        from ministack.services import apigateway_v1

        names = {id(getattr(apigateway_v1, name)): name for name in STORES}
        snapshots = {
            api_id: {
                deployment_id: {names[store]: found for store, found in snapshot.records.items()}
                for deployment_id, snapshot in list(taken.items())
            }
            for api_id, taken in list(_taken.items())
        }
        return {**original(), SAVED_AS: snapshots}

    return get_state


def restoring(original: Function) -> Function:
    """Restore them, for the stores of this process."""

    def load(data: dict[str, Any]) -> Any:
        from ministack.services import apigateway_v1

        for api_id, taken in (data or {}).get(SAVED_AS, {}).items():
            for deployment_id, found in taken.items():
                records = {id(getattr(apigateway_v1, name)): found[name] for name in STORES}
                _taken.setdefault(api_id, {})[deployment_id] = Snapshot(api_id, records)
        return original(data)

    return load


PATCHES = (
    Patch(API, "_create_deployment", taking),
    Patch(API, "_execute_in_scope", serving),
    Patch(API, "_get_export", exporting),
    Patch("ministack.core.responses", "AccountRegionScopedDict.get", reading),
    Patch(API, "_delete_deployment", forgetting_one),
    Patch(API, "_delete_rest_api", forgetting_api),
    Patch(API, "reset", forgetting_all),
    Patch(API, "get_state", saving),
    Patch(API, "load_persisted_state", restoring),
)
