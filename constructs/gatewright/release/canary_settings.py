"""How a release is tried on a share of the requests, as the constructs take it."""

from dataclasses import dataclass, replace
from typing import Self


@dataclass(frozen=True, kw_only=True)
class AlarmThresholds:
    """Above what a canary is red; None is not watched.

    ``errors_5xx_percent`` is of the canary's answers; ``errors_4xx_points`` is how much larger the
    share of 4XX is than that of the rest of the stage, in percentage points; ``latency_p99_ms``
    is API Gateway's Latency; the functions' are counts in a period, of each function.
    ``others`` are names of further alarms, which are made elsewhere.
    """

    errors_5xx_percent: float | None = 1
    errors_4xx_points: float | None = 10
    latency_p99_ms: float | None = 3000
    function_errors: float | None = 0
    function_throttles: float | None = 0
    others: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SmokeCheck:
    """``operations`` are ids; empty for those that only read and that examples can call."""

    operations: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CanarySettings:
    """The steps of a canary and who carries it out.

    ``steps`` are percentages, rising; ``bakes`` the seconds of each, at most 3000 together;
    ``period_seconds`` that of the alarms; ``settle_seconds`` is what requests on their way to the
    canary have, after it was taken off, before CloudFormation deletes what it called: API Gateway
    waits 29 seconds for an integration by default. ``parameter`` is the path of the record in SSM.
    ``service_token`` and ``role_name`` are the controller's. With ``smoke``, calls must succeed
    before the canary takes traffic.
    """

    steps: tuple[float, ...]
    bakes: tuple[float, ...]
    thresholds: AlarmThresholds
    period_seconds: int
    settle_seconds: float
    parameter: str
    service_token: str
    role_name: str
    smoke: SmokeCheck | None = None

    def of_stage(self, stage_name: str) -> Self:
        """With a record of its own, for one of several stages."""
        return replace(self, parameter=f"{self.parameter}/{stage_name}")
