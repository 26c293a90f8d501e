"""The stage that a canary is put on. AWS: "Set up an API Gateway canary release deployment"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gatewright.canary.release import Release

_SETTINGS = "/canarySettings"


@dataclass(frozen=True, kw_only=True)
class Serving:
    """What a stage serves: a deployment, its variables, and the canary's beside them, if any."""

    deployment_id: str
    variables: Mapping[str, str]
    canary_deployment_id: str | None = None
    canary_variables: Mapping[str, str] | None = None
    percent: float = 0

    def has(self, release: Release) -> bool:
        """Whether all callers have the release already."""
        return (self.deployment_id, dict(self.variables)) == (
            release.deployment_id,
            dict(release.variables),
        )

    @property
    def has_canary(self) -> bool:
        """Whether a canary is on it."""
        return self.canary_deployment_id is not None

    def tries(self, release: Release) -> bool:
        """Whether the canary on it is the release's."""
        return self.canary_deployment_id == release.deployment_id and {
            **self.variables,
            **(self.canary_variables or {}),
        } == {**self.variables, **release.variables}


def serving(gateway: Any, release: Release) -> Serving | None:
    """What the release's stage serves, or None where there is no stage yet."""
    try:
        stage = gateway.get_stage(restApiId=release.rest_api_id, stageName=release.stage_name)
    except gateway.exceptions.NotFoundException:
        return None
    canary = stage.get("canarySettings") or {}
    return Serving(
        deployment_id=stage["deploymentId"],
        variables=stage.get("variables") or {},
        canary_deployment_id=canary.get("deploymentId"),
        canary_variables=canary.get("stageVariableOverrides"),
        percent=float(canary.get("percentTraffic") or 0),
    )


def start(gateway: Any, release: Release, now: Serving, percent: float) -> None:
    """Put the release on the stage as a canary, in one call."""
    changed = {
        name: value for name, value in release.variables.items() if now.variables.get(name) != value
    }
    _update(
        gateway,
        release,
        _replace("deploymentId", release.deployment_id),
        _replace("percentTraffic", _text(percent)),
        *(_replace(f"stageVariableOverrides/{name}", value) for name, value in changed.items()),
    )


def shift(gateway: Any, release: Release, percent: float) -> None:
    """Give the canary another share of the requests."""
    _update(gateway, release, _replace("percentTraffic", _text(percent)))


def clear(gateway: Any, release: Release) -> None:
    """Take the canary off: every request goes to what the stage itself serves."""
    _update(gateway, release, {"op": "remove", "path": _SETTINGS})


def _replace(name: str, value: str) -> dict[str, str]:
    return {"op": "replace", "path": f"{_SETTINGS}/{name}", "value": value}


def _text(percent: float) -> str:
    return f"{percent:g}"


def _update(gateway: Any, release: Release, *operations: dict[str, str]) -> None:
    gateway.update_stage(
        restApiId=release.rest_api_id,
        stageName=release.stage_name,
        patchOperations=list(operations),
    )
