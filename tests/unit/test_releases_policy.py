"""The policy of docs/guides/policies/releases.json lets CloudFormation make what a canary needs."""

import json

import pytest

from tests.unit.test_execution_policy import (
    MOST_CHARACTERS,
    OF_CANARIES,
    POLICIES,
    SNAPSHOTS,
    allowed,
    matches,
    needed,
    statements,
)

FILE = SNAPSHOTS / "test_stack[111111111111-us-east-1-gatewright-prod-releases].json"


@pytest.mark.parametrize("resource_type", sorted(OF_CANARIES))
def test_every_part_of_a_canary_can_be_made(resource_type: str) -> None:
    wanted = set(needed(resource_type))
    assert wanted
    assert {action for action in wanted if not matches(action, allowed("releases"))} == set()


def test_names_that_cloudformation_makes_are_those_that_it_may_use() -> None:
    """A state machine is named after its logical id, and all else after the stack."""
    resources = json.loads(FILE.read_text())["Resources"]
    [waiter] = [n for n, r in resources.items() if r["Type"] == "AWS::StepFunctions::StateMachine"]
    [waiters] = [s for s in statements("releases") if s["Sid"] == "Waiters"]
    prefix = waiters["Resource"].rpartition(":")[2].removesuffix("*")
    assert waiter.startswith(prefix)


def test_the_controller_alone_is_invoked_and_nothing_else_is_allowed() -> None:
    services = {action.split(":")[0] for action in allowed("releases")}
    assert services == {"cloudwatch", "iam", "lambda", "states"}
    [invoked] = [s for s in statements("releases") if s["Action"] == "lambda:InvokeFunction"]
    assert invoked["Resource"].endswith(":function:gatewright-*-releases-*")
    for statement in statements("releases"):
        if statement["Action"] == "iam:PassRole":
            assert statement["Condition"]["StringEquals"]["iam:PassedToService"]
    text = (POLICIES / "releases.json").read_text()
    assert len("".join(text.split())) <= MOST_CHARACTERS
