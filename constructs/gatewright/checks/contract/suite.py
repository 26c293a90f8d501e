"""The contract suite and the smoke suite: one job of them."""

import logging
import secrets
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from gatewright.checks.artifact import Documents, fetch
from gatewright.checks.clients import Clients
from gatewright.checks.contract.calls import NoExampleError
from gatewright.checks.contract.cases import contract_cases, smoke_cases
from gatewright.checks.contract.runner import PATIENCE_SECONDS, CaseRunner
from gatewright.checks.credentials import Credentials
from gatewright.checks.environment import PLACE_FIELDS, Place, read_environment, read_place
from gatewright.checks.errors import CheckError
from gatewright.checks.http import Http
from gatewright.checks.job import Job
from gatewright.checks.outcome import Continued, Failed, Outcome, Passed
from gatewright.checks.own.api import Api
from gatewright.checks.own.checks import find_checks
from gatewright.checks.parameters import Parameters
from gatewright.checks.report import FAILED, CheckResult, Report, Reports, hidden, new_report
from gatewright.checks.time_left import TimeLeft

_FIELDS = (*PLACE_FIELDS, "suite", "key", "users", "rate")

Check = Callable[[], CheckResult]

logger = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What UserParameters say.

    ``suite`` is ``contract`` or ``smoke``; ``key`` the name of an API key of the environment, or
    empty; ``users`` lets a user be made for the time of the suite; ``rate`` is the most requests a
    second.
    """

    place: Place
    suite: str
    key: str
    users: bool
    rate: float


def read_settings(job: Job) -> Settings:
    """Read a job's UserParameters. Raises ParameterError."""
    found = Parameters(job.user_parameters, _FIELDS)
    suite = found.choice("suite", ("contract", "smoke"), default="contract")
    users = found.flag("users", default=False)
    return Settings(
        place=read_place(found, job),
        suite=suite,
        key=found.text("key", default=""),
        # An environment that people use gets no users of ours.
        users=users and suite == "contract",
        rate=found.number("rate", least=0.1, most=1000, default=10),
    )


def check_contract(
    job: Job,
    time_left: TimeLeft,
    *,
    own: Clients,
    artifact: Clients | None = None,
    environment: Clients | None = None,
    patience: float = PATIENCE_SECONDS,
) -> Outcome:
    """Run the suite from where it stopped, as far as ``time_left`` allows.

    ``own`` are clients of the function. Those for the artifact and of the environment follow from
    the job unless they are given; ``patience`` is CaseRunner's. Raises ParameterError and
    CheckError.
    """
    settings = read_settings(job)
    reports = Reports(own, settings.place, settings.suite)
    report = (
        reports.load() if job.progress else new_report(settings.suite, settings.place.environment)
    )
    clients = environment or settings.place.clients(own, job)
    with tempfile.TemporaryDirectory() as folder:
        documents = fetch(job, artifact, Path(folder))
        mark = str(job.progress.get("mark") or secrets.token_hex(4))
        run = _Run(settings, documents, clients, mark, patience)
        return run.go_on(report, reports, time_left)


class _Run:
    def __init__(
        self,
        settings: Settings,
        documents: Documents,
        clients: Clients,
        mark: str,
        patience: float,
    ) -> None:
        self._settings = settings
        self._documents = documents
        self._clients = clients
        self._mark = mark
        self._patience = patience
        self._http = Http(settings.rate)

    def go_on(self, report: Report, reports: Reports, time_left: TimeLeft) -> Outcome:
        found = read_environment(
            self._settings.place,
            list(self._documents.apis),
            self._clients("cloudformation"),
            keys=bool(self._settings.key),
        )
        with Credentials(
            found,
            self._clients,
            self._http,
            key=self._settings.key,
            users=self._settings.users,
        ) as credentials:
            runner = CaseRunner(found, credentials, self._http, patience=self._patience)
            apis = {
                name: Api(name, found.apis[name].url, document, credentials, self._http, self._mark)
                for name, document in self._documents.apis.items()
            }
            checks = list(self._checks(runner, apis))
            done = list(report.checks)
            for check in checks[len(done) :]:
                if time_left.seconds <= 0:
                    break
                done.append(_logged(check()))
            # Also what was seen before a secret was fetched must not show it.
            checked = tuple(hidden(result, credentials.secret_values) for result in done)
        report = reports.store(replace(report, checks=checked))
        if len(done) < len(checks):
            return self._continued(report, len(checks))
        return _ended(report, reports)

    def _checks(self, runner: CaseRunner, apis: dict[str, Api]) -> Iterator[Check]:
        derive = smoke_cases if self._settings.suite == "smoke" else contract_cases
        for name, document in self._documents.apis.items():
            try:
                cases = derive(name, document, self._mark)
            except NoExampleError as error:
                raise CheckError(str(error)) from None
            for case in cases:
                yield partial(runner.run, case)
        if self._settings.suite == "contract":
            yield from find_checks(self._documents.checks, apis)

    def _continued(self, report: Report, total: int) -> Continued:
        done = len(report.checks)
        progress = {"done": done, "failed": len(report.outcomes(FAILED)), "mark": self._mark}
        return Continued(summary=f"{done} of {total} checks done", progress=progress)


def _ended(report: Report, reports: Reports) -> Outcome:
    where = f"Report: {reports.address}"
    failed = report.outcomes(FAILED)
    if not failed:
        return Passed(summary=f"{report.summary()}. {where}", variables={"report": reports.address})
    lines = [f"{check.api} {check.name}: {check.message}" for check in failed]
    return Failed(message="\n".join([f"{report.summary()}. {where}", *lines]))


def _logged(result: CheckResult) -> CheckResult:
    logger.info(
        "%-7s %s %s (%d) %s", result.outcome, result.api, result.name, result.status, result.message
    )
    return result
