"""Zip archives whose bytes depend on nothing but the files' names and contents."""

from pathlib import Path, PurePosixPath
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

# The oldest time that a zip can hold; a real one would change the bytes at every build.
_EPOCH = (1980, 1, 1, 0, 0, 0)
# Lambda runs functions as a user of its own, so everybody must be able to read the files.
_MODE = 0o644
# Of a script, which Lambda starts: it begins with the name of its interpreter.
_SCRIPT_MODE, _SCRIPT = 0o755, b"#!/bin/sh"


def add_tree(archive: ZipFile, folder: Path) -> None:
    """Add every file below ``folder``, without byte code, in the order of their names."""
    for name, path in files_below(folder):
        add_file(archive, name, path.read_bytes())


def add_file(archive: ZipFile, name: str, content: bytes) -> None:
    """Add one file with a fixed time, and a mode that follows from what it is."""
    info = ZipInfo(name, _EPOCH)
    info.external_attr = (_SCRIPT_MODE if content.startswith(_SCRIPT) else _MODE) << 16
    info.compress_type = ZIP_DEFLATED
    archive.writestr(info, content)


def files_below(folder: Path) -> list[tuple[str, Path]]:
    """Each file below ``folder`` with its ``/``-separated name, sorted, without byte code."""
    found = (path for path in folder.rglob("*") if path.is_file())
    named = ((path.relative_to(folder).as_posix(), path) for path in found)
    return sorted((name, path) for name, path in named if not _is_byte_code(name))


def _is_byte_code(name: str) -> bool:
    return name.endswith(".pyc") or "__pycache__" in PurePosixPath(name).parts
