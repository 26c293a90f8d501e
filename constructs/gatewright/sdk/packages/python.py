"""A wheel and a source distribution, built by hatchling."""

import os
import sys
from pathlib import Path

from gatewright.sdk.packages.sources import Sources
from gatewright.sdk.packages.tool import run_tool

# The first moment that a zip can hold (reproducible-builds.org, SOURCE_DATE_EPOCH).
_EPOCH = "315532800"


def build_python(sources: Sources, packages: Path) -> None:
    """Write ``gatewright_foods_v2-2.0.0-py3-none-any.whl`` and ``….tar.gz``.

    Raises SdkError where the client cannot be imported.
    """
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(packages)]
    variables = {**os.environ, "SOURCE_DATE_EPOCH": _EPOCH}
    run_tool(sources.title, command, sources.folder, variables)
    # Nothing compiles Python: a name that breaks it would be found by the first caller.
    imported = [sys.executable, "-B", "-c", f"import {sources.names.python}"]
    run_tool(sources.title, imported, sources.folder)
