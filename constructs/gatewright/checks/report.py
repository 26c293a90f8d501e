"""What a suite found, kept in S3 for people and programs.

A suite that goes on in another job leaves its report as it is so far, and takes it up there.
"""

import json
import os
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from gatewright.checks.clients import Clients
from gatewright.checks.environment import Place
from gatewright.checks.parameters import ParameterError

BUCKET_VARIABLE = "REPORTS_BUCKET"
"""The function's environment variable with the name of the bucket for reports."""

PASSED, FAILED, SKIPPED = "passed", "failed", "skipped"


@dataclass(frozen=True, kw_only=True)
class CheckResult:
    """One check. ``outcome`` is PASSED, FAILED or SKIPPED; ``expected`` says which status would do.

    ``status`` is 0 where there was no answer. ``request_id`` finds the request in the logs.
    """

    name: str
    api: str
    outcome: str
    status: int = 0
    expected: str = ""
    seconds: float = 0.0
    request_id: str = ""
    message: str = ""


@dataclass(frozen=True, kw_only=True)
class Report:
    """What one suite found in one environment. ``seconds`` are those of work, over all jobs.

    ``numbers`` are what a suite measured.
    """

    suite: str
    environment: str
    started: str
    seconds: float = 0.0
    checks: tuple[CheckResult, ...] = ()
    numbers: Mapping[str, Any] = field(default_factory=dict)

    def outcomes(self, outcome: str) -> list[CheckResult]:
        """The checks with this outcome, in their order."""
        return [check for check in self.checks if check.outcome == outcome]

    def summary(self) -> str:
        """How many checks there were, in words."""
        failed, skipped = len(self.outcomes(FAILED)), len(self.outcomes(SKIPPED))
        words = [f"{len(self.outcomes(PASSED))} passed"]
        words += [f"{failed} failed"] if failed else []
        words += [f"{skipped} skipped"] if skipped else []
        return f"{self.suite} in {self.environment}: {', '.join(words)}"


def new_report(suite: str, environment: str) -> Report:
    """A report that begins now."""
    started = datetime.now(UTC).isoformat(timespec="seconds")
    return Report(suite=suite, environment=environment, started=started)


class Reports:
    """The reports of one action in the bucket that REPORTS_BUCKET names.

    ``secrets`` are values that no report and no message may show.
    """

    def __init__(self, clients: Clients, place: Place, suite: str) -> None:
        self._bucket = reports_bucket()
        self._key = f"{place.execution}/{place.environment}-{place.name or suite}.json"
        self._clients = clients
        self._began = time.monotonic()

    @property
    def address(self) -> str:
        """Where the report is, for people."""
        return f"s3://{self._bucket}/{self._key}"

    def store(self, report: Report) -> Report:
        """Keep ``report`` as it is now, with the time that it took, and return it."""
        now = time.monotonic()
        report = replace(report, seconds=round(report.seconds + now - self._began, 3))
        self._began = now
        self._clients("s3").put_object(
            Bucket=self._bucket,
            Key=self._key,
            Body=json.dumps(asdict(report), indent=2).encode() + b"\n",
            ContentType="application/json",
        )
        return report

    def load(self) -> Report:
        """Take up the report of an earlier job."""
        found = self._clients("s3").get_object(Bucket=self._bucket, Key=self._key)
        fields = json.loads(found["Body"].read())
        checks = tuple(CheckResult(**check) for check in fields.pop("checks"))
        return Report(**fields, checks=checks)


def reports_bucket() -> str:
    """The bucket for reports. Raises ParameterError where the function has none."""
    bucket = os.environ.get(BUCKET_VARIABLE, "")
    if not bucket:
        raise ParameterError(
            f"The function's environment variable {BUCKET_VARIABLE} must name the bucket for "
            "reports."
        )
    return bucket


def hidden(result: CheckResult, secrets: list[str]) -> CheckResult:
    """``result`` without any of ``secrets`` in its message."""
    return replace(result, message=without(result.message, secrets))


def without(text: str, secrets: list[str]) -> str:
    """``text`` without any of ``secrets``."""
    for secret in secrets:
        text = text.replace(secret, "***")
    return text
