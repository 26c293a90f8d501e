"""Packages of npm, compiled by the one TypeScript that `npm/package-lock.json` locks.

TypeScript 7 is a program of its own: it compiles a client in a quarter of a second.
"""

import sys
from pathlib import Path

from gatewright.sdk.errors import SdkError
from gatewright.sdk.packages.archives import gzipped, members_below, tar
from gatewright.sdk.packages.manifest import check_json
from gatewright.sdk.packages.sources import Sources
from gatewright.sdk.packages.tool import run_tool

MODULES = Path(sys.prefix) / "node_modules"
"""Where `npm ci` puts the compiler: beside the Python packages of the same environment."""

_BUILT = "dist"
_PUBLISHED = ("package.json", "README.md", "CHANGELOG.md")


def build_npm(sources: Sources, packages: Path, suffix: str = "") -> None:
    """Compile to ``dist``, and write ``gatewright-foods-v2-2.0.0.tgz``, named as `npm pack` does.

    All is below ``package/`` in it, as npm expects (docs.npmjs.com, "npm-pack").
    """
    check_json(sources, "package.json")
    run_tool(sources.title, [str(compiler()), "--project", "tsconfig.json"], sources.folder)
    names = sources.names
    single = [(f"package/{name}", (sources.folder / name).read_bytes()) for name in _PUBLISHED]
    built = members_below(sources.folder / _BUILT, f"package/{_BUILT}/")
    file = packages / f"{names.distribution}{suffix}-{names.version}.tgz"
    file.write_bytes(gzipped(tar(sorted([*single, *built]))))


def compiler() -> Path:
    """The compiler's program for this machine. Raises SdkError where it is not installed."""
    found = sorted(MODULES.glob("@typescript/typescript-*/lib/tsc*"))
    programs = [file for file in found if file.name in ("tsc", "tsc.exe")]
    if not programs:
        raise SdkError(
            f"{MODULES}: TypeScript is not installed", "install it: make sdk does it, with npm"
        )
    return programs[0]
