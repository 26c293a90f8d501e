"""What people read of releases."""

from typing import Any

from gatewright.canary.record import Record
from gatewright.operations.releases import Release


def status(api: str, stage: str, serving: Release, percent: float, record: Record) -> str:
    """What a stage serves, and a line of what is on its way."""
    lines = [f"{api} {stage}: serves {serving}"]
    if percent:
        lines.append(f"  a canary takes {percent:g} % of the requests")
    if record:
        lines.append(f"  {progress(record, serving)}")
    return "\n".join(lines)


def progress(record: Record, serving: Release | None = None) -> str:
    """A line of the last release: its step, what is left, the figures, the reason."""
    state = record.get("state", "not known")
    if state == "promoting" and serving and serving.alias == record.get("release"):
        state = "promoted"
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
