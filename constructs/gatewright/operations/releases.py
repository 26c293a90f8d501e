"""The releases of an API that are still there, and which of them a stage serves.

A release is a deployment and the alias of its functions. Which belong together follows from when
they were made, and from a deployment's description, the newest alias that was released on it (see
`gatewright.api.deployment`).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

_ALIAS = re.compile(r"r-[0-9a-f]{10}-(?P<version>[0-9]+)")
# As the function's construct names it, which is not imported: that takes the CDK.
ALIAS_VARIABLE = "lambdaAlias"
# API Gateway tells when a deployment was made in whole seconds.
_ROUNDED = timedelta(seconds=1)


class ReleaseError(Exception):
    """A release cannot be found, or moved to. One line that says why, and what to do instead."""


@dataclass(frozen=True, kw_only=True)
class Release:
    """What a stage serves together. ``alias`` is empty for an API without functions."""

    deployment_id: str
    alias: str

    def __str__(self) -> str:
        return f"{self.alias or 'no function'} on deployment {self.deployment_id}"


@dataclass(frozen=True, kw_only=True)
class Retained:
    """What is there of one API.

    ``versions`` has the version of each function by the alias of a release, ``published`` when
    each version of a function was, ``others`` the versions that aliases of no release name,
    ``deployments`` API Gateway's records, ``stages`` those of its stages by name, ``owned`` the
    physical ids that its stack names now.
    """

    rest_api_id: str
    versions: Mapping[str, Mapping[str, str]]
    published: Mapping[str, Mapping[str, datetime]]
    deployments: tuple[Mapping[str, Any], ...]
    stages: Mapping[str, Mapping[str, Any]]
    owned: frozenset[str]
    others: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def releases(self) -> list[Release]:
        """Those that can be served, oldest first."""
        whole = {alias: made for alias, made in self.aliases.items() if not self.lacking(alias)}
        return history(self.deployments, whole)

    @property
    def aliases(self) -> dict[str, datetime]:
        """When each release's functions were published, by alias."""
        made: dict[str, datetime] = {}
        for function, aliases in self.versions.items():
            for alias, version in aliases.items():
                # A function that a release did not change may keep the version that it had.
                time = self.published[function][version]
                made[alias] = max(time, made.get(alias, time))
        return made

    def lacking(self, alias: str) -> list[str]:
        """The functions that were there when ``alias`` was released and do not have it now."""
        made = self.aliases[alias]
        return [
            function
            for function, aliases in self.versions.items()
            if alias not in aliases and min(self.published[function].values()) <= made
        ]

    def serving(self, stage: str) -> Release:
        """What the stage serves. Raises ReleaseError for an unknown stage."""
        if stage not in self.stages:
            raise ReleaseError(f"there is no stage {stage!r}; there are {', '.join(self.stages)}.")
        found = self.stages[stage]
        return Release(
            deployment_id=found["deploymentId"],
            alias=(found.get("variables") or {}).get(ALIAS_VARIABLE, ""),
        )

    def owns(self, name: str) -> bool:
        """Whether the stack names it: CloudFormation's id of an alias or a version is its ARN."""
        return any(owned == name or owned.endswith(f":{name}") for owned in self.owned)

    def agrees(self, release: Release) -> bool:
        """Whether it is the release that the stack names now."""
        return all(self.owns(name) for name in (release.deployment_id, release.alias) if name)

    def made(self, release: Release) -> datetime | None:
        """When all of a release was there, or None where that is not known any more."""
        times = [d["createdDate"] for d in self.deployments if d["id"] == release.deployment_id]
        if release.alias in self.aliases:
            times.append(self.aliases[release.alias])
        return max(times, default=None)

    @property
    def called(self) -> frozenset[str]:
        """Every value of a variable of a stage, and of a canary on it."""
        return frozenset(
            value
            for stage in self.stages.values()
            for variables in (
                stage.get("variables") or {},
                (stage.get("canarySettings") or {}).get("stageVariableOverrides") or {},
            )
            for value in variables.values()
        )

    @property
    def deployed(self) -> frozenset[str]:
        """Every deployment that a stage, or a canary on it, serves."""
        return frozenset(
            settings["deploymentId"]
            for stage in self.stages.values()
            for settings in (stage, stage.get("canarySettings") or {})
            if settings.get("deploymentId")
        )


def history(
    deployments: Sequence[Mapping[str, Any]], published: Mapping[str, datetime]
) -> list[Release]:
    """The releases in the order in which they were made; ``published`` is by alias.

    A deployment is made after the functions of its first release, which are the newest then, and
    later releases on it are of code alone. One without a description has no functions, or is of
    before descriptions were written: it is passed over where there are aliases.
    """
    found: list[Release] = []
    names = sorted(published, key=lambda name: (published[name], version_of(name)))
    for deployment in sorted(deployments, key=lambda each: each["createdDate"]):
        last = deployment.get("description") or ""
        if not is_release(last):
            found += [] if published else [Release(deployment_id=deployment["id"], alias="")]
            continue
        until = deployment["createdDate"] + _ROUNDED
        mine = [name for name in names if version_of(name) <= version_of(last)]
        first = [name for name in mine if published[name] < until][-1:]
        later = [name for name in mine if published[name] >= until]
        found += [Release(deployment_id=deployment["id"], alias=name) for name in first + later]
    return found


def is_release(alias: str) -> bool:
    """Whether an alias is a release's, and nobody else's."""
    return _ALIAS.fullmatch(alias) is not None


def version_of(alias: str) -> int:
    """The number at the end of a release's alias, by which releases follow each other."""
    match = _ALIAS.fullmatch(alias)
    if match is None:
        raise ValueError(f"{alias!r} is no release's alias")
    return int(match["version"])


def previous(releases: Sequence[Release], serving: Release) -> Release:
    """The release before the one that is served. Raises ReleaseError where none is left."""
    if serving not in releases:
        raise ReleaseError(f"what is served, {serving}, is not among the releases that are kept.")
    index = releases.index(serving)
    if index == 0:
        raise ReleaseError(f"nothing older than {serving} is kept: there is nothing to go back to.")
    return releases[index - 1]
