"""What operators do: look, go back at once, and remove what nobody can go back to."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from gatewright.checks.job import read_job
from gatewright.checks.outcome import Passed
from gatewright.checks.sweep.releases import sweep_releases
from gatewright.checks.time_left import TimeLeft
from gatewright.config import UnknownEnvironmentError
from gatewright.operations.releases import ReleaseError
from local.release import run
from local.release_arguments import parse
from tests.canary.releasing import STACK, Till, deploying
from tests.unit.checks.fakes import Context, job_event
from tests.unit.checks.test_release_sweep import artifact

pytestmark = pytest.mark.slow


DRIFT = "CloudFormation has another release"


def told(till: Till, *arguments: str) -> str:
    """What a command says."""
    lines: list[str] = []
    run(parse(arguments), till.root, Path(till.aws.folder), lines.append)
    return "\n".join(lines)


@pytest.fixture(scope="module")
def history(deployed: Till) -> list[str]:
    """Four releases, all at once: that takes less time."""
    deployed.configure("all-at-once")
    names = []
    for number in range(4):
        names.append(f"number {number}")
        deployed.change(RELEASE=names[-1], RAISES=0.0, SECONDS=0.0)
        deployed.deploy()
    return names


def served(till: Till) -> str:
    return str(till.call().json()["release"])


def test_status_says_what_is_served(till: Till, history: list[str]) -> None:
    assert history
    serving = till.stage["variables"]["lambdaAlias"]
    said = told(till, "status")
    assert f"till-v1 live: serves {serving}" in said
    assert re.search(rf"{serving} .* live$", said, re.M)
    assert DRIFT not in said
    assert f'"alias": "{serving}"' in told(till, "status", "--json")


def test_back_at_once_and_forward_by_the_next_deployment(till: Till, history: list[str]) -> None:
    newest = till.stage["variables"]
    with till.traffic() as traffic:
        said = told(till, "rollback", "--api", "till-v1")
    assert set(traffic.statuses) == {200}
    assert f"to it, {newest['lambdaAlias']} is served" in said
    assert served(till) == history[-2]
    assert DRIFT in told(till, "status")
    assert "serves" in told(till, "rollback", "--api", "till-v1")
    assert served(till) == history[-3]

    # Reverting the commits is another release, which CloudFormation and the stage agree on.
    till.change(RELEASE=history[-3])
    till.deploy()
    assert served(till) == history[-3]
    assert DRIFT not in told(till, "status")
    assert told(till, "rollback", "--api", "till-v1", "--to", newest["lambdaAlias"])
    assert served(till) == history[-1]
    till.change(RELEASE="after all")
    till.deploy()
    assert served(till) == "after all"


def test_sweeping_leaves_what_is_served_and_the_last_few(till: Till, history: list[str]) -> None:
    assert history
    before = served(till)
    assert "would remove r-" in told(till, "sweep", "--keep", "2", "--dry-run")
    assert "removed r-" in told(till, "sweep", "--keep", "2")
    assert "nothing to remove; the last 2 releases stay" in told(till, "sweep", "--keep", "2")
    assert served(till) == before
    assert told(till, "rollback", "--api", "till-v1")
    with pytest.raises(ReleaseError, match="nothing to go back to"):
        told(till, "rollback", "--api", "till-v1")
    # Nothing that CloudFormation owns is gone.
    till.change(RELEASE="swept")
    till.deploy()
    assert served(till) == "swept"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("rollback", "--api", "tilt-v1"), "no API 'tilt-v1'; did you mean 'till-v1'"),
        (("promote", "--api", "till-v1"), "nothing bakes"),
        (("abort", "--api", "till-v1", "--stage", "beta"), "no stage 'beta'; it has live"),
        (("rollback", "--api", "till-v1", "--to", "r-0"), "no release 'r-0'; there are r-"),
    ],
)
def test_what_cannot_be_done_says_why(
    till: Till, history: list[str], arguments: tuple[str, ...], message: str
) -> None:
    assert history
    before = {**till.stage, "ResponseMetadata": None}
    with pytest.raises(ReleaseError, match=message):
        told(till, *arguments)
    assert {**till.stage, "ResponseMetadata": None} == before


def test_an_environment_that_is_none(till: Till) -> None:
    with pytest.raises(UnknownEnvironmentError, match="prod"):
        told(till, "--environment", "prod", "status")


def test_a_release_without_its_permission_is_not_served(till: Till, history: list[str]) -> None:
    assert history
    for number in range(2):
        till.change(RELEASE=f"whole {number}")
        till.deploy()
    to = told_releases(till)[1]
    functions = till.aws.client("lambda")
    names = {"FunctionName": function_of(till), "Qualifier": to}
    for statement in json.loads(functions.get_policy(**names)["Policy"])["Statement"]:
        functions.remove_permission(**names, StatementId=statement["Sid"])
    with pytest.raises(ReleaseError, match=f"{to} does not let API"):
        told(till, "rollback", "--api", "till-v1")
    assert served(till) == "whole 1"


def test_the_pipeline_sweeps_with_an_action(till: Till, history: list[str]) -> None:
    assert history
    for name in ("to be kept", "to be served"):
        till.change(RELEASE=name)
        till.deploy()
    place = {"project": "canary", "environment": "local", "region": "us-east-1", "keep": 2}

    def sweep() -> str:
        outcome = sweep_releases(
            read_job(job_event(place)),
            TimeLeft(Context()),
            own=till.aws.client,
            artifact=lambda _service: artifact("till-v1"),
            environment=till.aws.client,
        )
        assert isinstance(outcome, Passed)
        return outcome.summary

    assert re.match(r"till-v1: removed r-.*; the last 2 releases stay", sweep())
    assert sweep() == "Nothing to remove, with 2 to keep."
    assert served(till) == "to be served"
    assert told(till, "rollback", "--api", "till-v1")
    assert served(till) == "to be kept"
    till.change(RELEASE="swept by the pipeline")
    till.deploy()
    assert served(till) == "swept by the pipeline"


def test_a_sweep_that_broke_is_ended_by_the_next(till: Till, history: list[str]) -> None:
    assert history
    functions, name = till.aws.client("lambda"), function_of(till)
    oldest = told_releases(till)[-1]
    version = oldest.rsplit("-", 1)[1]
    functions.delete_alias(FunctionName=name, Name=oldest)
    assert version in versions(till, name)
    told(till, "sweep", "--keep", "1")
    assert version not in versions(till, name)
    till.change(RELEASE="after the sweep")
    till.deploy()
    assert served(till) == "after the sweep"


def told_releases(till: Till) -> list[str]:
    """The aliases that status tells, newest first."""
    [api] = json.loads(told(till, "status", "--json"))
    return [each["alias"] for each in api["kept"]]


def function_of(till: Till) -> str:
    found = till.aws.client("cloudformation").describe_stack_resources(StackName=STACK)
    [name] = [
        resource["PhysicalResourceId"]
        for resource in found["StackResources"]
        if resource["ResourceType"] == "AWS::Lambda::Function"
    ]
    return str(name)


def versions(till: Till, function: str) -> set[str]:
    found = till.aws.client("lambda").list_versions_by_function(FunctionName=function)
    return {version["Version"] for version in found["Versions"]}


@pytest.fixture
def long_bake(till: Till) -> Iterator[Till]:
    """The till with a bake that nobody wants to wait for."""
    till.configure({"canary": {"steps": [30], "bake_seconds": 120, "period_seconds": 10}})
    yield till
    till.configure("all-at-once")


def test_a_bake_is_ended_as_healthy_by_the_command(long_bake: Till) -> None:
    long_bake.change(RELEASE="early")
    began = time.monotonic()
    with deploying(long_bake) as deployment:
        assert "baking; step 1 of 1, 30 %" in told(long_bake, "status")
        assert "promoting" in told(long_bake, "promote", "--api", "till-v1")
    assert deployment.problem is None
    assert time.monotonic() - began < 100
    assert served(long_bake) == "early"


def test_a_bake_is_ended_as_bad_by_the_command(long_bake: Till) -> None:
    before = served(long_bake)
    long_bake.change(RELEASE="unwanted")
    with deploying(long_bake) as deployment:
        assert "aborted" in told(long_bake, "abort", "--api", "till-v1")
    assert "aborted by" in str(deployment.problem)
    assert served(long_bake) == before
    long_bake.change(RELEASE=before)
    long_bake.deploy()
