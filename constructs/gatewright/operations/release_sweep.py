"""Removes releases that nobody can go back to any more, and never what a stage still uses."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from gatewright.operations.release_reading import permissions
from gatewright.operations.releases import Release, Retained, history, version_of


@dataclass(frozen=True, kw_only=True)
class Sweep:
    """What goes, oldest first: deployments, aliases and versions, these two by function."""

    deployments: tuple[str, ...]
    aliases: tuple[tuple[str, str], ...]
    versions: tuple[tuple[str, str], ...]

    @property
    def names(self) -> list[str]:
        """The aliases that go, each once."""
        return list(dict.fromkeys(alias for _, alias in self.aliases))


def sweep_of(found: Retained, keep: int, pinned: Collection[str] = ()) -> Sweep:
    """What may go of an API when its last ``keep`` releases stay, 1 or more.

    Kept besides are: what a stage or a canary on it names, what the API's stack names, and
    ``pinned``, the aliases and deployments that stages which are promoted have recorded. Raises
    ValueError for a ``keep`` below 1.
    """
    if keep < 1:
        raise ValueError("at least one release is kept")
    spared = found.called | found.deployed | frozenset(pinned)
    last = found.releases[-keep:]
    deployments = [
        deployment
        for deployment in _older(found, last, keep)
        if deployment not in spared and not found.owns(deployment)
    ]
    named = {release.alias for release in last} or _newest(found, keep)
    staying = {
        name
        for name in found.aliases
        if name in named or found.owns(name) or any(name in value for value in spared)
    }
    staying |= _told_apart_by(found, staying, deployments)
    going = sorted(found.aliases.keys() - staying, key=version_of)
    return Sweep(
        deployments=tuple(deployments),
        aliases=tuple(
            (function, name)
            for name in going
            for function, aliases in found.versions.items()
            if name in aliases
        ),
        versions=tuple(
            (function, version)
            for function in found.versions
            for version in _versions(found, function, staying)
        ),
    )


def _older(found: Retained, last: Sequence[Release], keep: int) -> list[str]:
    """The deployments made before those of the last releases, or before the last few."""
    made = sorted(found.deployments, key=lambda deployment: deployment["createdDate"])
    ids = [str(deployment["id"]) for deployment in made]
    staying = {release.deployment_id for release in last} or set(ids[-keep:])
    return ids[: next((at for at, name in enumerate(ids) if name in staying), 0)]


def _told_apart_by(
    found: Retained, staying: Collection[str], going: Collection[str]
) -> frozenset[str]:
    """The aliases without which `history` would tell of a release that never was.

    That is the first one of a deployment, where an older alias stays that is in use elsewhere.
    """
    first: dict[str, str] = {}
    for release in found.releases:
        first.setdefault(release.deployment_id, release.alias)
    deployments = [d for d in found.deployments if d["id"] not in going]
    left = history(deployments, {name: found.aliases[name] for name in staying})
    never = set(left) - set(found.releases)
    return frozenset(first[r.deployment_id] for r in never if r.deployment_id in first)


def _newest(found: Retained, keep: int) -> set[str]:
    """The newest aliases, where no deployment says which are released on it."""
    return set(sorted(found.aliases, key=version_of)[-keep:])


def _versions(found: Retained, function: str, staying: Collection[str]) -> list[str]:
    """The versions of a function that no alias names once the others are gone.

    Those of a sweep that ended halfway are among them, which have no alias any more. One that is
    newer than every alias is of a release that is on its way.
    """
    named = {v for name, v in found.versions[function].items() if name in staying}
    named |= set(found.others.get(function, ()))
    newest = max(map(int, named), default=0)
    return sorted(
        (
            version
            for version in found.published.get(function, ())
            if version not in named
            and int(version) < newest
            and not found.owns(f"{function}:{version}")
        ),
        key=int,
    )


def carry_out(gateway: Any, functions: Any, found: Retained, sweep: Sweep) -> None:
    """Remove it. What is gone already is passed over, so that a second try gets to the end.

    Permissions are removed by the name of their alias, and Lambda deletes no version that an alias
    names: so permissions go first and versions last. AWS: "RemovePermission", "DeleteFunction".
    """
    for deployment in sweep.deployments:
        _gone(
            gateway,
            gateway.delete_deployment,
            restApiId=found.rest_api_id,
            deploymentId=deployment,
        )
    for function, alias in sweep.aliases:
        for statement in permissions(functions, function, alias):
            _gone(
                functions,
                functions.remove_permission,
                FunctionName=function,
                Qualifier=alias,
                StatementId=statement["Sid"],
            )
        _gone(functions, functions.delete_alias, FunctionName=function, Name=alias)
    for function, version in sweep.versions:
        _gone(functions, functions.delete_function, FunctionName=function, Qualifier=version)


def _gone(client: Any, delete: Any, **names: str) -> None:
    missing = getattr(client.exceptions, "NotFoundException", None)
    missing = missing or client.exceptions.ResourceNotFoundException
    try:
        delete(**names)
    except missing:
        return
