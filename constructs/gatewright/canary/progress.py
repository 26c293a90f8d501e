"""A line of a release on its way, for people."""

from __future__ import annotations

from typing import Any

from gatewright.canary.record import Record


def progress(record: Record, served_alias: str | None = None) -> str:
    """Its step, what is left, the figures, the reason; promoted when it is served already."""
    state = record.get("state", "not known")
    if state == "promoting" and served_alias is not None:
        state = "promoted" if served_alias == record.get("release") else state
    parts = [f"release {record.get('release') or record.get('deployment')}: {state}"]
    if state == "baking":
        steps = record.get("steps", [])
        parts.append(
            f"step {record['step']} of {len(steps)}, {record['percent']:g} %, "
            f"{record['seconds_left']} s left"
        )
    parts += [f"{who} {_figures(found)}" for who, found in record.get("figures", {}).items()]
    if record.get("reason"):
        parts.append(str(record["reason"]))
    return "; ".join(parts)


def _figures(found: dict[str, Any]) -> str:
    return ", ".join(f"{name} {value:g}" for name, value in found.items()) or "without requests"
