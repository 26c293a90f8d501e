"""One job of a load check."""

import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from gatewright.checks.artifact import Documents, fetch
from gatewright.checks.clients import Clients
from gatewright.checks.contract.calls import NoExampleError
from gatewright.checks.credentials import Credentials, NoCredentialsError
from gatewright.checks.environment import read_environment
from gatewright.checks.errors import CheckError
from gatewright.checks.http import Http
from gatewright.checks.job import Job
from gatewright.checks.load.operations import Target, targets
from gatewright.checks.load.sending import send, warm_up
from gatewright.checks.load.settings import Settings, read_settings
from gatewright.checks.load.tally import Tally, read_tally
from gatewright.checks.outcome import Continued, Failed, Outcome, Passed
from gatewright.checks.report import FAILED, Report, Reports, new_report
from gatewright.checks.time_left import TimeLeft

_SUITE = "load"
# Fetching credentials is paced, the load is not.
_RATE = 10.0


@dataclass(frozen=True, kw_only=True)
class Measured:
    """What was counted so far, and in how many seconds of sending."""

    tally: Tally
    seconds: float


def check_load(
    job: Job,
    time_left: TimeLeft,
    *,
    own: Clients,
    artifact: Clients | None = None,
    environment: Clients | None = None,
) -> Outcome:
    """Send what is left to send, as far as ``time_left`` allows, and judge it in the end.

    ``own`` are clients of the function. Those for the artifact and of the environment follow from
    the job unless they are given. Raises ParameterError and CheckError.
    """
    settings = read_settings(job)
    reports = Reports(own, settings.place, _SUITE)
    report = reports.load() if job.progress else new_report(_SUITE, settings.place.environment)
    clients = environment or settings.place.clients(own, job)
    with tempfile.TemporaryDirectory() as folder:
        documents = fetch(job, artifact, Path(folder))
    before = _measured(report)
    measured = _send_rest(settings, documents, clients, before, time_left)
    report = replace(report, numbers=_numbers(measured))
    if _enough(settings, measured):
        return _ended(settings, reports, report, measured)
    reports.store(report)
    summary = f"{measured.tally.requests} requests sent"
    return Continued(summary=summary, progress={"requests": measured.tally.requests})


def _send_rest(
    settings: Settings,
    documents: Documents,
    clients: Clients,
    before: Measured,
    time_left: TimeLeft,
) -> Measured:
    found = read_environment(
        settings.place,
        list(documents.apis),
        clients("cloudformation"),
        keys=bool(settings.key),
    )
    http = Http(_RATE, connections=settings.callers)
    with Credentials(found, clients, http, key=settings.key, users=settings.users) as credentials:
        try:
            sent = targets(documents.apis, settings.operations, found, credentials)
        except (NoCredentialsError, NoExampleError) as error:
            raise CheckError(f"The operations cannot be called: {error}.") from None
        tally, seconds = _send(settings, sent, http, before, time_left)
    before.tally.merge(tally)
    return Measured(tally=before.tally, seconds=before.seconds + seconds)


def _send(
    settings: Settings, sent: list[Target], http: Http, before: Measured, time_left: TimeLeft
) -> tuple[Tally, float]:
    warm_up(sent, http, settings.callers)
    until = time.monotonic() + settings.seconds - before.seconds

    def go_on() -> bool:
        return time_left.seconds > 0 and (bool(settings.requests) or time.monotonic() < until)

    rest = settings.requests - before.tally.requests if settings.requests else None
    return send(sent, http, settings.callers, requests=rest, go_on=go_on)


def _enough(settings: Settings, measured: Measured) -> bool:
    if settings.requests:
        return measured.tally.requests >= settings.requests
    return measured.seconds >= settings.seconds


def _measured(report: Report) -> Measured:
    if not report.numbers:
        return Measured(tally=Tally(), seconds=0.0)
    return Measured(tally=read_tally(report.numbers), seconds=report.numbers["sending_seconds"])


def _numbers(measured: Measured) -> dict[str, Any]:
    tally = measured.tally
    return {
        "requests": tally.requests,
        "sending_seconds": round(measured.seconds, 3),
        "requests_per_second": round(tally.requests / max(measured.seconds, 1e-6), 2),
        "p50_ms": tally.percentile_ms(50),
        "p99_ms": tally.percentile_ms(99),
        "error_share": round(tally.error_share, 6),
        **tally.as_json(),
    }


def _ended(settings: Settings, reports: Reports, report: Report, measured: Measured) -> Outcome:
    results = settings.thresholds.results(measured.tally, measured.seconds)
    report = reports.store(replace(report, checks=tuple(results)))
    numbers = report.numbers
    statuses = ", ".join(f"{count} x {name}" for name, count in numbers["statuses"].items())
    text = (
        f"load in {settings.place.environment}: {numbers['requests']} requests, "
        f"{numbers['requests_per_second']:g} a second, p50 {numbers['p50_ms']:g} ms, "
        f"p99 {numbers['p99_ms']:g} ms, {numbers['error_share']:.2%} errors ({statuses}). "
        f"Report: {reports.address}"
    )
    failed = report.outcomes(FAILED)
    if failed:
        lines = [f"{check.name}: {check.message}" for check in failed]
        return Failed(message="\n".join([*lines, text]))
    return Passed(summary=text, variables={"report": reports.address})
