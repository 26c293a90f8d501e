"""What operators do: look, go back at once, and remove what nobody can go back to."""

from __future__ import annotations

from pathlib import Path

import pytest

from gatewright.operations.releases import ReleaseError
from local.release import run
from local.release_arguments import parse
from tests.canary.releasing import Till

pytestmark = pytest.mark.slow


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
    assert f"till-v1 live: serves {serving}" in told(till, "status")
    assert f'"alias": "{serving}"' in told(till, "status", "--json")


def test_back_at_once_and_forward_by_the_next_deployment(till: Till, history: list[str]) -> None:
    newest = till.stage["variables"]
    with till.traffic() as traffic:
        said = told(till, "rollback", "--api", "till-v1")
    assert set(traffic.statuses) == {200}
    assert f"to it, {newest['lambdaAlias']} is served" in said
    assert served(till) == history[-2]
    assert "serves" in told(till, "rollback", "--api", "till-v1")
    assert served(till) == history[-3]

    # Reverting the commits is another release, which CloudFormation and the stage agree on.
    till.change(RELEASE=history[-3])
    till.deploy()
    assert served(till) == history[-3]
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
    assert "nothing to remove; 2 releases" in told(till, "sweep", "--keep", "2")
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
    with pytest.raises(ReleaseError, match=message):
        told(till, *arguments)
