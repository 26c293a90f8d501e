"""One job of the action that shows canaries: look at each release, and be called again."""

import time
from collections.abc import Callable, Mapping
from typing import Any

from gatewright.canary.progress import progress
from gatewright.canary.record import ENDED_BADLY, RECORD, Record, path, read
from gatewright.checks.canary.settings import Settings, read_settings
from gatewright.checks.clients import Clients
from gatewright.checks.job import Job
from gatewright.checks.outcome import Continued, Failed, Outcome, Passed
from gatewright.checks.time_left import TimeLeft

PAUSE_SECONDS = 5.0
# The action beside this one begins the deployment; if it cannot, nobody else would end this one.
_BEGINS_WITHIN_SECONDS = 600
# What AWS CDK's pipelines call the change set that they prepare and then execute.
_CHANGE_SET = "PipelineChange"


def watch_canaries(
    job: Job,
    time_left: TimeLeft,
    *,
    own: Clients,
    environment: Clients | None = None,
    sleep: Callable[[float], None] = time.sleep,
    now: Callable[[], float] = time.time,
) -> Outcome:
    """Tell of the releases until their deployments have ended; fail with one that is rolled back.

    The deployments are those of the actions beside this one. Raises ParameterError.
    """
    settings = read_settings(job)
    clients = environment or settings.place.clients(own, job)
    if job.progress:
        sleep(min(PAUSE_SECONDS, max(0.0, time_left.seconds)))
    look = _Look(settings, clients, job.progress, now())
    return look.outcome()


class _Look:
    """``before`` is what an earlier look left: when it began, and the stacks seen to change."""

    def __init__(
        self, settings: Settings, clients: Clients, before: Mapping[str, Any], now: float
    ) -> None:
        self._settings = settings
        self._formation = clients("cloudformation")
        self._ssm = clients("ssm")
        self._now = now
        self._began = before.get("began", int(now))
        self._changed = set(before.get("changed", ()))

    def outcome(self) -> Outcome:
        stacks = sorted({self._settings.stack_of(name) for name in self._settings.records})
        waiting = {stack for stack in stacks if self._waits(stack)}
        changing = {stack for stack in stacks if self._is_changing(stack)}
        self._changed |= changing
        records = {name: self._record(name) for name in self._settings.records}
        if changing or (waiting and self._now - self._began < _BEGINS_WITHIN_SECONDS):
            left = {"began": self._began, "changed": sorted(self._changed)}
            return Continued(summary=self._told(records), progress=left)
        failed = {
            name: record
            for name, record in records.items()
            if self._settings.stack_of(name) in self._changed
            and record.get("state") in ENDED_BADLY
            and "ROLLBACK" in self._status(self._settings.stack_of(name))
        }
        if failed:
            return Failed(message=self._told(failed))
        return Passed(summary=self._told(records))

    def _waits(self, stack: str) -> bool:
        """Whether its change set is there and not executed."""
        try:
            found = self._formation.describe_change_set(StackName=stack, ChangeSetName=_CHANGE_SET)
        except self._formation.exceptions.ClientError:
            return False  # a stack that is executed has none, and a new one is not there yet
        return bool(found.get("ExecutionStatus") == "AVAILABLE")

    def _is_changing(self, stack: str) -> bool:
        status = self._status(stack)
        # In review, a stack that is to be made waits for its change set to be executed.
        return status.endswith("_IN_PROGRESS") and status != "REVIEW_IN_PROGRESS"

    def _status(self, stack: str) -> str:
        try:
            [found] = self._formation.describe_stacks(StackName=stack)["Stacks"]
        except self._formation.exceptions.ClientError:
            return ""
        return str(found["StackStatus"])

    def _record(self, name: str) -> Record:
        place = self._settings.place
        api, _, stage = name.partition("/")
        return read(self._ssm, f"{path(place.project, place.environment, api, stage)}/{RECORD}")

    def _told(self, records: Mapping[str, Record]) -> str:
        """A line of each release that there is news of."""
        lines = [
            f"{name}: {progress(record)}"
            for name, record in records.items()
            if record and self._settings.stack_of(name) in self._changed
        ]
        return "\n".join(lines) or "No canary is on its way."
