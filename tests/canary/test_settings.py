"""Canaries turned off, on again and changed: the stage has what its template says."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from tests.canary.releasing import PARAMETER, PLATFORM, STACK, Till

pytestmark = pytest.mark.slow
CANARY: dict[str, Any] = yaml.safe_load((PLATFORM / "platform.yaml").read_text())["environments"][
    "local"
]["release"]


def bakes(till: Till) -> list[str]:
    found = till.aws.client("cloudformation").describe_stack_resources(StackName=STACK)
    return [
        resource["ResourceStatus"]
        for resource in found["StackResources"]
        if resource["ResourceType"] == "Custom::CanaryBake"
    ]


def test_off_on_and_other_steps(till: Till) -> None:
    till.configure("all-at-once")
    till.change(RELEASE="without")
    till.deploy()
    assert not bakes(till)
    assert not till.canary
    assert till.call().json() == {"release": "without"}
    names = till.aws.client("ssm").describe_parameters()["Parameters"]
    assert not [p["Name"] for p in names if p["Name"].startswith(PARAMETER)]

    # The first deployment that has one tries what it changes besides.
    till.configure({"canary": CANARY["canary"] | {"steps": [30], "bake_seconds": 10}})
    till.change(RELEASE="with")
    with till.traffic() as traffic:
        till.deploy()
    assert set(traffic.statuses) == {200}
    assert traffic.at_share(30)
    assert len(bakes(till)) == 1
    assert not till.canary
    assert till.call().json() == {"release": "with"}

    # Other settings alone are no release.
    before = till.record
    till.configure(CANARY)
    till.deploy()
    assert not till.canary
    after = till.record
    assert after["state"] == "idle"
    assert (before["release"], before["state"]) == (after["release"], "promoting")
