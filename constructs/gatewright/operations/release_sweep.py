"""Removes releases that nobody can go back to any more, and never what a stage still uses."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from gatewright.operations.releases import Retained, version_of


@dataclass(frozen=True, kw_only=True)
class Sweep:
    """What goes, oldest first: deployments, and aliases with the version of each function."""

    deployments: tuple[str, ...]
    aliases: tuple[tuple[str, str, str], ...]

    @property
    def names(self) -> list[str]:
        """The aliases that go, each once."""
        return list(dict.fromkeys(alias for _, alias, _ in self.aliases))


def sweep_of(found: Retained, keep: int, pinned: Collection[str] = ()) -> Sweep:
    """What may go of an API when its last ``keep`` releases stay, 1 or more.

    Kept besides are: what a stage or a canary on it names, what the API's stack names, and
    ``pinned``, the aliases and deployments that stages which are promoted have recorded. Raises
    ValueError for a ``keep`` below 1.
    """
    if keep < 1:
        raise ValueError("at least one release is kept")
    spared = found.called | found.deployed | frozenset(pinned)
    everything = {alias for aliases in found.versions.values() for alias in aliases}
    names = sorted(everything, key=version_of)
    going = [name for name in names[:-keep] if name not in spared and not _owned(found, name)]
    staying = set(names) - set(going)
    last = [release for release in found.releases if release.alias in staying]
    kept_deployments = spared | {release.deployment_id for release in last}
    made = sorted(found.deployments, key=lambda deployment: deployment["createdDate"])
    return Sweep(
        deployments=tuple(
            deployment["id"]
            for deployment in made[:-keep]
            if deployment["id"] not in kept_deployments and not _owned(found, deployment["id"])
        ),
        aliases=tuple(
            (function, name, aliases[name])
            for name in going
            for function, aliases in found.versions.items()
            if name in aliases
        ),
    )


def _owned(found: Retained, name: str) -> bool:
    """Whether the stack names it: CloudFormation's id of an alias is its ARN."""
    return any(owned == name or owned.endswith(f":{name}") for owned in found.owned)


def carry_out(gateway: Any, functions: Any, found: Retained, sweep: Sweep) -> None:
    """Remove it. What is gone already is passed over, so that a second try gets to the end.

    An alias takes its permissions with it; a version goes when no alias that stays names it.
    """
    for deployment in sweep.deployments:
        _gone(
            gateway,
            gateway.delete_deployment,
            restApiId=found.rest_api_id,
            deploymentId=deployment,
        )
    going = {(function, alias) for function, alias, _ in sweep.aliases}
    for function, alias, version in sweep.aliases:
        _gone(functions, functions.delete_alias, FunctionName=function, Name=alias)
        staying = {
            other_version
            for other, other_version in found.versions[function].items()
            if (function, other) not in going
        }
        if version not in staying and version != "$LATEST":
            _gone(
                functions,
                functions.delete_function,
                FunctionName=function,
                Qualifier=version,
            )


def _gone(client: Any, delete: Any, **names: str) -> None:
    missing = getattr(client.exceptions, "NotFoundException", None)
    missing = missing or client.exceptions.ResourceNotFoundException
    try:
        delete(**names)
    except missing:
        return
