"""The action that shows canaries: what it tells, when it ends, and what it fails with."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest

from gatewright.checks.canary.watch import watch_canaries
from gatewright.checks.job import read_job
from gatewright.checks.outcome import Continued, Failed, Outcome, Passed
from gatewright.checks.time_left import TimeLeft
from tests.unit.checks.fakes import PLACE, Context, FakeClientError, job_event

BAKING = {
    "state": "baking",
    "release": "r-new-2",
    "step": 1,
    "steps": [10, 50],
    "percent": 10,
    "seconds_left": 90,
    "figures": {"canary": {"requests": 42}},
}
STOPPED = {**BAKING, "state": "rolled-back", "reason": "5xx: 0.2 was greater than 0.01"}
STACK = "shop-beta-foods-v1"


class Environment:
    """The stack and its change set, and the record of the release, as they are now."""

    exceptions = SimpleNamespace(ClientError=FakeClientError, ParameterNotFound=FakeClientError)

    def __init__(self) -> None:
        self.status: str | None = "UPDATE_COMPLETE"
        self.change_set: str | None = None
        self.records: dict[str, dict[str, Any]] = {}

    def client(self, _service: str) -> Environment:
        return self

    def describe_stacks(self, *, StackName: str) -> Any:  # noqa: N803
        assert StackName == STACK
        if self.status is None:
            raise FakeClientError("ValidationError")
        return {"Stacks": [{"StackStatus": self.status}]}

    def describe_change_set(self, *, StackName: str, ChangeSetName: str) -> Any:  # noqa: N803
        assert (StackName, ChangeSetName) == (STACK, "PipelineChange")
        if self.change_set is None:
            raise FakeClientError("ChangeSetNotFound")
        return {"ExecutionStatus": self.change_set}

    def get_parameter(self, *, Name: str) -> Any:  # noqa: N803
        if Name not in self.records:
            raise FakeClientError("ParameterNotFound")
        return {"Parameter": {"Value": json.dumps(self.records[Name])}}


class Action:
    """The jobs of one action, one after the other."""

    def __init__(self, *records: str) -> None:
        self.aws = Environment()
        self.now = 1000.0
        self._records = records or ("foods-v1",)
        self._token: str | None = None

    def look(self) -> Outcome:
        parameters = {**PLACE, "records": list(self._records)}
        job = read_job(job_event(parameters, self._token))
        found = watch_canaries(
            job,
            TimeLeft(Context()),
            own=self.aws.client,
            environment=self.aws.client,
            sleep=self._sleep,
            now=lambda: self.now,
        )
        self._token = json.dumps(found.progress) if isinstance(found, Continued) else None
        return found

    def _sleep(self, seconds: float) -> None:
        self.now += seconds

    def record(self, content: dict[str, Any], name: str = "foods-v1") -> None:
        self.aws.records[f"/gatewright/shop/beta/{name}/release"] = content


def test_it_tells_the_step_until_the_deployment_has_ended() -> None:
    action = Action()
    action.aws.change_set = "AVAILABLE"
    assert isinstance(action.look(), Continued)
    action.aws.change_set, action.aws.status = "EXECUTE_IN_PROGRESS", "UPDATE_IN_PROGRESS"
    action.record(BAKING)
    found = action.look()
    assert isinstance(found, Continued)
    assert found.summary == (
        "foods-v1: release r-new-2: baking; step 1 of 2, 10 %, 90 s left; canary requests 42"
    )
    action.aws.change_set, action.aws.status = None, "UPDATE_COMPLETE"
    action.record({**BAKING, "state": "promoting", "reason": "healthy"})
    found = action.look()
    assert isinstance(found, Passed)
    assert "promoting; canary requests 42; healthy" in found.summary


@pytest.mark.parametrize("outcome", ["rolled-back", "aborted"])
@pytest.mark.parametrize("end", ["UPDATE_ROLLBACK_COMPLETE", "UPDATE_ROLLBACK_FAILED"])
def test_it_fails_with_the_reason_of_a_release_that_was_stopped(outcome: str, end: str) -> None:
    action = Action()
    action.aws.status = "UPDATE_IN_PROGRESS"
    assert isinstance(action.look(), Continued)
    action.record({**STOPPED, "state": outcome})
    action.aws.status = "UPDATE_ROLLBACK_IN_PROGRESS"
    assert isinstance(action.look(), Continued)
    action.aws.status = end
    found = action.look()
    assert isinstance(found, Failed)
    assert found.message.endswith("5xx: 0.2 was greater than 0.01")


def test_what_an_earlier_release_left_is_no_failure_of_this_one() -> None:
    action = Action()
    action.aws.status = "UPDATE_ROLLBACK_COMPLETE"
    action.record(STOPPED)
    found = action.look()
    assert isinstance(found, Passed)
    assert found.summary == "No canary is on its way."


def test_a_deployment_that_fails_for_another_reason_is_left_to_its_own_action() -> None:
    action = Action()
    action.aws.status = "UPDATE_IN_PROGRESS"
    action.look()
    action.aws.status = "UPDATE_ROLLBACK_COMPLETE"
    action.record({**BAKING, "state": "idle"})
    assert isinstance(action.look(), Passed)


def test_a_new_stack_is_waited_for_and_a_deployment_that_never_begins_is_not() -> None:
    action = Action()
    action.aws.change_set, action.aws.status = "AVAILABLE", "REVIEW_IN_PROGRESS"
    looks = 1
    while isinstance(action.look(), Continued):
        looks += 1
    assert looks * 5 == pytest.approx(600, abs=10)


def test_a_stack_that_is_not_there_is_not_waited_for() -> None:
    action = Action()
    action.aws.status = None
    assert isinstance(action.look(), Passed)


def test_each_stage_has_a_record_of_its_own() -> None:
    action = Action("foods-v1/dev", "foods-v1/live")
    action.aws.status = "UPDATE_IN_PROGRESS"
    action.record(BAKING, "foods-v1/live")
    found = action.look()
    assert isinstance(found, Continued)
    assert found.summary.startswith("foods-v1/live: release r-new-2")
