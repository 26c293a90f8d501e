"""One job of a third-party check: start a run, or look whether it ended."""

import tempfile
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from gatewright.checks.artifact import fetch
from gatewright.checks.clients import Clients
from gatewright.checks.environment import read_environment
from gatewright.checks.errors import CheckError
from gatewright.checks.http import Http
from gatewright.checks.job import Job
from gatewright.checks.outcome import Continued, Failed, Outcome, Passed
from gatewright.checks.parameters import ParameterError
from gatewright.checks.report import FAILED, PASSED, CheckResult, Reports, new_report
from gatewright.checks.third_party.callback import Mailbox
from gatewright.checks.third_party.result import OutageError, RefusedError, Result
from gatewright.checks.third_party.service import Service
from gatewright.checks.third_party.settings import Settings, read_settings
from gatewright.checks.time_left import TimeLeft

_SUITE = "third-party"
_RUNS = uuid.UUID("6f2f6c0a-6d55-4a6a-9d3a-6f1f8f1d5a55")
_RATE = 100.0
_TIMEOUT_SECONDS = 10.0


def check_by_third_party(
    job: Job,
    time_left: TimeLeft,
    *,
    own: Clients,
    environment: Clients | None = None,
    http: Http | None = None,
    sleep: Callable[[float], None] = time.sleep,
    now: Callable[[], float] = time.time,
) -> Outcome:
    """Start the run, or see whether it ended; CodePipeline calls again until it has.

    ``own`` are clients of the function; those of the environment follow from the job unless they
    are given, and ``http`` waits ten seconds for an answer. The run's id follows from the job, so
    a job that is given twice starts one run. Raises ParameterError and CheckError.
    """
    settings = read_settings(job)
    http = http or Http(_RATE, timeout=_TIMEOUT_SECONDS)
    service = Service(settings, _secret(own, settings), http, sleep=sleep, now=now)
    progress = dict(job.progress) or _new_progress(job, now())
    check = _Check(settings, service, Mailbox(own, progress["run"]), progress, now)
    try:
        if job.progress:
            sleep(max(0.0, min(check.pause(), time_left.seconds)))
            # With less time than the pause takes, the next job looks. Clocks differ a little.
            result = None if check.pause() > 1 else check.look()
        else:
            clients = environment or settings.place.clients(own, job)
            result = check.start(_urls(job, settings, clients))
    except RefusedError as error:
        return Failed(message=f"The service at {settings.host} refused: {error}")
    except OutageError as error:
        return _outage(settings, str(error))
    if result is None:
        summary = f"Waiting for {settings.host}, run {progress['run']}"
        return Continued(summary=summary, progress=progress)
    return _ended(settings, result, Reports(own, settings.place, _SUITE))


def _new_progress(job: Job, now: float) -> dict[str, Any]:
    run = str(uuid.uuid5(_RUNS, job.id))
    return {"run": run, "began": int(now), "status_url": "", "asked": 0}


class _Check:
    def __init__(
        self,
        settings: Settings,
        service: Service,
        mailbox: Mailbox,
        progress: dict[str, Any],
        now: Callable[[], float],
    ) -> None:
        self._settings = settings
        self._service = service
        self._mailbox = mailbox
        self._progress = progress
        self._now = now

    def start(self, urls: Mapping[str, str]) -> Result | None:
        place, limit = self._settings.place, self._settings.time_limit_seconds
        request = {
            "run_id": self._progress["run"],
            "project": place.project,
            "environment": place.environment,
            "execution": place.execution,
            "apis": urls,
        }
        if self._settings.mode == "callback":
            request["callback_url"] = self._mailbox.url(limit)
        found = self._service.start(request)
        self._progress["asked"] = int(self._now())
        if isinstance(found, Result):
            return self._final(found)
        self._progress["status_url"] = found
        return None

    def pause(self) -> float:
        """Seconds until the service is to be asked again."""
        return float(self._progress["asked"] + self._settings.poll_seconds - self._now())

    def look(self) -> Result | None:
        self._progress["asked"] = int(self._now())
        if self._settings.mode == "callback":
            found = self._mailbox.result()
        else:
            found = self._service.state(self._progress["status_url"])
        return self._final(found) if found else self._final(Result(state="running"))

    def _final(self, result: Result) -> Result | None:
        if result.state != "running":
            return result
        limit = self._settings.time_limit_seconds
        if self._now() - self._progress["began"] > limit:
            raise OutageError(f"no result within {limit / 60:g} minutes")
        return None


def _urls(job: Job, settings: Settings, clients: Clients) -> dict[str, str]:
    names = settings.apis or _apis_of_artifact(job)
    found = read_environment(settings.place, names, clients("cloudformation"), keys=False)
    return {name: api.url for name, api in found.apis.items()}


def _apis_of_artifact(job: Job) -> tuple[str, ...]:
    if job.credentials is None or not job.inputs:
        raise ParameterError(
            'UserParameters: "apis" must name the APIs, or the action have the artifact with the '
            "documents."
        )
    with tempfile.TemporaryDirectory() as folder:
        return tuple(fetch(job, None, Path(folder)).apis)


def _secret(own: Clients, settings: Settings) -> str:
    found = own("secretsmanager").get_secret_value(SecretId=settings.secret)
    value = found.get("SecretString") or ""
    if not value:
        raise CheckError(f"Secret {settings.secret} has no text, which the calls are signed with.")
    return str(value)


def _outage(settings: Settings, reason: str) -> Outcome:
    message = f"The service at {settings.host} did not answer: {reason}"
    if settings.block:
        return Failed(message=message)
    return Passed(summary=f"WARNING: released without its check. {message}")


def _ended(settings: Settings, result: Result, reports: Reports) -> Outcome:
    passed = result.state == "passed"
    check = CheckResult(
        name=settings.host, api="", outcome=PASSED if passed else FAILED, message=result.text
    )
    report = new_report(_SUITE, settings.place.environment)
    reports.store(replace(report, checks=(check,)))
    text = f"{settings.host}: {result.text} ({reports.address})"
    if passed:
        return Passed(summary=text, variables={"report": reports.address})
    return Failed(message=f"The check by {text} failed.")
