"""What the commands of releases ask and say, and what they leave alone."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gatewright.config import load_platform
from gatewright.operations import sweeping
from gatewright.operations.releases import ReleaseError, Retained
from local import release as command_module
from local import release_report as report
from local import release_sweep
from local.cdk_cli import ROOT
from local.release import Command
from local.release_arguments import parse
from tests.unit.operations.test_releases import CANARY, Functions, Gateway, alias, found, release

DRIFT = "CloudFormation has another release"


class Parameters:
    """A parameter store without a parameter."""

    class exceptions:  # noqa: N801
        ParameterNotFound = KeyError

    def get_parameter(self, **_names: str) -> dict[str, Any]:
        raise KeyError


@pytest.fixture
def gateway() -> Gateway:
    return Gateway()


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def prod(monkeypatch: pytest.MonkeyPatch, gateway: Gateway, said: list[str]) -> Command:
    """The commands of an environment on AWS, whose API has the releases of `found`."""
    platform = load_platform(ROOT / "platform.yaml")
    monkeypatch.setattr(command_module, "retained", lambda *_: found())
    return Command(
        platform=platform,
        environment=platform.environment("prod"),
        root=ROOT,
        client={"apigateway": gateway, "lambda": Functions(found()), "ssm": Parameters()},
        say=said.append,
    )


ROLLBACK = ("--environment", "prod", "rollback", "--api", "foods-v1")


def test_nothing_is_moved_on_aws_without_a_yes(prod: Command, gateway: Gateway) -> None:
    with pytest.raises(ReleaseError, match=r"add ARGS=--yes to move foods-v1 live of prod"):
        prod.rollback(parse(ROLLBACK))
    assert not gateway.updates


@pytest.mark.parametrize(("typed", "moves"), [("prod", 1), ("yes", 0), ("", 0)])
def test_it_is_confirmed_by_the_name_of_the_environment(
    prod: Command, gateway: Gateway, monkeypatch: pytest.MonkeyPatch, typed: str, moves: int
) -> None:
    terminal = io.StringIO(f"{typed}\n")
    terminal.isatty = lambda: True  # type: ignore[method-assign]
    monkeypatch.setattr("sys.stdin", terminal)
    if moves:
        prod.rollback(parse(ROLLBACK))
    else:
        with pytest.raises(ReleaseError, match="not confirmed"):
            prod.rollback(parse(ROLLBACK))
    assert len(gateway.updates) == moves


def test_it_says_what_to_revert(prod: Command, said: list[str]) -> None:
    prod.rollback(parse((*ROLLBACK, "--yes")))
    [text] = said
    assert f"foods-v1 live serves {release('c', 5)}, and no longer {release('d', 6)}" in text
    assert f"to it, {alias(6)} is served. Revert the commits" in text


def test_to_what_is_served_already_nothing_moves(
    prod: Command, gateway: Gateway, said: list[str]
) -> None:
    prod.rollback(parse((*ROLLBACK, "--yes", "--to", alias(6))))
    assert "already; nothing was changed" in said[0]
    assert not gateway.updates


def kept(there: Retained, *, is_drifted: bool = False) -> str:
    records = [report.kept_record(there, each) for each in reversed(there.releases)]
    return report.kept(records, is_drifted=is_drifted)


def test_the_newest_kept_release_comes_first_with_its_users() -> None:
    lines = kept(found({"live": CANARY})).splitlines()
    assert lines[0].split() == ["KEPT", "RELEASE", "DEPLOYMENT", "MADE", "(UTC)", "USED", "BY"]
    assert lines[1].split() == [alias(6), "d", "2026-01-04", "12:00:00", "live"]
    assert lines[-1].endswith("the canary of live")
    assert DRIFT not in kept(found())
    assert DRIFT in kept(found(), is_drifted=True)


def test_a_release_that_the_stack_names_is_no_drift() -> None:
    owned = frozenset({"d", f"arn:aws:lambda:us-east-1:1:function:one:{alias(6)}"})
    there = replace(found(), owned=owned)
    assert there.agrees(release("d", 6))
    assert not there.agrees(release("d", 5))
    assert not there.agrees(release("c", 6))


def test_what_cannot_be_swept_is_no_reason_to_fail(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def refuse(*_arguments: object) -> Retained:
        raise ReleaseError("stack x has no API.")

    platform = load_platform(ROOT / "platform.yaml")
    local = platform.environment("local")
    monkeypatch.setattr(sweeping, "retained", refuse)
    assert release_sweep.sweep_quietly(platform, local, tmp_path, {}) == [
        "Old releases were left: stack x has no API."
    ]


def test_only_what_went_is_told_after_a_deployment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, gateway: Gateway
) -> None:
    platform = load_platform(ROOT / "platform.yaml")
    local = platform.environment("local")
    clients = {"apigateway": gateway, "lambda": Functions(found())}
    monkeypatch.setattr(sweeping, "retained", lambda *_: found())
    told = release_sweep.sweep_quietly(platform.only("local"), local, tmp_path, clients)
    assert len(told) == len(platform.apis)
    assert all(f"removed {alias(1)}, {alias(2)}, {alias(3)}, deployment a" in line for line in told)
    monkeypatch.setattr(
        sweeping, "retained", lambda *_: replace(found(), versions={}, deployments=())
    )
    assert release_sweep.sweep_quietly(platform, local, tmp_path, clients) == []


def test_what_was_promoted_is_pinned(tmp_path: Path) -> None:
    local = load_platform(ROOT / "platform.yaml").environment("local")
    file = tmp_path / "releases" / "local.yaml"
    file.parent.mkdir()
    file.write_text(f"foods-v1: {{prod: {{deployment: a, alias: {alias(1)}}}}}\n")
    assert release_sweep.pinned_by(tmp_path, local) == {"a", alias(1)}
