"""The stacks of a synthesised cloud assembly, in the order in which they are deployed.

The format is that of aws-cdk-lib's `cloud-assembly-schema`; it is read from its files, because
the objects that the CDK has for it live in the process that synthesised.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

_STACK = "aws:cloudformation:stack"
_NESTED = "cdk:cloud-assembly"
_ASSETS = "cdk:asset-manifest"


@dataclass(frozen=True, kw_only=True)
class Asset:
    """A file, and the object in S3 that it is to be."""

    file: Path
    bucket: str
    key: str


@dataclass(frozen=True, kw_only=True)
class SynthesisedStack:
    """A stack to deploy. ``construct_path`` is its name for the CDK CLI: ``local/foods-v1``.

    ``assets`` hold the template too, as the object ``template_url`` (``s3://bucket/key``); they are
    None when there are some that only the CLI can publish, such as images.
    """

    name: str
    construct_path: str
    template: Mapping[str, Any]
    template_url: str
    tags: Mapping[str, str]
    protected: bool
    assets: tuple[Asset, ...] | None


def read_stacks(assembly: Path) -> list[SynthesisedStack]:
    """The stacks of the assembly in the folder ``assembly``, those of nested ones included."""
    return list(_stacks(assembly))


def _stacks(folder: Path) -> Iterator[SynthesisedStack]:
    artifacts = json.loads((folder / "manifest.json").read_text())["artifacts"]
    for artifact in artifacts.values():
        if artifact["type"] == _NESTED:
            yield from _stacks(folder / artifact["properties"]["directoryName"])
    needed = {
        name: artifact.get("dependencies", [])
        for name, artifact in artifacts.items()
        if artifact["type"] == _STACK
    }
    for name in TopologicalSorter(needed).static_order():
        if artifacts[name]["type"] == _STACK:
            yield _stack(folder, artifacts, artifacts[name])


def _stack(
    folder: Path, artifacts: Mapping[str, Any], artifact: Mapping[str, Any]
) -> SynthesisedStack:
    properties = artifact["properties"]
    manifests = [
        folder / artifacts[name]["properties"]["file"]
        for name in artifact.get("dependencies", [])
        if artifacts[name]["type"] == _ASSETS
    ]
    return SynthesisedStack(
        name=properties["stackName"],
        construct_path=artifact["displayName"],
        template=json.loads((folder / properties["templateFile"]).read_text()),
        template_url=properties["stackTemplateAssetObjectUrl"],
        tags=properties.get("tags", {}),
        protected=properties.get("terminationProtection", False),
        assets=_assets(manifests),
    )


def _assets(manifests: list[Path]) -> tuple[Asset, ...] | None:
    contents = {manifest: json.loads(manifest.read_text()) for manifest in manifests}
    files = [
        (manifest.parent, file)
        for manifest, content in contents.items()
        for file in content.get("files", {}).values()
    ]
    images = any(content.get("dockerImages") for content in contents.values())
    if images or any(file["source"].get("packaging") != "file" for _folder, file in files):
        return None
    return tuple(
        Asset(
            file=folder / file["source"]["path"],
            bucket=destination["bucketName"],
            key=destination["objectKey"],
        )
        for folder, file in files
        for destination in file["destinations"].values()
    )
