"""Which requests of a stage its canary gets, and the stage as such a request sees it.

"total API traffic is separated at random into a production release and a canary release with a
pre-configured ratio". The canary has a deployment of its own, variables over those of the stage,
and the stage's cache only where its settings say so.
https://docs.aws.amazon.com/apigateway/latest/developerguide/canary-release.html
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

from local.gaps.canary.settings import IN_STAGE
from local.gaps.patch import Function, Patch

API = "ministack.services.apigateway_v1"
# In the stage of a request alone: whether its canary got it. Absent where there is no canary.
IS_CANARY = "isCanaryRequest"
PRODUCTION = "productionDeploymentId"

Stage = Mapping[str, Any]


def of_request(stage: Stage) -> dict[str, Any]:
    """The stage for one request, which is given to the canary or not by chance."""
    settings = stage.get(IN_STAGE)
    if not settings:
        return dict(stage)
    share = float(settings.get("percentTraffic") or 0)
    if random.random() * 100 >= share:  # noqa: S311 - traffic, and no secret
        return {**stage, IS_CANARY: False}
    return _of_canary(stage, settings)


def _of_canary(stage: Stage, settings: Mapping[str, Any]) -> dict[str, Any]:
    overrides = settings.get("stageVariableOverrides") or {}
    cached = stage.get("cacheClusterEnabled") and settings.get("useStageCache")
    return {
        **stage,
        IS_CANARY: True,
        PRODUCTION: stage.get("deploymentId"),
        "deploymentId": settings.get("deploymentId"),
        "variables": {**(stage.get("variables") or {}), **overrides},
        "cacheClusterEnabled": bool(cached),
    }


def apart(original: Function) -> Function:
    """Keep what the authorizers of a canary answer apart from what those of its stage do.

    ministack keeps an answer by the id of the authorizer and the name of the stage. A canary's
    authorizer may have the same id, and other settings or another function.
    """

    async def authorize(api_id: str, stage_name: str, method: Any, *arguments: Any) -> Any:
        from ministack.services import apigateway_v1

        stage, authorizer_id = arguments[7], method.get("authorizerId")
        if not stage.get(IS_CANARY) or not authorizer_id:
            return await original(api_id, stage_name, method, *arguments)
        # Of this request alone, as `deployments` serves a copy of each stage's records.
        served = apigateway_v1._authorizers_v1.get(api_id) or {}
        named = _name_in(stage, authorizer_id)
        if authorizer_id in served:
            served[named] = served[authorizer_id]
        return await original(api_id, stage_name, {**method, "authorizerId": named}, *arguments)

    return authorize


def _name_in(stage: Stage, authorizer_id: str) -> Any:
    variables = tuple(sorted((stage.get("variables") or {}).items()))
    return (authorizer_id, stage.get("deploymentId"), variables)


PATCHES = (Patch(API, "_authorize_request_v1", apart),)
