"""Removes what a day of saves would pile up: releases that no stage calls, and their zips.

A deployment keeps the releases before it for callers that a stage update has not reached yet. In
the embedded AWS it reaches them at once, and each release holds its zip and a process.
"""

from collections import defaultdict
from pathlib import Path
from typing import Any

from gatewright.operations.release_reading import retained
from gatewright.operations.release_sweep import carry_out, sweep_of
from gatewright.operations.releases import ReleaseError
from gatewright.operations.sweeping import SERVICES
from local.embedded_aws import EmbeddedAws
from local.inner_loop.assembly import Asset, SynthesisedStack

KEPT = 3


class Superseded:
    """Keeps the last few releases of each API, and the last few zips that were published."""

    def __init__(self, aws: EmbeddedAws, session: Any) -> None:
        self._bundles = aws.folder / "bundles"
        self._client = {
            name: session.client(name, endpoint_url=aws.socket_url) for name in SERVICES
        }
        self._s3 = session.client("s3", endpoint_url=aws.socket_url)
        self._zips: dict[str, list[Asset]] = defaultdict(list)

    def after(self, stack: SynthesisedStack) -> None:
        """Remove what ``stack``, which was just deployed, has no use for any more."""
        self._releases(stack.name)
        self._published(stack)

    def _releases(self, stack_name: str) -> None:
        try:
            found = retained(self._client, stack_name)
        except ReleaseError:
            return  # no stack of an API
        going = sweep_of(found, KEPT)
        carry_out(self._client["apigateway"], self._client["lambda"], found, going)

    def _published(self, stack: SynthesisedStack) -> None:
        zips = self._zips[stack.name]
        for asset in stack.assets or ():
            if asset.key.endswith(".zip"):
                zips[:] = [known for known in zips if known.key != asset.key] + [asset]
        while len(zips) > KEPT:
            asset = zips.pop(0)
            self._s3.delete_object(Bucket=asset.bucket, Key=asset.key)
            _remove_bundle(self._bundles, asset.key)


def _remove_bundle(bundles: Path, key: str) -> None:
    """A bundle is named by its service and the first digits of its asset's hash."""
    for bundle in bundles.glob(f"*-{key[:16]}.zip"):
        bundle.unlink(missing_ok=True)
