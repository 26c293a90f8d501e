"""What a key has used of its quota outlives a restart.

On AWS the count belongs to the usage plan. ministack keeps it in memory alone.
https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html
"""

from __future__ import annotations

from typing import Any

from local.gaps.patch import Function, Patch

API = "ministack.services.apigateway_v1"
_KEY = "quota_usage"


def saving(original: Function) -> Function:
    """Add the count and the start of its period, by plan and key."""

    def get_state() -> dict[str, Any]:
        from ministack.services import apigateway_v1

        counts = list(apigateway_v1._quota_state.items())
        return {**original(), _KEY: [[*slot, used, start] for slot, (used, start) in counts]}

    return get_state


def restoring(original: Function) -> Function:
    """Count on from there."""

    def load(data: dict[str, Any]) -> Any:
        from ministack.services import apigateway_v1

        for plan_id, key_id, used, start in (data or {}).get(_KEY, []):
            apigateway_v1._quota_state[(plan_id, key_id)] = (used, start)
        return original(data)

    return load


PATCHES = (
    Patch(API, "get_state", saving),
    Patch(API, "load_persisted_state", restoring),
)
