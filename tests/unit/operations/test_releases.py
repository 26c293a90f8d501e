"""Which releases there are, which may go, and what is never removed."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from gatewright.operations.release_moves import go_back
from gatewright.operations.release_sweep import carry_out, sweep_of
from gatewright.operations.releases import (
    Release,
    ReleaseError,
    Retained,
    history,
    previous,
)


def alias(number: int) -> str:
    return f"r-{number:010x}-{number}"


def deployment(name: str, number: int, last: int | None = None) -> dict[str, Any]:
    made = datetime(2026, 1, number, 12, tzinfo=UTC)
    return {"id": name, "createdDate": made, "description": alias(last) if last else None}


def release(deployment_id: str, number: int) -> Release:
    return Release(deployment_id=deployment_id, alias=alias(number))


def day(number: int, minutes: int = 0) -> datetime:
    return datetime(2026, 1, number, 12, tzinfo=UTC) + timedelta(minutes=minutes)


# Code alone made 2 and 5; the others came with another contract, and before its deployment.
MADE = {1: day(1, -1), 2: day(1, 60), 3: day(2, -1), 4: day(3, -1), 5: day(3, 60), 6: day(4, -1)}
ALIASES = {alias(number): made for number, made in MADE.items()}
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
    assert history(made, {alias(1): MADE[1]}) == [release(name, 1) for name in "abc"]


def test_what_was_swept_is_no_release() -> None:
    assert history(DEPLOYMENTS, {alias(n): MADE[n] for n in (4, 6)}) == [
        release("c", 4),
        release("d", 6),
    ]


def test_code_after_a_contract_alone_leaves_both_to_go_back_to() -> None:
    made = (deployment("a", 1, 1), deployment("b", 2, 2))
    published = {alias(1): day(1, -1), alias(2): day(2, 60)}
    assert history(made, published) == [release("a", 1), release("b", 1), release("b", 2)]


def test_a_deployment_made_in_the_second_of_its_functions_is_after_them() -> None:
    published = {alias(1): day(1) + timedelta(milliseconds=900), alias(2): day(1, 1)}
    made = (deployment("a", 1, 2),)
    assert history(made, published) == [release("a", 1), release("a", 2)]


def test_what_was_deployed_before_descriptions_is_passed_over() -> None:
    made = (deployment("a", 1), deployment("b", 2, 3))
    assert history(made, ALIASES) == [release("b", 3)]


def test_an_api_without_functions_has_its_deployments() -> None:
    made = (deployment("b", 2), deployment("a", 1))
    assert [each.deployment_id for each in history(made, {})] == ["a", "b"]


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
        versions={"one": {alias(n): str(n) for n in MADE}, "two": {alias(6): "1"}},
        published={"one": {str(n): made for n, made in MADE.items()}, "two": {"1": MADE[6]}},
        deployments=DEPLOYMENTS,
        stages=stages or {"live": newest},
        owned=frozenset(owned),
    )


def test_the_last_few_stay() -> None:
    going = sweep_of(found(), 3)
    assert going.names == [alias(1), alias(2), alias(3)]
    assert going.deployments == ("a", "b")
    assert going.aliases == tuple(("one", alias(n)) for n in (1, 2, 3))
    assert going.versions == (("one", "1"), ("one", "2"), ("one", "3"))


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


def test_no_older_alias_is_taken_for_the_first_of_a_deployment() -> None:
    """The stage that is promoted keeps 1, which without 4 would be the newest before c."""
    newest = {"deploymentId": "d", "variables": {"lambdaAlias": alias(6)}}
    going = sweep_of(found({"live": newest, "beta": OLD_STAGE}), 2)
    assert going.names == [alias(2), alias(3)]
    assert going.deployments == ("b",)


def test_contracts_alone_do_not_stay_for_the_code_they_share() -> None:
    made = tuple(deployment(name, number, 1) for number, name in enumerate("abcde", 1))
    stage = {"deploymentId": "e", "variables": {"lambdaAlias": alias(1)}}
    there = replace(
        found({"live": stage}),
        versions={"one": {alias(1): "1"}},
        published={"one": {"1": MADE[1]}},
        deployments=made,
    )
    going = sweep_of(there, 3)
    assert (going.deployments, going.aliases, going.versions) == (("a", "b"), (), ())


def test_a_function_that_came_later_is_none_that_a_release_lacks() -> None:
    assert found().lacking(alias(5)) == []
    there = replace(found(), published={**found().published, "two": {"1": MADE[6], "0": MADE[1]}})
    assert there.lacking(alias(5)) == ["two"]
    assert there.releases == [release("d", 6)]


def test_an_alias_of_somebody_else_keeps_its_version() -> None:
    assert ("one", "2") not in sweep_of(
        replace(found(), others={"one": frozenset("2")}), 1
    ).versions


def test_a_version_that_is_on_its_way_stays() -> None:
    published = {**found().published, "one": {**found().published["one"], "7": day(5)}}
    assert ("one", "7") not in sweep_of(replace(found(), published=published), 1).versions


def test_deployments_without_a_description_are_kept_by_their_number() -> None:
    made = tuple(deployment(name, number) for number, name in enumerate("abcd", 1))
    going = sweep_of(replace(found(), deployments=made), 3)
    assert (going.deployments, going.names) == (("a",), [alias(1), alias(2), alias(3)])


def test_a_deployment_made_between_the_last_ones_is_left() -> None:
    made = (*DEPLOYMENTS, {"id": "x", "createdDate": day(3, 90)})
    assert sweep_of(replace(found(), deployments=made), 3).deployments == ("a", "b")


class NotFoundError(Exception):
    """What AWS answers for what is gone already."""


class FailsOnceError(Exception):
    """A connection that breaks."""


class Functions:
    """Lambda, as far as a sweep and a rollback need it; the call of that number breaks."""

    class exceptions:  # noqa: N801
        ResourceNotFoundException = NotFoundError

    def __init__(self, there: Retained, breaks: int = -1) -> None:
        self.versions = {name: dict(aliases) for name, aliases in there.versions.items()}
        self.published = {name: dict(made) for name, made in there.published.items()}
        self.breaks = breaks
        self.api = "api"
        self.closed: set[tuple[str, str]] = set()

    def _called(self) -> None:
        self.breaks -= 1
        if self.breaks == -1:
            raise FailsOnceError

    def remove_permission(
        self,
        *,
        FunctionName: str,  # noqa: N803
        Qualifier: str,  # noqa: N803
        StatementId: str,  # noqa: N803
    ) -> None:
        self._called()
        assert StatementId == "api"
        self.closed.add((FunctionName, Qualifier))

    def delete_alias(self, *, FunctionName: str, Name: str) -> None:  # noqa: N803
        self._called()
        assert (FunctionName, Name) in self.closed or Name not in self.versions[FunctionName]
        if self.versions[FunctionName].pop(Name, None) is None:
            raise NotFoundError

    def delete_function(self, *, FunctionName: str, Qualifier: str) -> None:  # noqa: N803
        self._called()
        assert Qualifier not in self.versions[FunctionName].values()
        if self.published[FunctionName].pop(Qualifier, None) is None:
            raise NotFoundError

    def get_policy(self, *, FunctionName: str, Qualifier: str) -> dict[str, str]:  # noqa: N803
        if (FunctionName, Qualifier) in self.closed or Qualifier not in self.versions[FunctionName]:
            raise NotFoundError
        source = f"arn:aws:execute-api:us-east-1:1:{self.api}/live/*/*"
        condition = {"ArnLike": {"AWS:SourceArn": source}}
        return {"Policy": json.dumps({"Statement": [{"Sid": "api", "Condition": condition}]})}


@pytest.mark.parametrize("breaks", range(14))
def test_a_sweep_that_broke_is_ended_by_the_next(breaks: int) -> None:
    there, functions, gateway = found(), Functions(found(), breaks), Gateway()
    try:
        carry_out(gateway, functions, there, sweep_of(there, 2))
    except FailsOnceError:
        there = replace(
            there,
            versions=functions.versions,
            published=functions.published,
            deployments=tuple(d for d in DEPLOYMENTS if d["id"] not in gateway.deleted),
        )
        carry_out(gateway, functions, there, sweep_of(there, 2))
    assert set(functions.versions["one"]) == {alias(5), alias(6)}
    assert set(functions.published["one"]) == {"5", "6"}
    assert gateway.deleted == ["a", "b"]


class Gateway:
    """API Gateway, as far as a sweep and a rollback need it."""

    class exceptions:  # noqa: N801
        NotFoundException = NotFoundError

    def __init__(self) -> None:
        self.deleted: list[str] = []
        self.updates: list[list[dict[str, str]]] = []

    def update_stage(self, *, patchOperations: list[dict[str, str]], **_names: str) -> None:  # noqa: N803
        self.updates.append(patchOperations)

    def delete_deployment(self, *, restApiId: str, deploymentId: str) -> None:  # noqa: N803
        assert restApiId == "api"
        self.deleted.append(deploymentId)


def test_going_back_is_one_call_of_deployment_and_alias() -> None:
    gateway = Gateway()
    go_back(gateway, Functions(found()), found(), "live", release("c", 5))
    assert gateway.updates == [
        [
            {"op": "replace", "path": "/deploymentId", "value": "c"},
            {"op": "replace", "path": "/variables/lambdaAlias", "value": alias(5)},
        ]
    ]


def test_a_canary_is_taken_off_first() -> None:
    gateway = Gateway()
    go_back(gateway, Functions(found()), found({"live": CANARY}), "live", release("c", 5))
    assert gateway.updates[0] == [{"op": "remove", "path": "/canarySettings"}]


def test_what_is_not_whole_is_not_served() -> None:
    gateway, functions = Gateway(), Functions(found())
    lacking = replace(found(), published={**found().published, "two": {"1": MADE[1]}})
    with pytest.raises(ReleaseError, match=f"two: no alias {alias(5)}"):
        go_back(gateway, functions, lacking, "live", release("c", 5))
    with pytest.raises(ReleaseError, match="is not kept"):
        go_back(gateway, functions, found(), "live", release("a", 5))
    functions.api = "other"
    with pytest.raises(ReleaseError, match="does not let API api call it"):
        go_back(gateway, functions, found(), "live", release("c", 5))
    assert not gateway.updates
