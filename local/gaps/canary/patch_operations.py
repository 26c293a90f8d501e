"""UpdateStage on the canary of a stage: started, changed, promoted by `copy`, and removed.

"After a canary release is enabled, the deployment stage cannot be associated with another
non-canary release deployment until the canary release is disabled and the canary settings removed".
https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/update-canary-deployment.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/promote-canary-deployment.html
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from typing import Any

from local.gaps.canary.settings import IN_STAGE, complete, percent, truth
from local.gaps.patch import Function, Patch
from local.gaps.stage_deployments import UNKNOWN

API = "ministack.services.apigateway_v1"
ROOT = f"/{IN_STAGE}"
OVERRIDES = f"{ROOT}/stageVariableOverrides"
NO_CANARY = "Promotion not available. Canary does not exist."
ENABLED = "Non canary deployment not supported on stage {stage} because Canary is enabled."
_COPIES = {"/deploymentId": f"{ROOT}/deploymentId", "/variables": OVERRIDES}

Change = Mapping[str, Any]
Stage = dict[str, Any]


def of_canary(original: Function) -> Function:
    """Apply the operations in their order, all of them or none, and leave the others to ministack.

    ministack copies nothing, and keeps each value as the text that it came as.
    """

    def update(api_id: str, stage_name: str, data: Mapping[str, Any]) -> Any:
        from ministack.services import apigateway_v1 as api

        changes = data.get("patchOperations") or []
        stage = (api._stages_v1.get(api_id) or {}).get(stage_name)
        if stage is None or not (stage.get(IN_STAGE) or any(map(_is_ours, changes))):
            return original(api_id, stage_name, data)
        try:
            wanted = changed(stage, changes, set(api._deployments_v1.get(api_id) or {}))
        except ValueError as problem:
            return api._v1_error("BadRequestException", str(problem), 400)
        rest = {**data, "patchOperations": [each for each in changes if not _is_ours(each)]}
        answer = original(api_id, stage_name, rest)
        if answer[0] >= 400:
            return answer
        stage.pop(IN_STAGE, None)
        stage.update(wanted)
        return api._v1_response(stage)

    return update


def changed(stage: Mapping[str, Any], changes: Sequence[Change], deployments: set[str]) -> Stage:
    """What these operations make of a stage's canary, its deployment and its variables.

    `deployments` are those that exist. ValueError, with the message that API Gateway has for it,
    for an operation that is not allowed.
    """
    names = ("deploymentId", "variables", IN_STAGE)
    wanted = {name: copy.deepcopy(stage[name]) for name in names if name in stage}
    for change in changes:
        _apply(wanted, change, deployments)
    canary = wanted.get(IN_STAGE)
    served = (stage.get("deploymentId"), (canary or {}).get("deploymentId"))
    if canary and wanted.get("deploymentId") not in served:
        raise ValueError(ENABLED.format(stage=stage.get("stageName")))
    return wanted


def _is_ours(change: Change) -> bool:
    path = str(change.get("path"))
    return path == ROOT or path.startswith(f"{ROOT}/") or change.get("op") == "copy"


def _apply(wanted: Stage, change: Change, deployments: set[str]) -> None:
    operation, path = change.get("op"), str(change.get("path"))
    if operation == "copy":
        _promote(wanted, path, change.get("from"))
    elif not _is_ours(change):
        _follow(wanted, operation, path, change.get("value"))
    elif operation == "replace":
        _replace(wanted, path, change.get("value"), deployments)
    elif operation == "remove":
        _remove(wanted, path)
    else:
        raise ValueError(f"Invalid {operation} operation with path: {path}")


def _promote(wanted: Stage, path: str, source: Any) -> None:
    if _COPIES.get(path) != source:
        targets, sources = ", ".join(_COPIES), ", ".join(_COPIES.values())
        raise ValueError(
            f"Invalid copy operation with path: {path} and from {source}. Valid copy:path are "
            f"[{targets}] and valid copy:from are [{sources}]"
        )
    canary = wanted.get(IN_STAGE)
    if not canary:
        raise ValueError(NO_CANARY)
    if path == "/deploymentId":
        wanted["deploymentId"] = canary["deploymentId"]
    else:
        overrides = canary.get("stageVariableOverrides") or {}
        wanted["variables"] = {**(wanted.get("variables") or {}), **overrides}


def _follow(wanted: Stage, operation: Any, path: str, value: Any) -> None:
    """What ministack does with the operation, for those after it that copy over it."""
    parts = path.strip("/").split("/")
    if parts == ["deploymentId"] and operation != "remove":
        wanted["deploymentId"] = value
    elif parts == ["variables"] and operation != "remove":
        wanted["variables"] = dict(value or {})
    elif parts[0] == "variables" and len(parts) == 2:
        variables = wanted["variables"] = dict(wanted.get("variables") or {})
        if operation == "remove":
            variables.pop(parts[1], None)
        else:
            variables[parts[1]] = value


def _replace(wanted: Stage, path: str, value: Any, deployments: set[str]) -> None:
    """Change one setting; where there is no canary yet, one is started with it."""
    variable = path.removeprefix(f"{OVERRIDES}/")
    name = "stageVariableOverrides" if variable != path else path.removeprefix(f"{ROOT}/")
    canary = wanted.get(IN_STAGE) or complete({}, str(wanted.get("deploymentId") or ""))
    if name == "stageVariableOverrides" and variable != path:
        value = {**(canary.get(name) or {}), variable: str(value)}
    elif name == "deploymentId" and value not in deployments:
        raise ValueError(UNKNOWN)
    elif name == "percentTraffic":
        value = percent(value)
    elif name == "useStageCache":
        value = truth(value)
    elif name != "deploymentId":
        raise ValueError(f"Invalid method setting path: {path}")
    wanted[IN_STAGE] = {**canary, name: value}


def _remove(wanted: Stage, path: str) -> None:
    """Remove the canary, which may be gone already, or one of its variables."""
    if path == ROOT:
        wanted.pop(IN_STAGE, None)
        return
    variable = path.removeprefix(f"{OVERRIDES}/")
    if variable == path:
        raise ValueError(
            f"Cannot remove method setting {path.strip('/')} because there is no method setting "
            "for this method "
        )
    canary = wanted.get(IN_STAGE) or {}
    overrides = dict(canary.get("stageVariableOverrides") or {})
    overrides.pop(variable, None)
    canary.pop("stageVariableOverrides", None)
    if overrides:
        canary["stageVariableOverrides"] = overrides


PATCHES = (Patch(API, "_update_stage", of_canary),)
