"""Each request to a stage counts in the metrics of its API, of its stage, and of the canary on it.

"the canary release has its own logs and metrics generated for all canary requests. They are
reported to a production stage [...] as well as a canary-specific" place: the stage's name with
`/Canary` after it.
https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/canary-release.html
"""

from __future__ import annotations

import functools
import time
from typing import Any

from local.gaps.access_logs import CANARY_SUFFIX
from local.gaps.canary.serving import IS_CANARY
from local.gaps.cloudwatch import store
from local.gaps.execution import TEST_STAGE, Execution, current
from local.gaps.patch import Function, Patch

API = "ministack.services.apigateway_v1"
NAMESPACE = "AWS/ApiGateway"
Detail = tuple[str, str]
UNITS = {
    "Count": "Count",
    "4XXError": "Count",
    "5XXError": "Count",
    "Latency": "Milliseconds",
    "IntegrationLatency": "Milliseconds",
}


def counting(original: Function) -> Function:
    """Count the request at its end."""

    async def handle(*arguments: Any) -> Any:
        response = await original(*arguments)
        run = current()
        stage = run.request.get("stage")
        # A request that reaches no stage counts nowhere.
        if stage and run.stage_name != TEST_STAGE:
            _count(run, bool(stage.get(IS_CANARY)), int(response[0]))
        return response

    return handle


def _count(run: Execution, is_canary: bool, status: int) -> None:
    now = time.time()
    values = {
        "Count": 1,
        "4XXError": int(400 <= status < 500),
        "5XXError": int(status >= 500),
        "Latency": max(0, round((now - run.started) * 1000)),
    }
    if run.integration_seconds is not None:
        values["IntegrationLatency"] = round(run.integration_seconds * 1000)
    place = (run.account_id, run.region, _api_name(run.api_id), run.stage_name)
    store.add(_source(*place, is_canary, _detail(run)), UNITS, values, now)


def _detail(run: Execution) -> Detail | None:
    """The method and the resource, where the stage has detailed metrics of it."""
    path = run.request.get("resource_path")
    settings = (run.request.get("stage") or {}).get("methodSettings")
    if not path or not settings:
        return None
    found = settings.get(f"{path}/{run.method}") or settings.get("*/*") or {}
    return (run.method, path) if found.get("metricsEnabled") else None


def _api_name(api_id: str) -> str:
    """Without the characters that are not ASCII; the id where no other are left."""
    from ministack.services import apigateway_v1

    name = str((apigateway_v1._rest_apis.get(api_id) or {}).get("name") or "")
    return name if name.isascii() and name else name.encode("ascii", "ignore").decode() or api_id


@functools.lru_cache(maxsize=4096)
def _source(
    account: str, region: str, api: str, stage: str, is_canary: bool, detail: Detail | None
) -> store.Source:
    sets = [{"ApiName": api}]
    for each in [stage, f"{stage}{CANARY_SUFFIX}"] if is_canary else [stage]:
        sets.append({"ApiName": api, "Stage": each})
        if detail:
            sets.append({**sets[-1], "Method": detail[0], "Resource": detail[1]})
    return store.Source(account, region, NAMESPACE, tuple(map(store.dimensions, sets)))


PATCHES = (Patch(API, "_handle_execute_in_scope", counting),)
