"""Sweeps the releases of an environment, by a command and at the end of `make up`."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from gatewright.config import ApiConfig, ConfigError, Environment, Platform
from gatewright.config.promotions import promotions_file, read_promotions
from gatewright.operations.deployed import NotDeployedError
from gatewright.operations.release_reading import retained
from gatewright.operations.release_sweep import Sweep, carry_out, sweep_of
from gatewright.operations.releases import Release, ReleaseError, Retained

KEEP = 3
"""How many releases of an API stay, where nobody says."""
SERVICES = ("cloudformation", "apigateway", "lambda")


def sweep(
    stacks: Mapping[str, str],
    client: Mapping[str, Any],
    *,
    keep: int,
    pinned: frozenset[str],
    dry_run: bool = False,
) -> Iterator[tuple[bool, str]]:
    """Sweep the APIs of ``stacks``, and tell of each whether something goes, and what.

    ``pinned`` is of `pinned_by`. Raises NotDeployedError, ReleaseError and botocore's errors.
    """
    for api, stack in stacks.items():
        found = retained(client, stack)
        going = sweep_of(found, keep, pinned)
        if not dry_run:
            carry_out(client["apigateway"], client["lambda"], found, going)
        yield bool(_gone(going)), f"{api}: {_told(found, going, keep, dry_run=dry_run)}"


def sweep_quietly(
    platform: Platform, environment: Environment, root: Path, client: Mapping[str, Any]
) -> list[str]:
    """Sweep every API, and tell only what went; it is no reason for a deployment to fail."""
    try:
        stacks = stacks_of(platform, environment, platform.apis)
        swept = sweep(stacks, client, keep=KEEP, pinned=pinned_by(root, environment))
        return [told for is_gone, told in swept if is_gone]
    except (ConfigError, NotDeployedError, ReleaseError, BotoCoreError, ClientError) as error:
        return [f"Old releases were left: {error}"]


def stacks_of(
    platform: Platform, environment: Environment, apis: Iterable[ApiConfig]
) -> dict[str, str]:
    """The names of the stacks of APIs, by API."""
    prefix = f"{platform.project}-{environment.name}"
    return {api.api_name: f"{prefix}-{api.api_name}" for api in apis}


def pinned_by(root: Path, environment: Environment) -> frozenset[str]:
    """The aliases and deployments that were promoted. Raises ConfigError."""
    recorded = read_promotions(promotions_file(root, environment.name))
    return frozenset(
        name
        for stages in recorded.values()
        for each in stages.values()
        for name in (each.alias, each.deployment)
    )


def _gone(going: Sweep) -> list[str]:
    orphans = len(going.versions) and not going.aliases
    return [
        *going.names,
        *(f"deployment {name}" for name in going.deployments),
        *(f"version {name} of {function}" for function, name in going.versions if orphans),
    ]


def _told(found: Retained, going: Sweep, keep: int, *, dry_run: bool) -> str:
    gone = _gone(going)
    what = f"{'would remove' if dry_run else 'removed'} {', '.join(gone)}" if gone else ""
    staying = [release for release in found.releases if not _goes(going, release)]
    last = len(found.releases[-keep:])
    older = ", ".join(map(str, staying[:-last]))
    why = f", and {older}, which something that stays needs" if older else ""
    stay = "the last release stays" if last == 1 else f"the last {last} releases stay"
    return f"{what or 'nothing to remove'}; {stay}{why}."


def _goes(going: Sweep, release: Release) -> bool:
    return release.alias in going.names or release.deployment_id in going.deployments
