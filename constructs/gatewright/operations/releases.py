"""The releases of an API that are still there, and which of them a stage serves.

A release is a deployment and the alias of its functions. The newest alias of a deployment is its
description (see `gatewright.api.deployment`); the aliases between that of the deployment before and
its own were released on it one after the other.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_ALIAS = re.compile(r"r-[0-9a-f]{10}-(?P<version>[0-9]+)")
# As the function's construct names it, which is not imported: that takes the CDK.
ALIAS_VARIABLE = "lambdaAlias"
_FUNCTION = "AWS::Lambda::Function"


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

    ``aliases`` are the names that every function of its has, ``versions`` the version of each
    function by alias, ``deployments`` API Gateway's records, ``stages`` those of its stages by
    name, ``owned`` the physical ids that its stack names now.
    """

    rest_api_id: str
    aliases: frozenset[str]
    versions: Mapping[str, Mapping[str, str]]
    deployments: tuple[Mapping[str, Any], ...]
    stages: Mapping[str, Mapping[str, Any]]
    owned: frozenset[str]

    @property
    def releases(self) -> list[Release]:
        """Those that can be served, oldest first."""
        return history(self.deployments, self.aliases)

    def serving(self, stage: str) -> Release:
        """What the stage serves. Raises ReleaseError for an unknown stage."""
        if stage not in self.stages:
            raise ReleaseError(f"there is no stage {stage!r}; there are {', '.join(self.stages)}.")
        found = self.stages[stage]
        return Release(
            deployment_id=found["deploymentId"],
            alias=(found.get("variables") or {}).get(ALIAS_VARIABLE, ""),
        )

    @property
    def called(self) -> frozenset[str]:
        """Every alias that a stage names, a canary on it included, in whatever variable."""
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


def history(deployments: Sequence[Mapping[str, Any]], aliases: frozenset[str]) -> list[Release]:
    """The releases in the order in which they were made.

    A deployment without a description has no functions, or is of before descriptions were
    written: it is passed over where there are aliases.
    """
    found: list[Release] = []
    names = sorted((name for name in aliases if is_release(name)), key=version_of)
    earlier = 0
    for deployment in sorted(deployments, key=lambda each: each["createdDate"]):
        last = deployment.get("description") or ""
        if not is_release(last):
            found += [] if aliases else [Release(deployment_id=deployment["id"], alias="")]
            continue
        own = [name for name in names if earlier < version_of(name) <= version_of(last)]
        again = [last] if not own and last in aliases else []
        found += [Release(deployment_id=deployment["id"], alias=name) for name in own or again]
        earlier = version_of(last)
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


def retained(client: Mapping[str, Any], stack_name: str) -> Retained:
    """Read what is there of the API of a stack.

    ``client`` has boto3's clients of cloudformation, apigateway and lambda, by name. Raises
    botocore's errors, and ReleaseError for a stack without an API.
    """
    resources = _resources(client["cloudformation"], stack_name)
    apis = resources.get("AWS::ApiGateway::RestApi")
    if not apis:
        raise ReleaseError(f"stack {stack_name} has no API.")
    gateway, [api] = client["apigateway"], apis
    versions = {name: _aliases(client["lambda"], name) for name in resources.get(_FUNCTION, ())}
    of_releases = {name: found for name, found in versions.items() if found}
    pages = gateway.get_paginator("get_deployments").paginate(restApiId=api)
    return Retained(
        rest_api_id=api,
        aliases=frozenset.intersection(*map(frozenset, of_releases.values()))
        if of_releases
        else frozenset(),
        versions=of_releases,
        deployments=tuple(item for page in pages for item in page["items"]),
        stages={s["stageName"]: s for s in gateway.get_stages(restApiId=api)["item"]},
        owned=frozenset(name for names in resources.values() for name in names),
    )


def _resources(formation: Any, stack_name: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    pages = formation.get_paginator("list_stack_resources").paginate(StackName=stack_name)
    for page in pages:
        for resource in page["StackResourceSummaries"]:
            names = found.setdefault(resource["ResourceType"], [])
            names.append(resource.get("PhysicalResourceId", ""))
    return found


def _aliases(functions: Any, name: str) -> dict[str, str]:
    pages = functions.get_paginator("list_aliases").paginate(FunctionName=name)
    return {
        alias["Name"]: alias["FunctionVersion"]
        for page in pages
        for alias in page["Aliases"]
        if is_release(alias["Name"])
    }
