"""Sweeps the releases of several APIs, and tells what went."""

from collections.abc import Iterator, Mapping
from typing import Any

from gatewright.operations.release_reading import retained
from gatewright.operations.release_sweep import Sweep, carry_out, sweep_of
from gatewright.operations.releases import Release, Retained

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

    ``stacks`` are names by API; ``client`` has boto3's clients of SERVICES, by name; ``keep`` and
    ``pinned`` are those of `sweep_of`. Raises NotDeployedError, ReleaseError and botocore's errors.
    """
    for api, stack in stacks.items():
        found = retained(client, stack)
        going = sweep_of(found, keep, pinned)
        if not dry_run:
            carry_out(client["apigateway"], client["lambda"], found, going)
        yield bool(_gone(going)), f"{api}: {_told(found, going, keep, dry_run=dry_run)}"


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
