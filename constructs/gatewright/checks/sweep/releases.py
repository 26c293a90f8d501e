"""One job of the action that removes releases: every API of the artifact, one after the other."""

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gatewright.checks.artifact import fetch
from gatewright.checks.clients import Clients
from gatewright.checks.environment import PLACE_FIELDS, Place, read_place
from gatewright.checks.job import Job
from gatewright.checks.outcome import Outcome, Passed
from gatewright.checks.parameters import Parameters
from gatewright.checks.time_left import TimeLeft
from gatewright.operations.deployed import NotDeployedError
from gatewright.operations.releases import ReleaseError
from gatewright.operations.sweeping import SERVICES, sweep

_FIELDS = (*PLACE_FIELDS, "keep")
_MOST = 1000


@dataclass(frozen=True, kw_only=True)
class Settings:
    """``keep`` is how many releases of an API stay."""

    place: Place
    keep: int

    def stack_of(self, api: str) -> str:
        """The stack of an API."""
        return f"{self.place.project}-{self.place.environment}-{api}"


def read_settings(job: Job) -> Settings:
    """Read a job's UserParameters. Raises ParameterError."""
    found = Parameters(job.user_parameters, _FIELDS)
    return Settings(place=read_place(found, job), keep=found.whole("keep", least=1, most=_MOST))


def sweep_releases(
    job: Job,
    time_left: TimeLeft,
    *,
    own: Clients,
    artifact: Clients | None = None,
    environment: Clients | None = None,
) -> Outcome:
    """Sweep each API and tell what went. What is left when time runs out, the next one removes.

    ``own`` are clients of the function. Those for the artifact and of the environment follow from
    the job unless they are given. Raises ParameterError and CheckError.
    """
    settings = read_settings(job)
    clients = environment or settings.place.clients(own, job)
    with tempfile.TemporaryDirectory() as folder:
        apis = list(fetch(job, artifact, Path(folder)).apis)
    client = {service: clients(service) for service in SERVICES}
    told = list(_told(settings, apis, client, time_left))
    return Passed(summary="\n".join(told) or f"Nothing to remove, with {settings.keep} to keep.")


def _told(
    settings: Settings, apis: list[str], client: Mapping[str, Any], time_left: TimeLeft
) -> Iterator[str]:
    from botocore.exceptions import BotoCoreError, ClientError

    for api in apis:
        if time_left.seconds <= 0:
            yield f"{api}: left to the next release, since the time is up."
            continue
        stack = {api: settings.stack_of(api)}
        try:
            # An action of the pipeline runs after what was promoted is on its stage.
            [(is_gone, line)] = sweep(stack, client, keep=settings.keep, pinned=frozenset())
        except (NotDeployedError, ReleaseError, BotoCoreError, ClientError) as error:
            yield f"{api}: left to the next release: {error}"
            continue
        if is_gone:
            yield line
