"""What was found, for people and for programs."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from gatewright.checks.fuzz.findings import Finding, Outcome
from gatewright.checks.fuzz.settings import Settings

_CONTINUED = "\n          "


@dataclass(frozen=True, kw_only=True)
class FuzzedApi:
    """One API: how many of its operations were called, which were not and why, what came of it."""

    name: str
    called: int
    left_out: Mapping[str, str] = field(default_factory=dict)
    outcome: Outcome

    @property
    def lines(self) -> list[str]:
        """What is told of it at once."""
        found = self.outcome
        held = _counted(len(found.findings), "failure") if found.findings else "passed"
        throttled = f", {found.throttled} of them throttled" if found.throttled else ""
        return [
            f"{self.name}: {_counted(self.called, 'operation')}, "
            f"{_counted(found.requests, 'request')}{throttled}: {held}",
            *(f"  not called: {label}: {why}" for label, why in self.left_out.items()),
        ]


def failure_lines(api: str, found: Finding) -> list[str]:
    """One failure: operation and check, what was sent, what came, and why it is one."""
    often = f" ({found.times} times)" if found.times > 1 else ""
    parts = {"sent": found.sent, "came": found.came, "why": found.reason}
    return [
        f"{api} {found.operation}: {found.check}: {found.title}{often}",
        *(
            f"    {name}: {_CONTINUED.join(line for line in text.splitlines() if line.strip())}"
            for name, text in parts.items()
            if text
        ),
    ]


def again(settings: Settings) -> str:
    """How to send the same requests again."""
    return f'make fuzz ENV={settings.place.environment} ARGS="{settings.words}"'


def as_json(settings: Settings, apis: list[FuzzedApi]) -> dict[str, Any]:
    """The report for programs."""
    return {
        "environment": settings.place.environment,
        "seed": settings.seed,
        "examples": settings.examples,
        "again": again(settings),
        "apis": {
            api.name: {
                "operations": api.called,
                "left_out": dict(api.left_out),
                "requests": api.outcome.requests,
                "throttled": api.outcome.throttled,
                "failures": [asdict(found) for found in api.outcome.findings],
            }
            for api in apis
        },
    }


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
