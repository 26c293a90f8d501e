"""How an operator ends a bake: a wish, and what the controller makes of it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from gatewright.canary.record import Record
from gatewright.operations import release_moves
from gatewright.operations.release_moves import end_bake
from gatewright.operations.releases import ReleaseError

BAKING = {"state": "baking", "request": "one", "release": "r-0123456789-2"}


class Parameters:
    """The record's parameter store; its controller acts when it was read ``after`` times."""

    class exceptions:  # noqa: N801
        ParameterNotFound = KeyError

    def __init__(self, *, after: int, then: dict[str, Any], first: dict[str, Any] = BAKING) -> None:
        self.reads, self.after, self.then = 0, after, then
        self.values = {"/api/release": first}

    def get_parameter(self, *, Name: str) -> dict[str, Any]:  # noqa: N803
        self.reads += 1
        if self.reads > self.after:
            self.values["/api/release"] = self.then
        return {"Parameter": {"Value": json.dumps(self.values[Name])}}

    def put_parameter(self, *, Name: str, Value: str, **_options: Any) -> None:  # noqa: N803
        self.values[Name] = json.loads(Value)


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(release_moves, "_PAUSE_SECONDS", 0)


def test_the_wish_names_the_release_that_bakes_and_who_wishes() -> None:
    then = {**BAKING, "state": "aborted"}
    ssm, told = Parameters(after=3, then=then), list[Record]()
    assert end_bake(ssm, "/api", "abort", "ada", told=told.append) == then
    wish = {"wish": "abort", "release": "r-0123456789-2", "by": "ada"}
    assert ssm.values["/api/wish"] == wish
    assert told == [BAKING, BAKING]


def test_another_request_has_ended_the_one_that_was_meant() -> None:
    then = {**BAKING, "request": "two"}
    assert (
        end_bake(
            Parameters(after=1, then=then), "/api", "promote", "ada", told=lambda _record: None
        )
        == then
    )


@pytest.mark.parametrize("first", [{}, {"state": "rolled-back"}, {"state": "idle"}])
def test_nothing_bakes_and_nothing_is_wished(first: dict[str, Any]) -> None:
    ssm = Parameters(after=9, then={}, first=first)
    with pytest.raises(ReleaseError, match="nothing bakes: the last release is"):
        end_bake(ssm, "/api", "promote", "ada", told=lambda _record: None)
    assert "/api/wish" not in ssm.values


def test_a_controller_that_does_not_act_is_told_of() -> None:
    ssm = Parameters(after=10**9, then={})
    with pytest.raises(ReleaseError, match="the controller did not act"):
        end_bake(ssm, "/api", "promote", "ada", told=lambda _record: None, patience_seconds=0.05)
