"""A release on its way: every way that it can end, and that no end leaves a canary behind."""

from __future__ import annotations

import pytest

from gatewright.canary.bake import Bake, BakeFailedError
from tests.unit.canary.world import NEW, OLD, RECORD, RELEASE, WISH, World


@pytest.fixture
def world() -> World:
    return World()


def test_the_first_step_is_on_the_stage_at_once_in_one_call(world: World) -> None:
    world.bake().begin(going_back=False)
    assert world.canary == {
        "deploymentId": "new",
        "percentTraffic": "10",
        # What is the same on the stage is not overridden.
        "stageVariableOverrides": {"lambdaAlias": "r-new-2"},
    }
    assert len(world.gateway.updates) == 1
    assert world.record["state"] == "baking"
    assert (world.record["release"], world.record["previous"]) == ("r-new-2", "r-old-1")
    assert (world.record["step"], world.record["seconds_left"]) == (1, 180)


def test_each_step_has_its_time_and_then_everybody_gets_it(world: World) -> None:
    world.begun()
    assert not world.look_after(59)
    assert world.canary["percentTraffic"] == "10"
    assert not world.look_after(1)
    assert (world.canary["percentTraffic"], world.record["step"]) == ("50", 2)
    assert not world.look_after(119)
    assert world.look_after(1)
    assert not world.canary
    assert (world.record["state"], world.record["reason"]) == ("promoting", "healthy")
    assert world.decisions == ["started", "shifted", "promoted"]
    # The provider may ask again.
    assert world.look_after(1)


def test_a_late_look_goes_by_the_clock(world: World) -> None:
    world.begun()
    assert world.look_after(1000)


def test_the_record_has_the_figures(world: World) -> None:
    world.begun().look_after(5)
    canary = {"requests": 42, "latency_p99_ms": 90}
    assert world.record["figures"] == {"canary": canary, "stage": {}}


def test_a_red_alarm_takes_the_canary_off_and_fails_when_requests_have_ended(world: World) -> None:
    world.begun().turn_red("5xx")
    assert not world.look_after(3)
    assert not world.canary
    assert not world.look_after(4)
    with pytest.raises(BakeFailedError, match=r"5xx: 1 datapoint .*canary of r-new-2: requests 42"):
        world.look_after(1)
    assert world.record["state"] == "rolled-back"


def test_a_red_alarm_at_the_last_look_counts(world: World) -> None:
    world.begun().turn_red("theirs")
    assert not world.look_after(500)
    assert world.record["state"] == "settling"


def test_an_alarm_that_was_deleted_is_as_bad_as_a_red_one(world: World) -> None:
    world.begun()
    del world.cloudwatch.alarms["latency"]
    assert not world.look_after(1)
    assert world.record["reason"] == "latency: there is no such alarm"


def test_an_alarm_without_data_is_not_red_and_is_named(world: World) -> None:
    world.begun()
    world.cloudwatch.alarms["5xx"] = ("INSUFFICIENT_DATA", "")
    assert world.look_after(180)
    assert world.record["reason"] == "healthy; no data: 5xx"


def test_an_alarm_of_theirs_that_is_red_before_keeps_the_release_back(world: World) -> None:
    world.turn_red("theirs", "the queue is long")
    with pytest.raises(BakeFailedError, match="red before it began: theirs: the queue is long"):
        world.bake().begin(going_back=False)
    assert not world.gateway.updates
    assert world.record["state"] == "rolled-back"


def test_a_red_alarm_of_the_last_canary_is_waited_for(world: World) -> None:
    world.turn_red("5xx")
    world.bake().begin(going_back=False)
    assert (world.record["state"], world.canary) == ("waiting", {})
    assert not world.look_after(20)
    world.cloudwatch.alarms["5xx"] = ("OK", "")
    assert not world.look_after(5)
    assert world.canary["percentTraffic"] == "10"
    # Its time begins with the canary.
    assert world.record["seconds_left"] == 180


def test_but_not_for_ever(world: World) -> None:
    world.turn_red("5xx")
    world.bake().begin(going_back=False)
    with pytest.raises(BakeFailedError, match="red before it began"):
        world.look_after(70)


@pytest.mark.parametrize("wish", ["promote", "abort"])
def test_an_operator_ends_it(world: World, wish: str) -> None:
    world.begun().wish(wish)
    assert world.look_after(1) == (wish == "promote")
    assert not world.canary
    assert WISH not in world.ssm.values
    if wish == "abort":
        with pytest.raises(BakeFailedError, match="aborted: aborted by ada"):
            world.look_after(5)


def test_a_red_alarm_is_stronger_than_a_wish_to_promote(world: World) -> None:
    world.begun().wish("promote")
    world.turn_red("5xx")
    assert not world.look_after(1)
    assert world.record["state"] == "settling"


def test_a_wish_for_another_release_is_not_for_this_one(world: World) -> None:
    world.begun().wish("abort", release="r-older-1")
    assert not world.look_after(1)
    assert world.canary


def test_a_wish_from_before_is_forgotten(world: World) -> None:
    world.wish("abort")
    world.begun()
    assert not world.look_after(1)
    assert world.canary


