"""Good commits go through; bad ones stop at their stage, with the reason, and prod as it was."""

import json

import httpx
import pytest

from local.rehearsal.execution import Execution, State
from local.rehearse import released
from tests.rehearsal.corner import Corner
from tests.third_party_service import ThirdPartyService

HANDLER = "lambda_src/shop/v1/handler.py"
# A resource that no AWS can make: its API does not exist.
BROKEN_IN_PROD = """\
        self._protect = protect
        if "-prod-" in stack_name:
            from aws_cdk import CfnResource
            CfnResource(
                self, "Broken", type="AWS::ApiGateway::Deployment",
                properties={"RestApiId": "nobodys"},
            )
"""
OPEN = 'return Open(open="yes")'


def stopped_at(executions: list[Execution]) -> tuple[str, str]:
    """The stage that failed, and its reasons."""
    [forward] = [one for one in executions if one.kind == "FORWARD"]
    assert forward.state == State.FAILED
    [failed] = [stage for stage in forward.stages if stage.state == State.FAILED]
    later = forward.stages[forward.stages.index(failed) + 1 :]
    assert all(stage.state == State.WAITING for stage in later)
    return failed.name, "\n".join(action.reason for action in failed.actions)


def rollbacks(executions: list[Execution]) -> list[Execution]:
    return [one for one in executions if one.kind == "ROLLBACK"]


@pytest.fixture(autouse=True)
def prod_is_as_it_was(corner: Corner) -> None:
    assert corner.answer("prod").json() == {"open": "yes"}


def test_the_first_release_serves_everywhere(corner: Corner) -> None:
    for environment in ("test", "beta", "prod"):
        assert corner.answer(environment).json() == {"open": "yes"}
        assert corner.answer(environment, "prices").status_code == 403
    report = corner.aws.folder / "rehearsal" / "report.html"
    assert "Open the shop" in report.read_text()


def test_a_broken_unit_test_stops_the_build(changed: Corner) -> None:
    changed.change("lambda_src/shop/v1/prices.py", "sum(", "1 + sum(")
    stage, reason = stopped_at(changed.release("Miscount"))
    assert stage == "Build"
    assert "assert 6 == 5" in reason


def test_a_broken_handler_stops_in_test(changed: Corner) -> None:
    changed.change(HANDLER, "return prices.PRICES", 'raise RuntimeError("no prices")')
    executions = changed.release("Lose the prices")
    stage, reason = stopped_at(executions)
    assert stage == "test"
    assert "shop-v1 GET /prices: valid credentials: expected 200, got 500" in reason
    [rollback] = rollbacks(executions)
    assert rollback.state == State.SUCCEEDED
    assert changed.prices("test").status_code == 200


def test_a_slow_handler_stops_in_beta(changed: Corner) -> None:
    changed.change(HANDLER, OPEN, f'__import__("time").sleep(0.3)\n    {OPEN}')
    changed.change(HANDLER, "return prices", '__import__("time").sleep(0.3)\n    return prices')
    stage, reason = stopped_at(changed.release("Take a nap"))
    assert stage == "beta"
    assert "p50" in reason
    assert "200" in reason


def test_a_service_that_is_down_stops_in_beta(changed: Corner, outside: ThirdPartyService) -> None:
    changed.change("lambda_src/shop/__init__.py", "few wares", "few good wares")
    outside.behaviour = "error"
    try:
        stage, reason = stopped_at(changed.release("Ask in vain"))
    finally:
        outside.behaviour = "pass"
    assert stage == "beta"
    assert "did not answer" in reason


def test_a_refusal_leaves_prod_alone(changed: Corner) -> None:
    changed.change("lambda_src/shop/v1/prices.py", '"apple": 2', '"apple": 4')
    changed.change("tests/test_prices.py", "== 5", "== 7")
    executions = changed.release("Raise the prices", approve="no")
    stage, reason = stopped_at(executions)
    assert stage == "approve"
    assert "APPROVE=no" in reason
    assert not rollbacks(executions)
    assert changed.prices("beta").json()["apple"] == 4
    assert changed.prices("prod").json()["apple"] == 2


def test_a_deployment_that_fails_halfway_is_taken_back(changed: Corner) -> None:
    changed.change("lambda_src/shop/v1/prices.py", '"apple": 2', '"apple": 5')
    changed.change("tests/test_prices.py", "== 5", "== 8")
    changed.change("stacks/plans.py", "        self._protect = protect\n", BROKEN_IN_PROD)
    executions = changed.release("Half a release")
    stage, reason = stopped_at(executions)
    assert stage == "prod"
    assert "corner-prod-plans" in reason
    [rollback] = rollbacks(executions)
    assert rollback.state == State.SUCCEEDED
    assert changed.prices("prod").json()["apple"] == 2


def test_a_failing_smoke_test_brings_prod_back(changed: Corner) -> None:
    only_prod = 'if "prod" in str(__import__("os").environ): raise RuntimeError("not here")'
    changed.change(HANDLER, OPEN, f"{only_prod}\n    {OPEN}")
    executions = changed.release("Break where nobody looked")
    stage, reason = stopped_at(executions)
    assert stage == "prod"
    assert "shop-v1 GET /: valid credentials: expected 200, got 500" in reason
    [rollback] = rollbacks(executions)
    assert rollback.state == State.SUCCEEDED


def test_the_next_good_commit_is_released(corner: Corner) -> None:
    corner.change("lambda_src/shop/v1/prices.py", '"pear": 3', '"pear": 3, "plum": 1')
    executions = corner.release("Sell plums")
    assert released(executions)
    for environment in ("test", "beta", "prod"):
        assert corner.prices(environment).json() == {"apple": 2, "pear": 3, "plum": 1}
    document = json.loads(corner.published("openapi/latest/shop-v1.json"))
    assert "/prices" in document["paths"]


def test_a_new_wave_is_released_by_the_pipeline_that_it_changes(corner: Corner) -> None:
    corner.change(
        "platform.yaml",
        "  waves:\n    test:\n",
        "  waves:\n    ask: {approval: {comment: Begin?}}\n    test:\n",
    )
    executions = corner.release("Ask before it begins")
    assert [one.state for one in executions] == [State.SUPERSEDED, State.SUCCEEDED]
    assert "ask" in [stage.name for stage in executions[-1].stages]
    assert httpx.get(corner.url("prod")).json() == {"open": "yes"}
