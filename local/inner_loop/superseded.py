"""Removes what a day of saves would pile up: releases that no stage calls, and their zips.

A deployment keeps the releases before it for callers that a stage update has not reached yet. In
the embedded AWS it reaches them at once, and each release holds its zip and a process.
"""

import re
from collections import defaultdict
from pathlib import Path
from typing import Any

from local.embedded_aws import EmbeddedAws
from local.inner_loop.assembly import Asset, SynthesisedStack

KEPT = 3
_RELEASE = re.compile(r"r-[0-9a-f]{10}-(?P<version>\d+)")
_FUNCTION = "AWS::Lambda::Function"
_REST_API = "AWS::ApiGateway::RestApi"
# As the construct of the function calls it, which is not imported: that takes the CDK.
_VARIABLE = "lambdaAlias"


class Superseded:
    """Keeps the last few releases of each function, and the last few zips that were published."""

    def __init__(self, aws: EmbeddedAws, session: Any) -> None:
        self._bundles = aws.folder / "bundles"
        self._cloudformation = session.client("cloudformation", endpoint_url=aws.socket_url)
        self._gateway = session.client("apigateway", endpoint_url=aws.socket_url)
        self._lambda = session.client("lambda", endpoint_url=aws.socket_url)
        self._s3 = session.client("s3", endpoint_url=aws.socket_url)
        self._zips: dict[str, list[Asset]] = defaultdict(list)

    def after(self, stack: SynthesisedStack) -> None:
        """Remove what ``stack``, which was just deployed, has no use for any more."""
        found = self._cloudformation.describe_stack_resources(StackName=stack.name)
        ids: dict[str, list[str]] = defaultdict(list)
        for resource in found["StackResources"]:
            ids[resource["ResourceType"]].append(resource["PhysicalResourceId"])
        called = {alias for api in ids[_REST_API] for alias in self._called(api)}
        for function in ids[_FUNCTION]:
            self._releases(function, called)
        self._published(stack)

    def _called(self, api: str) -> set[str]:
        """The aliases that the API's stages call: a stage may stay on a release for long."""
        stages = self._gateway.get_stages(restApiId=api)["item"]
        return {stage.get("variables", {}).get(_VARIABLE, "") for stage in stages}

    def _releases(self, function: str, called: set[str]) -> None:
        pages = self._lambda.get_paginator("list_aliases").paginate(FunctionName=function)
        # An alias has the number of the API's first function in its name, not of this one.
        versions = {a["Name"]: a["FunctionVersion"] for page in pages for a in page["Aliases"]}
        for name in superseded(list(versions)):
            if name in called:
                continue
            self._lambda.delete_alias(FunctionName=function, Name=name)
            self._lambda.delete_function(FunctionName=function, Qualifier=versions[name])

    def _published(self, stack: SynthesisedStack) -> None:
        zips = self._zips[stack.name]
        for asset in stack.assets or ():
            if asset.key.endswith(".zip"):
                zips[:] = [known for known in zips if known.key != asset.key] + [asset]
        while len(zips) > KEPT:
            asset = zips.pop(0)
            self._s3.delete_object(Bucket=asset.bucket, Key=asset.key)
            _remove_bundle(self._bundles, asset.key)


def superseded(aliases: list[str]) -> list[str]:
    """The release aliases without the last few, oldest first. Other aliases are left alone."""
    numbered = {name: found for name in aliases if (found := _RELEASE.fullmatch(name))}
    return sorted(numbered, key=lambda name: int(numbered[name]["version"]))[:-KEPT]


def _remove_bundle(bundles: Path, key: str) -> None:
    """A bundle is named by its service and the first digits of its asset's hash."""
    for bundle in bundles.glob(f"*-{key[:16]}.zip"):
        bundle.unlink(missing_ok=True)