def test_a_canary_that_somebody_took_off_is_an_end(world: World) -> None:
    world.begun()
    assert world.gateway.stage is not None
    del world.gateway.stage["canarySettings"]
    assert not world.look_after(1)
    with pytest.raises(BakeFailedError, match="somebody took the canary off"):
        world.look_after(5)


def test_another_request_takes_over(world: World) -> None:
    world.begun()
    world.bake("second", deployment_id="newer").begin(going_back=False)
    assert world.canary["deploymentId"] == "newer"
    with pytest.raises(BakeFailedError, match="took over"):
        world.look_after(1)
    assert world.canary["deploymentId"] == "newer"


@pytest.mark.parametrize("state", ["baking", "waiting"])
def test_a_rollback_takes_the_canary_off_and_starts_none(world: World, state: str) -> None:
    if state == "waiting":
        world.turn_red("5xx")
        world.bake().begin(going_back=False)
    else:
        world.begun()
    world.bake("rollback", deployment_id="old", variables=OLD).begin(going_back=True)
    assert not world.canary
    assert world.look_after(0, "rollback")
    assert world.record["state"] == "rolled-back"
    assert world.record["reason"] == "CloudFormation rolled the stack back"


def test_the_rollback_after_an_end_of_ours_succeeds_and_keeps_its_reason(world: World) -> None:
    world.begun().wish("abort")
    world.look_after(1)
    with pytest.raises(BakeFailedError):
        world.look_after(5)
    world.bake("rollback", deployment_id="old", variables=OLD).begin(going_back=True)
    assert world.look_after(0, "rollback")
    assert (world.record["state"], world.record["reason"]) == ("aborted", "aborted by ada")


def test_a_rollback_without_a_record_succeeds(world: World) -> None:
    world.bake("rollback", deployment_id="old", variables=OLD).begin(going_back=True)
    assert world.look_after(0, "rollback")


def test_a_rollback_from_a_promoted_stage_goes_all_at_once(world: World) -> None:
    world.begun().look_after(1000)
    world.gateway.stage = {"deploymentId": "new", "variables": dict(NEW)}
    world.bake("rollback", deployment_id="old", variables=OLD).begin(going_back=True)
    assert not world.canary
    assert world.look_after(0, "rollback")


def test_what_is_served_already_is_no_release(world: World) -> None:
    world.bake(deployment_id="old", variables=OLD).begin(going_back=False)
    assert not world.gateway.updates
    assert world.look_after(0)
    assert world.record["state"] == "idle"


def test_a_stage_that_is_not_there_yet_gets_its_first_release_at_once(world: World) -> None:
    world.gateway.stage = None
    world.bake().begin(going_back=False)
    assert world.look_after(0)


@pytest.mark.parametrize(
    ("deployment_id", "variables"),
    [("new", OLD), ("old", NEW), ("old", {**OLD, "host": "other.example"})],
    ids=["contract alone", "code alone", "a variable alone"],
)
def test_every_kind_of_change_is_tried(
    world: World, deployment_id: str, variables: dict[str, str]
) -> None:
    def bake() -> Bake:
        return world.bake(deployment_id=deployment_id, variables=variables)

    bake().begin(going_back=False)
    assert world.canary["deploymentId"] == deployment_id
    world.now += 1
    assert not bake().look()
    assert world.canary


def test_a_canary_left_behind_is_taken_off_first(world: World) -> None:
    assert world.gateway.stage is not None
    world.gateway.stage["canarySettings"] = {"deploymentId": "gone", "percentTraffic": 50}
    world.begun()
    assert world.gateway.updates[0] == [{"op": "remove", "path": "/canarySettings"}]
    assert world.canary["deploymentId"] == "new"


def test_an_error_of_ours_takes_the_canary_off(world: World) -> None:
    world.begun()
    world.bake().give_up(ValueError("no"))
    assert not world.canary
    assert world.record["reason"] == "the controller failed: no"


@pytest.mark.parametrize("there", [True, False])
def test_the_end_of_canaries_leaves_nothing(world: World, *, there: bool) -> None:
    world.begun().wish("promote")
    if not there:
        world.gateway.stage = None
    world.bake("delete").end()
    assert not world.canary
    assert not {RECORD, WISH} & world.ssm.values.keys()
    world.bake("delete again").end()


def test_a_record_that_is_no_json_is_none(world: World) -> None:
    world.begun()
    world.ssm.values[WISH] = "promote"
    assert not world.look_after(1)
    world.ssm.values[RECORD] = "[]"
    with pytest.raises(BakeFailedError, match="took over"):
        world.look_after(1)


def test_an_api_without_functions_is_released_by_its_deployment(world: World) -> None:
    assert world.gateway.stage is not None
    world.gateway.stage["variables"] = {}
    world.bake(variables={}).begin(going_back=False)
    assert world.canary == {"deploymentId": "new", "percentTraffic": "10"}
    world.now += 180
    assert world.bake(variables={}).look()
    assert RELEASE.variables == NEW
