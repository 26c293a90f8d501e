"""The settings of a canary, as GetStage shows them.

https://docs.aws.amazon.com/apigateway/latest/api/API_CanarySettings.html
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

IN_STAGE = "canarySettings"


def complete(given: Mapping[str, Any], stage_deployment: str) -> dict[str, Any]:
    """All settings of a canary, from those given. It starts on the deployment of its stage.

    ValueError for a share that is not between 0 and 100 percent.
    """
    overrides = given.get("stageVariableOverrides") or {}
    settings = {
        "deploymentId": given.get("deploymentId") or stage_deployment,
        "percentTraffic": percent(given.get("percentTraffic") or 0),
        "useStageCache": truth(given.get("useStageCache", False)),
    }
    if overrides:
        texts = {str(name): str(value) for name, value in overrides.items()}
        settings["stageVariableOverrides"] = texts
    return settings


def percent(value: Any) -> float:
    """A share of the traffic in percent. ValueError for anything else."""
    try:
        found = float(value)
    except (TypeError, ValueError):
        found = -1.0
    if not 0 <= found <= 100:
        raise ValueError(f"Percent traffic must be between 0.0 and 100.0, not {value}")
    return found


def truth(value: Any) -> bool:
    """A Boolean that may have come as a text."""
    return str(value).lower() == "true"
