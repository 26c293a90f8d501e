"""Zip and tar archives whose bytes depend on nothing but the files' names and contents."""

import gzip
import io
import tarfile
from collections.abc import Iterable
from pathlib import Path
from zipfile import ZipFile

from gatewright.bundling.archive import add_file, files_below

Member = tuple[str, bytes]
"""A name with ``/``, and what is in the file."""

_MODE = 0o644


def members_below(folder: Path, under: str = "", *, leave_out: Iterable[str] = ()) -> list[Member]:
    """Each file below ``folder``, sorted by name, the names put below ``under``.

    ``leave_out`` are names of folders and files directly in ``folder``.
    """
    without = set(leave_out)
    return [
        (f"{under}{name}", path.read_bytes())
        for name, path in files_below(folder)
        if name.split("/", 1)[0] not in without
    ]


def write_zip(file: Path, members: Iterable[Member]) -> None:
    """A zip of the members, in their order."""
    with ZipFile(file, "w") as archive:
        for name, content in members:
            add_file(archive, name, content)


def tar(members: Iterable[Member]) -> bytes:
    """A tar of the members (POSIX.1-1988 with long names), in their order, of no user and time."""
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w", format=tarfile.GNU_FORMAT) as archive:
        for name, content in members:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            info.mode = _MODE
            archive.addfile(info, io.BytesIO(content))
    return held.getvalue()


def gzipped(content: bytes) -> bytes:
    """Compressed, without the time and the name that gzip would write down."""
    return gzip.compress(content, compresslevel=9, mtime=0)
