"""What `make keys` shows: a table for people, records for programs. Values only of new keys."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from gatewright.operations.api_keys import ApiKey
from gatewright.operations.key_changes import Issued

_HEADINGS = ("NAME", "ID", "PLANS", "STATE", "CREATED (UTC)", "MADE BY")
_UNITS = ((timedelta(days=1), "d"), (timedelta(hours=1), "h"), (timedelta(minutes=1), "min"))


def table(keys: Sequence[ApiKey], now: datetime) -> str:
    """Every key on a line of its own, and what is to be done about some."""
    rows = [_HEADINGS, *(_row(key, now) for key in keys)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADINGS))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    if any(_is_overdue(key, now) for key in keys):
        lines.append("\nKeys past their time are accepted until `make keys DO=retire` is run.")
    return "\n".join(lines)


def state(key: ApiKey, now: datetime) -> str:
    """Whether a key is accepted, and for how long."""
    if not key.enabled:
        return "disabled"
    if key.retires_at is None:
        return "enabled"
    if _is_overdue(key, now):
        return f"enabled, {length(now - key.retires_at)} past its time"
    return f"retires in {length(key.retires_at - now)}"


def length(time: timedelta) -> str:
    """A length of time, rounded, in the largest unit that it has two of: ``36 h``, ``7 d``."""
    unit, name = next((u for u in _UNITS if time >= 2 * u[0]), _UNITS[-1])
    return f"{round(time / unit)} {name}"


def moment(time: datetime) -> str:
    """A time for people, in UTC."""
    return f"{time.astimezone(UTC):%Y-%m-%d %H:%M}"


def record(key: ApiKey) -> dict[str, Any]:
    """A key for programs."""
    return {
        "name": key.name,
        "id": key.key_id,
        "description": key.description,
        "plans": list(key.plans),
        "enabled": key.enabled,
        "created": key.created.isoformat(),
        "retires_at": key.retires_at.isoformat() if key.retires_at else None,
        "made_by": _maker(key),
    }


def issued_record(issued: Issued) -> dict[str, Any]:
    """A new key with its value, for programs."""
    replaced = record(issued.replaced) if issued.replaced else None
    return {**record(issued.key), "value": issued.value, "replaced": replaced}


def _row(key: ApiKey, now: datetime) -> tuple[str, ...]:
    plans = ", ".join(key.plans) or "none"
    return (key.name, key.key_id, plans, state(key, now), moment(key.created), _maker(key))


def _maker(key: ApiKey) -> str:
    return "platform.yaml" if key.deployed else "make keys"


def _is_overdue(key: ApiKey, now: datetime) -> bool:
    return key.enabled and key.retires_at is not None and key.retires_at <= now
