"""What is released: the properties of the resource `Custom::CanaryBake`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gatewright.canary.smoke_call import SmokeCall, smoke_calls


@dataclass(frozen=True, kw_only=True)
class Release:
    """A deployment and the stage variables that go with it, and how they reach the stage.

    ``steps`` are percentages of the requests, ``bakes`` the seconds that each is watched.
    ``alarms`` are names of CloudWatch alarms; ``own`` are those of them that watch the canary
    alone. ``settle_seconds`` is what requests on their way to the canary have to end in.
    ``smoke`` are the calls that it must answer before it takes traffic.
    """

    rest_api_id: str
    stage_name: str
    api_name: str
    deployment_id: str
    variables: Mapping[str, str]
    steps: tuple[float, ...]
    bakes: tuple[float, ...]
    alarms: tuple[str, ...]
    own: tuple[str, ...]
    period_seconds: float
    settle_seconds: float
    parameter: str
    alias_variable: str
    smoke: tuple[SmokeCall, ...] = ()

    @property
    def alias(self) -> str:
        """The alias of its functions, or an empty text for an API without functions."""
        return self.variables.get(self.alias_variable, "")


def release_of(properties: Mapping[str, Any]) -> Release:
    """Read the properties, whose numbers CloudFormation hands over as text.

    Raises KeyError and ValueError for others than the construct's.
    """
    return Release(
        rest_api_id=properties["RestApiId"],
        stage_name=properties["StageName"],
        api_name=properties["ApiName"],
        deployment_id=properties["DeploymentId"],
        variables=dict(properties.get("Variables") or {}),
        steps=tuple(map(float, properties["Steps"])),
        bakes=tuple(map(float, properties["BakeSeconds"])),
        alarms=tuple(properties.get("Alarms") or ()),
        own=tuple(properties.get("CanaryAlarms") or ()),
        period_seconds=float(properties["PeriodSeconds"]),
        settle_seconds=float(properties["SettleSeconds"]),
        parameter=properties["Parameter"],
        alias_variable=properties["AliasVariable"],
        smoke=smoke_calls(properties.get("Smoke", "")),
    )
