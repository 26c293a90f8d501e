"""Which releases there are, which may go, and what is never removed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from gatewright.operations.release_moves import go_back
from gatewright.operations.release_sweep import sweep_of
from gatewright.operations.releases import (
    Release,
    ReleaseError,
    Retained,
    history,
    previous,
)


def alias(number: int) -> str:
    return f"r-{number:010x}-{number}"


def deployment(name: str, day: int, last: int | None = None) -> dict[str, Any]:
    made = datetime(2026, 1, day, tzinfo=UTC)
    return {"id": name, "createdDate": made, "description": alias(last) if last else None}


def release(deployment_id: str, number: int) -> Release:
    return Release(deployment_id=deployment_id, alias=alias(number))


ALIASES = frozenset(map(alias, range(1, 7)))
# Code alone made 2 and 5; 3 came with another contract; c is a contract alone; 6 is both again.
DEPLOYMENTS = (
    deployment("a", 1, 2),
    deployment("b", 2, 3),
    deployment("c", 3, 5),
    deployment("d", 4, 6),
)
RELEASES = [
    release("a", 1),
    release("a", 2),
    release("b", 3),
    release("c", 4),
    release("c", 5),
    release("d", 6),
]


def test_a_release_is_a_deployment_and_an_alias() -> None:
    assert history(DEPLOYMENTS, ALIASES) == RELEASES


def test_a_contract_alone_is_a_release_with_the_alias_that_was_there() -> None:
    made = (deployment("a", 1, 1), deployment("b", 2, 1), deployment("c", 3, 1))
    assert history(made, frozenset({alias(1)})) == [release(name, 1) for name in "abc"]


def test_what_was_swept_is_no_release() -> None:
    assert history(DEPLOYMENTS, frozenset({alias(4), alias(6)})) == [
        release("c", 4),
        release("d", 6),
    ]


def test_aliases_of_others_are_none() -> None:
    assert history(DEPLOYMENTS, frozenset({"live", "r-1", alias(6)})) == [release("d", 6)]


def test_an_api_without_functions_has_its_deployments() -> None:
    made = (deployment("b", 2), deployment("a", 1))
    assert [each.deployment_id for each in history(made, frozenset())] == ["a", "b"]


def test_the_one_before() -> None:
    assert previous(RELEASES, release("c", 5)) == release("c", 4)
    with pytest.raises(ReleaseError, match="nothing to go back to"):
        previous(RELEASES, RELEASES[0])
    with pytest.raises(ReleaseError, match="not among the releases"):
        previous(RELEASES, release("x", 9))


def found(stages: dict[str, Any] | None = None, owned: tuple[str, ...] = ()) -> Retained:
    newest = {"deploymentId": "d", "variables": {"lambdaAlias": alias(6)}}
    return Retained(
        rest_api_id="api",
        aliases=ALIASES,
        versions={"one": {alias(n): str(n) for n in range(1, 7)}, "two": {alias(6): "1"}},
        deployments=DEPLOYMENTS,
        stages=stages or {"live": newest},
        owned=frozenset(owned),
    )


def test_the_last_few_stay() -> None:
    going = sweep_of(found(), 3)
    assert going.names == [alias(1), alias(2), alias(3)]
    assert going.deployments == ("a",)
    assert going.aliases[0] == ("one", alias(1), "1")


@pytest.mark.parametrize("keep", [4, 6, 100])
def test_more_may_stay(keep: int) -> None:
    assert len(sweep_of(found(), keep).names) == max(0, 6 - keep)


def test_at_least_one_stays() -> None:
    with pytest.raises(ValueError, match="at least one"):
        sweep_of(found(), 0)


OLD_STAGE = {"deploymentId": "a", "variables": {"lambdaAlias": alias(1)}}
CANARY = {
    "deploymentId": "d",
    "variables": {"lambdaAlias": alias(6)},
    "canarySettings": {"deploymentId": "a", "stageVariableOverrides": {"lambdaAlias": alias(1)}},
}
IN_USE: list[tuple[Retained, tuple[str, ...]]] = [
    (found({"live": OLD_STAGE}), ()),
    (found({"live": CANARY}), ()),
    (found(owned=("a", f"arn:aws:lambda:us-east-1:1:function:one:{alias(1)}")), ()),
    (found(), ("a", alias(1))),
]


@pytest.mark.parametrize(
    ("there", "pinned"), IN_USE, ids=["a stage", "a canary", "the stack", "a promotion"]
)
def test_what_is_used_stays_however_old(there: Retained, pinned: tuple[str, ...]) -> None:
    going = sweep_of(there, 1, pinned)
    assert alias(1) not in going.names
    assert "a" not in going.deployments
    assert alias(2) in going.names


class Gateway:
    def __init__(self) -> None:
        self.updates: list[list[dict[str, str]]] = []

    def update_stage(self, *, patchOperations: list[dict[str, str]], **_names: str) -> None:  # noqa: N803
        self.updates.append(patchOperations)


def test_going_back_is_one_call_of_deployment_and_alias() -> None:
    gateway = Gateway()
    go_back(gateway, replace(found(), versions={}), "live", release("c", 5))
    assert gateway.updates == [
        [
            {"op": "replace", "path": "/deploymentId", "value": "c"},
            {"op": "replace", "path": "/variables/lambdaAlias", "value": alias(5)},
        ]
    ]


def test_a_canary_is_taken_off_first() -> None:
    gateway = Gateway()
    go_back(gateway, replace(found({"live": CANARY}), versions={}), "live", release("c", 5))
    assert gateway.updates[0] == [{"op": "remove", "path": "/canarySettings"}]


def test_what_is_not_whole_is_not_served() -> None:
    gateway = Gateway()
    with pytest.raises(ReleaseError, match="function two has no alias"):
        go_back(gateway, found(), "live", release("c", 5))
    with pytest.raises(ReleaseError, match="is not kept"):
        go_back(gateway, found(), "live", release("a", 5))
    assert not gateway.updates
