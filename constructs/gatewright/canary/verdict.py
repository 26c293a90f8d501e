"""What the alarms say of a canary. AWS: DescribeAlarms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_MOST = 100  # of one call


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """The alarms that are red, each with its own words; those that are not there at all."""

    red: Mapping[str, str]
    missing: tuple[str, ...]
    without_data: tuple[str, ...]

    @property
    def healthy(self) -> bool:
        """Whether nothing speaks against the release. A missing alarm does: nobody watches."""
        return not self.red and not self.missing

    @property
    def reason(self) -> str:
        """Why it is not healthy, for people."""
        told = [f"{name}: {why}" for name, why in self.red.items()]
        told += [f"{name}: there is no such alarm" for name in self.missing]
        return "; ".join(told)


def verdict(cloudwatch: Any, alarms: Sequence[str]) -> Verdict:
    """Ask the alarms by name. One without data is not red: it says so in ``without_data``."""
    found: dict[str, dict[str, Any]] = {}
    for begin in range(0, len(alarms), _MOST):
        names = list(alarms[begin : begin + _MOST])
        answer = cloudwatch.describe_alarms(
            AlarmNames=names, AlarmTypes=["MetricAlarm", "CompositeAlarm"], MaxRecords=_MOST
        )
        for alarm in [*answer.get("MetricAlarms", []), *answer.get("CompositeAlarms", [])]:
            found[alarm["AlarmName"]] = alarm
    return Verdict(
        red={
            name: alarm.get("StateReason", "")
            for name, alarm in found.items()
            if alarm["StateValue"] == "ALARM"
        },
        missing=tuple(name for name in alarms if name not in found),
        without_data=tuple(
            name for name, alarm in found.items() if alarm["StateValue"] == "INSUFFICIENT_DATA"
        ),
    )
