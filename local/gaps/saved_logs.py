"""Of a log group, the newest lines are saved.

ministack gives every invocation a log stream of its own and copies all of them whenever its state
is taken, which stops the server for a second after ten thousand requests.
"""

from __future__ import annotations

import copy
from typing import Any

from local.gaps.patch import Function, Patch

LOGS = "ministack.services.cloudwatch_logs"
LINES = 1_000  # of each log group
_WHOLE = (
    "destinations",
    "resource_policies",
    "log_group_policies",
    "metric_filters",
    "queries",
    "delivery_sources",
    "delivery_destinations",
    "deliveries",
)


def newest(_original: Function) -> Function:
    """Replace the copy of everything."""

    def get_state() -> dict[str, Any]:
        from ministack.core.responses import AccountRegionScopedDict
        from ministack.services import cloudwatch_logs as logs

        groups, records = AccountRegionScopedDict(), AccountRegionScopedDict()
        for key, group in logs._log_groups.all_items():
            groups._data[key] = _trimmed(group)
            for event in _events(groups._data[key]):
                pointer = (*key[:2], event.get("eventId"))
                if pointer in logs._log_records._data:
                    records._data[pointer] = copy.deepcopy(logs._log_records._data[pointer])
        whole = {name: copy.deepcopy(getattr(logs, f"_{name}")) for name in _WHOLE}
        return {**whole, "log_groups": groups, "log_records": records}

    return get_state


def _trimmed(group: dict[str, Any]) -> dict[str, Any]:
    """A copy with the newest streams, and of the oldest of these only its newest lines."""
    room, streams = LINES, {}
    for name, stream in sorted(group["streams"].items(), key=_last_written, reverse=True):
        if stream["events"] and not room:
            continue
        events = list(stream["events"])[-room:] if room else []
        room -= len(events)
        streams[name] = {**copy.copy(stream), "events": copy.deepcopy(events)}
    rest = {name: value for name, value in group.items() if name != "streams"}
    return {**copy.deepcopy(rest), "streams": dict(reversed(streams.items()))}


def _last_written(item: tuple[str, dict[str, Any]]) -> int:
    return int(item[1].get("lastIngestionTime") or item[1].get("creationTime") or 0)


def _events(group: dict[str, Any]) -> list[dict[str, Any]]:
    return [event for stream in group["streams"].values() for event in stream["events"]]


PATCHES = (Patch(LOGS, "get_state", newest),)
