"""What a load check demands, and whether it was so."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from gatewright.checks.load.tally import Tally
from gatewright.checks.report import FAILED, PASSED, CheckResult

THRESHOLDS: Mapping[str, float] = MappingProxyType(
    {
        "min_requests_per_second": 1_000_000,
        "p50_ms": 60_000,
        "p99_ms": 60_000,
        "max_error_share": 1,
    }
)
"""The fields of Thresholds, with the largest value of each."""


@dataclass(frozen=True, kw_only=True)
class Thresholds:
    """None where nothing is demanded. ``max_error_share`` is from 0 to 1, times are the longest."""

    min_requests_per_second: float | None = None
    p50_ms: float | None = None
    p99_ms: float | None = None
    max_error_share: float | None = None

    def results(self, tally: Tally, seconds: float) -> list[CheckResult]:
        """A check for each value that is demanded of what was measured in ``seconds``."""
        rate = tally.requests / seconds if seconds else 0.0
        found = [
            _at_least("min_requests_per_second", rate, self.min_requests_per_second, "a second"),
            _at_most("p50_ms", tally.percentile_ms(50), self.p50_ms, "ms"),
            _at_most("p99_ms", tally.percentile_ms(99), self.p99_ms, "ms"),
            _at_most("max_error_share", tally.error_share, self.max_error_share, "of all"),
        ]
        return [result for result in found if result]


def _at_least(name: str, measured: float, demanded: float | None, unit: str) -> CheckResult | None:
    if demanded is None:
        return None
    return _result(name, measured, f"at least {demanded:g} {unit}", measured >= demanded)


def _at_most(name: str, measured: float, demanded: float | None, unit: str) -> CheckResult | None:
    if demanded is None:
        return None
    return _result(name, measured, f"at most {demanded:g} {unit}", measured <= demanded)


def _result(name: str, measured: float, allowed: str, holds: bool) -> CheckResult:
    return CheckResult(
        name=name,
        api="",
        outcome=PASSED if holds else FAILED,
        expected=allowed,
        message=f"measured {measured:.4g}, {allowed} allowed",
    )
