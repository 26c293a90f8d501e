"""The decisions: begin, look again, end. Every end takes the canary off the stage first.

A look may come twice, late, or after somebody else took over: it goes by what the record and the
stage say, and never by what it remembers.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gatewright.canary import stage
from gatewright.canary.clients import Clients
from gatewright.canary.figures import figures
from gatewright.canary.record import RECORD, WISH, Record, State, forget, read, write
from gatewright.canary.release import Release
from gatewright.canary.schedule import Step, step_at
from gatewright.canary.smoke import failures
from gatewright.canary.verdict import Verdict, verdict

# A red alarm of an earlier canary turns when its data are older than what CloudWatch looks at,
# which is more periods than it evaluates. AWS: "Configuring how CloudWatch alarms treat missing
# data".
_PERIODS_TO_WAIT = 7
_ON_THE_WAY = ("waiting", "baking", "settling", "promoting")


class BakeFailedError(Exception):
    """The release is not to reach everybody. Its text is the reason that CloudFormation shows."""


class Bake:
    """One release on its way, for one request of CloudFormation.

    ``request_id`` is that request's: another request for the same stage takes over from it.
    ``tell`` is called with each decision.
    """

    def __init__(
        self,
        release: Release,
        request_id: str,
        clients: Clients,
        tell: Callable[[str, Record], None],
    ) -> None:
        self._release = release
        self._request_id = request_id
        self._clients = clients
        self._tell = tell
        self._record_name = f"{release.parameter}/{RECORD}"
        self._wish_name = f"{release.parameter}/{WISH}"

    def begin(self, *, going_back: bool) -> None:
        """Take over the stage. In a rollback, and where nothing changes, there is no canary."""
        now = stage.serving(self._clients.gateway, self._release)
        if now and now.has_canary:
            # Of a release that did not get to its end.
            stage.clear(self._clients.gateway, self._release)
        if now is None or now.has(self._release) or going_back:
            self._nothing_to_try(going_back=going_back)
            return
        forget(self._clients.ssm, self._wish_name)
        self._write(
            "waiting",
            release=self._release.alias,
            deployment=self._release.deployment_id,
            previous=now.variables.get(self._release.alias_variable, ""),
            previous_deployment=now.deployment_id,
            since=self._clients.clock(),
        )
        self.look()

    def look(self) -> bool:
        """Whether the release may go on to everybody. Raises BakeFailedError when it must not."""
        record = read(self._clients.ssm, self._record_name)
        if record.get("request") != self._request_id:
            raise BakeFailedError("another release of this stage took over")
        match record["state"]:
            case "waiting":
                return self._start(record)
            case "baking":
                return self._watch(record)
            case "settling":
                return self._settle(record)
            case _:
                return True

    def end(self) -> None:
        """Leave the stage without a canary, and nothing behind: the environment has no canaries
        any more, or the API goes."""
        now = stage.serving(self._clients.gateway, self._release)
        if now and now.has_canary:
            stage.clear(self._clients.gateway, self._release)
        forget(self._clients.ssm, self._record_name, self._wish_name)

    def give_up(self, problem: BaseException) -> None:
        """Take the canary off after an error of our own."""
        now = stage.serving(self._clients.gateway, self._release)
        if now and now.tries(self._release):
            stage.clear(self._clients.gateway, self._release)
        record = read(self._clients.ssm, self._record_name)
        if record.get("request") == self._request_id:
            self._write("rolled-back", record, reason=f"the controller failed: {problem}")

    def _nothing_to_try(self, *, going_back: bool) -> None:
        # The record is written in every case: a look goes by the request that it names.
        record = read(self._clients.ssm, self._record_name) if going_back else {}
        state = record.get("state", "idle")
        if state in _ON_THE_WAY:
            reason = record.get("reason") or "CloudFormation rolled the stack back"
            self._write("rolled-back", record, reason=reason)
        elif record:
            self._write(state, record)
        else:
            self._write("idle", release=self._release.alias, deployment=self._release.deployment_id)

    def _start(self, record: Record) -> bool:
        found = self._verdict()
        waited = self._clients.clock() - record["since"]
        patience = _PERIODS_TO_WAIT * self._release.period_seconds
        if not found.healthy:
            if not found.missing and set(found.red) <= set(self._release.own) and waited < patience:
                return False
            raise self._refused(
                record, f"nothing was released: red before it began: {found.reason}"
            )
        now = stage.serving(self._clients.gateway, self._release)
        if now is None:
            raise self._refused(record, "the stage is gone")
        if wrong := failures(self._clients.gateway, self._release):
            raise self._refused(
                record, f"nothing was released: the smoke check failed: {'; '.join(wrong)}"
            )
        began = self._clients.clock()
        first = step_at(self._release.steps, self._release.bakes, 0)
        if first is None:
            return True
        stage.start(self._clients.gateway, self._release, now, first.percent)
        self._baking(record, first, {}, started=began)
        self._decided("started", record)
        return False

    def _watch(self, record: Record) -> bool:
        now = stage.serving(self._clients.gateway, self._release)
        if now is None or not now.tries(self._release):
            return self._stop(record, "aborted", "somebody took the canary off the stage")
        wish = read(self._clients.ssm, self._wish_name)
        wished = wish.get("wish") if wish.get("release") == self._release.alias else None
        if wished == "abort":
            return self._stop(record, "aborted", f"aborted by {wish.get('by', 'an operator')}")
        found = self._verdict()
        if not found.healthy:
            return self._stop(record, "rolled-back", found.reason)
        elapsed = self._clients.clock() - record["started"]
        step = step_at(self._release.steps, self._release.bakes, elapsed)
        if step is None or wished == "promote":
            return self._promote(record, found)
        if step.percent != now.percent:
            stage.shift(self._clients.gateway, self._release, step.percent)
            self._decided("shifted", record)
        self._baking(record, step, self._figures(record), started=record["started"])
        return False

    def _promote(self, record: Record, found: Verdict) -> bool:
        stage.clear(self._clients.gateway, self._release)
        forget(self._clients.ssm, self._wish_name)
        silent = ", ".join(found.without_data)
        reason = f"healthy; no data: {silent}" if silent else "healthy"
        self._write("promoting", record, reason=reason, seconds_left=0, percent=100)
        self._decided("promoted", record)
        return True

    def _stop(self, record: Record, outcome: State, reason: str) -> bool:
        """Take the canary off; say so when those on their way to it have had time to end."""
        judged = self._figures(record)
        now = stage.serving(self._clients.gateway, self._release)
        if now and now.has_canary:
            stage.clear(self._clients.gateway, self._release)
        forget(self._clients.ssm, self._wish_name)
        self._write(
            "settling",
            record,
            outcome=outcome,
            reason=reason,
            figures=judged,
            percent=0,
            settled=self._clients.clock() + self._release.settle_seconds,
        )
        self._decided(outcome, record)
        return False

    def _settle(self, record: Record) -> bool:
        if self._clients.clock() < record["settled"]:
            return False
        self._write(record["outcome"], record, seconds_left=0)
        raise BakeFailedError(_told(record))

    def _refused(self, record: Record, reason: str) -> BakeFailedError:
        self._write("rolled-back", record, reason=reason)
        self._decided("refused", record)
        return BakeFailedError(reason)

    def _baking(
        self, record: Record, step: Step, judged: dict[str, Any], *, started: float
    ) -> None:
        self._write(
            "baking",
            record,
            started=started,
            step=step.number,
            steps=list(self._release.steps),
            percent=step.percent,
            seconds_left=round(step.seconds_left),
            figures=judged,
        )

    def _verdict(self) -> Verdict:
        return verdict(self._clients.cloudwatch, self._release.alarms)

    def _figures(self, record: Record) -> dict[str, Any]:
        now = self._clients.clock()
        return figures(self._clients.cloudwatch, self._release, record["started"], now)

    def _write(self, state: State, before: Record | None = None, **more: Any) -> None:
        times = {"request": self._request_id, "updated": round(self._clients.clock())}
        record = {**(before or {}), **more, **times, "state": state}
        write(self._clients.ssm, self._record_name, record)

    def _decided(self, decision: str, record: Record) -> None:
        self._tell(decision, read(self._clients.ssm, self._record_name) or record)


def _told(record: Record) -> str:
    """The alarm with its words, and what the canary had answered."""
    canary = record.get("figures", {}).get("canary", {})
    counted = ", ".join(f"{name} {value:g}" for name, value in canary.items())
    at = f" (canary of {record['release']}: {counted})" if counted else ""
    return f"{record['outcome']}: {record['reason']}{at}"
