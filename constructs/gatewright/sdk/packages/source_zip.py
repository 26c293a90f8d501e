"""A zip of sources, for languages whose tools take a folder."""

from pathlib import Path

from gatewright.sdk.packages.archives import members_below, write_zip
from gatewright.sdk.packages.sources import Sources


def build_source_zip(sources: Sources, packages: Path) -> None:
    """Write ``gatewright-foods-v2-swift-2.0.0.zip``, with all in one folder of that name."""
    stem = f"{sources.names.distribution}-{sources.language}-{sources.names.version}"
    write_zip(packages / f"{stem}.zip", members_below(sources.folder, f"{stem}/"))
