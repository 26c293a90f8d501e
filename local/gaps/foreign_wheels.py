"""The distributions in a function's zip whose compiled modules are for another machine or Python.

A wheel names what it was built for in its WHEEL file, which stays with what was installed from it.
https://packaging.python.org/en/latest/specifications/binary-distribution-format/
"""

from __future__ import annotations

import functools
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.parser import HeaderParser
from zipfile import ZipFile

from packaging.tags import Tag, parse_tag, sys_tags
from packaging.utils import canonicalize_name
from packaging.version import Version

# At the top, where imports look: what lies deeper is another program's.
_WHEEL = re.compile(r"([^/]+\.dist-info)/WHEEL")


@dataclass(frozen=True, order=True)
class ForeignWheel:
    """A distribution, and the tags of the wheel that it was installed from."""

    name: str
    version: str
    tags: tuple[str, ...]

    @property
    def requirement(self) -> str:
        return f"{self.name}=={self.version}"

    def __str__(self) -> str:
        return f"{self.name} {self.version} is built for {', '.join(self.tags)}"


def foreign_wheels(code_zip: bytes) -> tuple[ForeignWheel, ...]:
    """Those of the zip that this interpreter cannot import, in the order of their names.

    A distribution that does not say what it is, or what it was built for, is not among them.
    """
    with ZipFile(io.BytesIO(code_zip)) as archive:
        return tuple(sorted(_foreign(archive)))


def _foreign(archive: ZipFile) -> Iterator[ForeignWheel]:
    names = archive.namelist()
    for found in filter(None, map(_WHEEL.fullmatch, names)):
        tags = tuple(_headers(archive, found[0]).get_all("Tag", []))
        metadata = f"{found[1]}/METADATA"
        if metadata not in names:
            continue
        try:
            if not _suits(tags):
                yield _wheel(_headers(archive, metadata), tags)
        except ValueError:  # nothing that an index could know
            continue


def _wheel(about: Message, tags: tuple[str, ...]) -> ForeignWheel:
    name = canonicalize_name(about.get("Name", ""), validate=True)
    return ForeignWheel(name, str(Version(about.get("Version", ""))), tags)


def _headers(archive: ZipFile, name: str) -> Message:
    return HeaderParser().parsestr(archive.read(name).decode(errors="replace"))


def _suits(tags: tuple[str, ...]) -> bool:
    parsed = [parse_tag(tag) for tag in tags]
    return not parsed or any(not found.isdisjoint(_suiting()) for found in parsed)


@functools.cache
def _suiting() -> frozenset[Tag]:
    """What this interpreter can import, which is the one that runs the functions."""
    return frozenset(sys_tags())
