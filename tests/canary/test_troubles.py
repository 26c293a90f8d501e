"""What comes between: operators, other releases, failures. Each ends with a stage without canary.

Each test's release begins where the one before ended, and the last one goes through.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.canary.releasing import STACK, Till, deploying
from tests.synthesis import change_text

pytestmark = pytest.mark.slow
BROKEN = """
        from aws_cdk import CfnResource

        broken = CfnResource(
            self, "Broken", type="AWS::ApiGateway::Deployment", properties={"RestApiId": "nobodys"}
        )
        broken.node.add_dependency(self.api.stage)"""
LOOK = "gatewright.canary.handler.is_complete"
LAST_LINE = '        CfnOutput(self, "Url", value=self.url)'


@pytest.fixture
def stable(till: Till) -> Iterator[str]:
    """The release that everybody has before."""
    yield till.call().json()["release"]
    assert not till.canary


def releases_of(till: Till) -> set[str]:
    return {till.call().json()["release"] for _ in range(30)}


def test_an_operator_aborts(till: Till, stable: str) -> None:
    till.change(RELEASE="aborted")
    with deploying(till) as deployment:
        till.wish("abort")
    assert "aborted by ada" in str(deployment.problem)
    assert till.record["state"] == "aborted"
    assert releases_of(till) == {stable}


def test_an_operator_promotes_before_its_time(till: Till, stable: str) -> None:
    assert stable
    till.change(RELEASE="promoted")
    with deploying(till) as deployment:
        till.wish("promote")
    assert deployment.problem is None
    assert till.record["step"] == 1
    assert releases_of(till) == {"promoted"}


def test_somebody_takes_the_canary_off(till: Till, stable: str) -> None:
    till.change(RELEASE="taken off")
    with deploying(till) as deployment:
        till.aws.client("apigateway").update_stage(
            restApiId=till.api,
            stageName="live",
            patchOperations=[{"op": "remove", "path": "/canarySettings"}],
        )
    assert "somebody took the canary off" in str(deployment.problem)
    assert releases_of(till) == {stable}


def test_another_release_meanwhile_is_refused_and_the_first_goes_on(
    till: Till, stable: str
) -> None:
    assert stable
    formation = till.aws.client("cloudformation")
    till.change(RELEASE="first")
    with deploying(till) as deployment:
        with pytest.raises(formation.exceptions.ClientError, match="IN_PROGRESS"):
            formation.update_stack(StackName=STACK, UsePreviousTemplate=True)
        assert till.canary
        till.wish("promote")
    assert deployment.problem is None
    assert releases_of(till) == {"first"}


def test_a_cancelled_deployment_leaves_no_canary(till: Till, stable: str) -> None:
    till.change(RELEASE="cancelled")
    with deploying(till) as deployment:
        till.aws.client("cloudformation").cancel_update_stack(StackName=STACK)
    assert deployment.problem
    assert till.record["state"] == "rolled-back"
    assert releases_of(till) == {stable}


def test_a_controller_that_fails_leaves_no_canary(till: Till, stable: str) -> None:
    till.change(RELEASE="failed")
    with deploying(till) as deployment:
        # A record that no release of the controller wrote.
        till.write_record({"request": till.record["request"], "state": "baking"})
    assert "the controller failed" in str(deployment.problem)
    assert till.record["state"] == "rolled-back"
    assert releases_of(till) == {stable}


def test_a_controller_that_cannot_run_leaves_no_canary_and_can_be_mended(
    till: Till, stable: str
) -> None:
    functions, formation = till.aws.client("lambda"), till.aws.client("cloudformation")
    [look] = [
        function["FunctionName"]
        for function in functions.list_functions()["Functions"]
        if function["Handler"] == LOOK
    ]
    till.change(RELEASE="crashed")
    with deploying(till) as deployment:
        functions.update_function_configuration(FunctionName=look, Handler="nothing.at_all")
    assert deployment.problem
    assert not till.canary
    assert releases_of(till) == {stable}

    functions.update_function_configuration(FunctionName=look, Handler=LOOK)
    formation.continue_update_rollback(StackName=STACK)
    till.until_status("UPDATE_ROLLBACK_COMPLETE")


def test_a_failure_after_the_promotion_goes_back_all_at_once(till: Till, stable: str) -> None:
    stack = till.root / "stacks" / "api.py"
    till.change(RELEASE="went too far")
    change_text(stack, LAST_LINE, LAST_LINE + BROKEN)
    with till.traffic() as traffic, deploying(till) as deployment:
        till.wish("promote")
    change_text(stack, BROKEN, "")
    assert "Invalid API identifier" in str(deployment.problem)
    assert set(traffic.statuses) == {200}
    assert releases_of(till) == {stable}


def test_nobody_calls_and_it_goes_through(till: Till, stable: str) -> None:
    assert stable
    till.change(RELEASE="silent")
    till.deploy()
    assert "no data" in till.record["reason"] or till.record["reason"] == "healthy"
    assert releases_of(till) == {"silent"}
