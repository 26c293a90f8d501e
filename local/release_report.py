"""What people read of releases."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC
from typing import Any

from gatewright.canary.progress import progress
from gatewright.canary.record import Record
from gatewright.operations.releases import ALIAS_VARIABLE, Release, Retained

REVERT = (
    "Revert the commits after the release that is served now, then deploy or push: until then it "
    "is a drift, and a deployment of nothing new leaves it so."
)
_HEADINGS = ("KEPT RELEASE", "DEPLOYMENT", "MADE (UTC)", "USED BY")


def status(api: str, stage: str, serving: Release, percent: float, record: Record) -> str:
    """What a stage serves, and a line of what is on its way."""
    lines = [f"{api} {stage}: serves {serving}"]
    if percent:
        lines.append(f"  a canary takes {percent:g} % of the requests")
    if record:
        lines.append(f"  {progress(record, serving.alias)}")
    return "\n".join(lines)


def kept_record(found: Retained, release: Release) -> dict[str, Any]:
    """A release that is there, for programs."""
    made = found.made(release)
    return {
        "alias": release.alias,
        "deployment": release.deployment_id,
        "made": made.astimezone(UTC).isoformat() if made else None,
        "used_by": list(_users(found, release)),
    }


def _users(found: Retained, release: Release) -> Iterator[str]:
    for name, stage in found.stages.items():
        if found.serving(name) == release:
            yield name
        canary = stage.get("canarySettings") or {}
        overrides = canary.get("stageVariableOverrides") or {}
        alias = overrides.get(ALIAS_VARIABLE, found.serving(name).alias)
        if (canary.get("deploymentId"), alias) == (release.deployment_id, release.alias):
            yield f"the canary of {name}"


def kept(records: Sequence[Mapping[str, Any]], *, is_drifted: bool) -> str:
    """The releases that are there, newest first."""
    rows = [_HEADINGS, *(_row(each) for each in records)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADINGS))]
    lines = [
        "  " + "  ".join(c.ljust(width) for c, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    if is_drifted:
        lines.insert(0, f"  CloudFormation has another release. {REVERT}")
    return "\n".join(lines)


def _row(record: Mapping[str, Any]) -> tuple[str, str, str, str]:
    made = (record["made"] or "")[:19].replace("T", " ")
    return record["alias"] or "-", record["deployment"], made, ", ".join(record["used_by"])
