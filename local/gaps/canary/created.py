"""Canaries that come with a new deployment, or with a new stage.

"you cannot specify any non-existing stage name when creating a canary release deployment", and no
other deployment for the stage of one.
https://docs.aws.amazon.com/apigateway/latest/developerguide/create-canary-deployment.html
https://docs.aws.amazon.com/apigateway/latest/api/API_CreateDeployment.html
https://docs.aws.amazon.com/apigateway/latest/api/API_CreateStage.html
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextvars import ContextVar
from typing import Any

from local.gaps.canary.patch_operations import ENABLED
from local.gaps.canary.settings import IN_STAGE, complete
from local.gaps.patch import Function, Patch
from local.gaps.stage_deployments import UNKNOWN

API = "ministack.services.apigateway_v1"
_REFUSED = "Invalid deployment content specified."
_NO_NAME = (
    "Non null and non empty stageName must be provided for canary deployment. Provided value is "
)
_NO_STAGE = "Stage {stage} must already be created before making a canary release deployment"
_GIVE_SETTINGS = " Provide CanarySettings in deploymentInput."

Data = Mapping[str, Any]

# What a template gives with a deployment: ministack's function for it does not hand it on.
of_template: ContextVar[Data | None] = ContextVar("of_template", default=None)


def with_deployment(original: Function) -> Function:
    """Give the new deployment to the canary of the stage, and leave the stage where it is."""

    def create(api_id: str, data: Data) -> Any:
        from ministack.services import apigateway_v1 as api

        data = {**data, IN_STAGE: data.get(IN_STAGE) or of_template.get()}
        name = data.get("stageName")
        stages = api._stages_v1.get(api_id) or {}
        stage: Any = stages.get(name)
        if api_id not in api._rest_apis or not (data.get(IN_STAGE) or (stage or {}).get(IN_STAGE)):
            return original(api_id, data)
        problem = _problem(name, stage, data)
        if problem:
            return api._v1_error("BadRequestException", _REFUSED + problem, 400)
        try:
            settings = complete(data[IN_STAGE], "")
        except ValueError as error:
            return api._v1_error("BadRequestException", f"{_REFUSED}{error}", 400)
        answer = original(api_id, {**data, "stageName": None})
        if answer[0] < 400:
            stage[IN_STAGE] = {**settings, "deploymentId": json.loads(answer[2])["id"]}
        return answer

    return create


def _problem(name: Any, stage: Any, data: Data) -> str | None:
    if not data.get(IN_STAGE):
        return ENABLED.format(stage=name) + _GIVE_SETTINGS
    if not name:
        return _NO_NAME + ("null" if name is None else "")
    return None if stage else _NO_STAGE.format(stage=name)


def with_stage(original: Function) -> Function:
    """Keep the canary of a new stage, which ministack drops."""

    def create(api_id: str, data: Data) -> Any:
        from ministack.services import apigateway_v1 as api

        if not data.get(IN_STAGE):
            return original(api_id, data)
        try:
            settings = complete(data[IN_STAGE], str(data.get("deploymentId") or ""))
        except ValueError as error:
            return api._v1_error("BadRequestException", str(error), 400)
        if settings["deploymentId"] not in (api._deployments_v1.get(api_id) or {}):
            return api._v1_error("BadRequestException", UNKNOWN, 400)
        answer = original(api_id, data)
        if answer[0] >= 400:
            return answer
        stage = api._stages_v1[api_id][data["stageName"]]
        stage[IN_STAGE] = settings
        return api._v1_response(stage, 201)

    return create


PATCHES = (
    Patch(API, "_create_deployment", with_deployment),
    Patch(API, "_create_stage", with_stage),
)
