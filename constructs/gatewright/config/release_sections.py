"""How a release reaches callers, as `platform.yaml` writes it."""

import math
from typing import Annotated

from pydantic import Field

from gatewright.config.or_word import OrWord
from gatewright.config.rules import Rule, one_of, text, whole
from gatewright.config.section import Section

ALL_AT_ONCE = "all-at-once"
OFF = "off"
PERIODS = (10, 30, 60, 120, 180, 300)


def _threshold(low: float, high: float, unit: str) -> Rule:
    def holds(value: object) -> bool:
        return value == OFF or (type(value) in (int, float) and low <= value <= high)  # type: ignore[operator]

    schema = {"anyOf": [{"type": "number", "minimum": low, "maximum": high}, {"const": OFF}]}
    return Rule("number", f"a number of {unit} from {low:g} to {high:g}, or {OFF}", holds, schema)


Threshold = float | int | str
Percent = Annotated[Threshold, _threshold(0, 100, "percent")]
Points = Annotated[Threshold, _threshold(0, 100, "percentage points")]
Milliseconds = Annotated[Threshold, _threshold(1, 900_000, "milliseconds")]
Count = Annotated[Threshold, _threshold(0, 1_000_000, "errors")]
# https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
AlarmName = Annotated[
    str, text(r"[A-Za-z0-9 ._:/=+@#-]{1,255}", "the name of a CloudWatch alarm in the account")
]


def _share() -> Rule:
    def holds(value: object) -> bool:
        return type(value) in (int, float) and 0 < value < 100 and math.isfinite(value)  # type: ignore[operator, arg-type]

    schema = {"exclusiveMinimum": 0, "exclusiveMaximum": 100}
    return Rule("number", "a share in percent above 0 and below 100", holds, schema)


Share = Annotated[float | int, _share()]
Bake = Annotated[int, whole(1, 3000, "seconds")]


class AlarmFields(Section):
    """Above what a canary is red; a field that says ``off`` is not watched."""

    errors_5xx_percent: Percent | None = Field(
        None, description="The share of the canary's answers that are 5XX; 1 by default."
    )
    errors_4xx_points: Points | None = Field(
        None,
        description="How much larger the share of 4XX is than that of the stage beside it, in "
        "percentage points; 10 by default.",
    )
    latency_p99_ms: Milliseconds | None = Field(
        None, description="What 99 of 100 answers take at most, in ms; 3000 by default."
    )
    function_errors: Count | None = Field(
        None, description="Errors of each function of the new release in a period; 0 by default."
    )
    function_throttles: Count | None = Field(
        None, description="Throttled calls of each of them in a period; 0 by default."
    )


class VersionAlarms(AlarmFields):
    """What is different for one version, and alarms of its own."""

    alarms: tuple[AlarmName, ...] = Field(
        (),
        max_length=20,
        description="Names of further CloudWatch alarms, in each environment with canaries, that "
        "must not be red.",
    )


class Canary(Section):
    """A release goes to a share of the requests first, and on when no alarm is red."""

    steps: tuple[Share, ...] = Field(
        (10, 50),
        min_length=1,
        max_length=10,
        description="The shares in percent, one after the other, rising; [10, 50] by default.",
    )
    bake_seconds: Bake | tuple[Bake, ...] = Field(
        300,
        description="How long each step is watched, in seconds, or a list with one for each; "
        "each at least `period_seconds`, together at most 3000: CloudFormation waits an hour.",
    )
    alarms: AlarmFields = Field(AlarmFields(), description="What it is judged by.")
    period_seconds: Annotated[int, one_of(*PERIODS)] = Field(
        60,
        description="The period of the alarms. 10 and 30 on the embedded AWS alone: API Gateway "
        "reports each minute.",
    )

    smoke: bool = Field(
        False,
        description="Whether a release must first answer calls that its contract gives examples "
        "for: a GET or HEAD each, or the version's release_smoke.",
    )

    @property
    def bakes(self) -> tuple[int, ...]:
        """The seconds of each step."""
        given = self.bake_seconds
        return given if isinstance(given, tuple) else (given,) * len(self.steps)


class Release(Section):
    """How a release reaches callers."""

    canary: Canary = Field(description="To a share of them first.")


ReleaseOrAllAtOnce = Annotated[
    Release | None,
    OrWord(ALL_AT_ONCE, f"{ALL_AT_ONCE}, or {{canary: {{steps: [10, 50], bake_seconds: 300}}}}"),
]
