"""Zip files that keep permissions and links, which the standard library leaves out."""

import stat
import zipfile
from collections.abc import Mapping
from pathlib import Path

_REGULAR, _LINK = stat.S_IFREG, stat.S_IFLNK


def pack(files: Mapping[str, Path], target: Path) -> Path:
    """Write ``files``, by their names inside, to the zip ``target``. Links are followed."""
    target.parent.mkdir(parents=True, exist_ok=True)
    # Most of what is packed is there to be unpacked a moment later.
    with zipfile.ZipFile(
        target, "w", zipfile.ZIP_DEFLATED, compresslevel=1, strict_timestamps=False
    ) as archive:
        for name in sorted(files):
            archive.write(files[name], name)
    return target


def unpack(source: Path, folder: Path) -> Path:
    """Unpack into ``folder``, which is made. Raises ValueError for names that lead out of it."""
    folder.mkdir(parents=True, exist_ok=True)
    root = folder.resolve()
    with zipfile.ZipFile(source) as archive:
        for item in archive.infolist():
            path = root / item.filename
            if not path.resolve().is_relative_to(root):
                raise ValueError(f"{source.name} has a name that leads out of it: {item.filename}")
            mode = item.external_attr >> 16
            if stat.S_IFMT(mode) == _LINK:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.symlink_to(archive.read(item).decode())
                continue
            archive.extract(item, root)
            if stat.S_IFMT(mode) in (0, _REGULAR) and mode & 0o777:
                path.chmod(mode & 0o777)
    return folder


def read_member(source: Path, name: str) -> bytes | None:
    """One file of a zip, or None when it is not there."""
    with zipfile.ZipFile(source) as archive:
        try:
            return archive.read(name)
        except KeyError:
            return None
