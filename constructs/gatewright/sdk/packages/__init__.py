"""What is published of each client, in the form that its registry or its users take."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType

from gatewright.sdk.packages.gem import build_gem
from gatewright.sdk.packages.maven import build_maven
from gatewright.sdk.packages.npm import build_npm
from gatewright.sdk.packages.python import build_python
from gatewright.sdk.packages.source_zip import build_source_zip
from gatewright.sdk.packages.sources import Sources

BUILDERS: Mapping[str, Callable[[Sources, Path], str | None]] = MappingProxyType(
    {
        "python": build_python,
        "typescript": build_npm,
        "java": build_maven,
        "javascript": partial(build_npm, suffix="-javascript"),
        "android": build_source_zip,
        "objc": build_source_zip,
        "swift": build_source_zip,
        "ruby": build_gem,
    }
)
"""For each language what writes its packages into a folder. It returns what is missing, and why."""
