"""What is published of each client, in the form that its registry or its users take."""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from gatewright.sdk.packages.npm import build_npm
from gatewright.sdk.packages.python import build_python
from gatewright.sdk.packages.sources import Sources

BUILDERS: Mapping[str, Callable[[Sources, Path], None]] = MappingProxyType(
    {
        "python": build_python,
        "typescript": build_npm,
    }
)
"""For each language what writes its packages into a folder."""
