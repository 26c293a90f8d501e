"""Wheels for the tests of those that were built for another machine, and zips that hold them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from packaging.tags import sys_tags

HERE = str(next(sys_tags()))
ELSEWHERE = "cp39-cp39-win_arm64"


def dist_info(name: str, *tags: str) -> dict[str, str]:
    """What release 1.0 of a distribution leaves beside its modules."""
    module = name.replace("-", "_")
    folder = f"{module}-1.0.dist-info"
    head = "Wheel-Version: 1.0\nGenerator: a test\nRoot-Is-Purelib: false\n"
    return {
        f"{folder}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n\nTag: no tag\n",
        f"{folder}/WHEEL": head + "".join(f"Tag: {tag}\n" for tag in tags),
    }


def packed(files: Mapping[str, str]) -> bytes:
    """A zip of these files."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for path, text in files.items():
            archive.writestr(path, text)
    return content.getvalue()


def publish(name: str, links: Path) -> Path:
    """Release 1.0, built for this machine, in a folder where uv looks."""
    module = name.replace("-", "_")
    files = {f"{module}.py": "BUILT_FOR = 'here'\n", **dist_info(name, HERE)}
    record = f"{module}-1.0.dist-info/RECORD"
    files[record] = "".join(f"{path},,\n" for path in [*files, record])
    wheel = links / f"{module}-1.0-{HERE}.whl"
    wheel.write_bytes(packed(files))
    return wheel


def code(name: str, more: str = "") -> bytes:
    """A function that says what its copy of the distribution was built for, and `more`."""
    module = name.replace("-", "_")
    handler = (
        f"import {module}\ndef handler(event, context): return {module}.BUILT_FOR + {more!r}\n"
    )
    return packed(
        {
            "handler.py": handler,
            f"{module}.py": "raise ImportError('it is for another machine')\n",
            **dist_info(name, ELSEWHERE),
        }
    )
