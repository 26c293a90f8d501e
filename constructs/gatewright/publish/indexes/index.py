"""An index: its address, who publishes to it, and what may be there already."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from gatewright.publish.errors import PublishError


@dataclass(frozen=True, kw_only=True)
class Credentials:
    """A name with a password, or a token alone, which only npm takes. Never shown."""

    username: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must not be printed."""
        return tuple(text for text in (self.password, self.token) if text)


@dataclass(frozen=True, kw_only=True)
class Address:
    """Where an index of a ``kind`` is, and the credentials for it, None for none."""

    kind: str
    url: str
    credentials: Credentials | None

    @property
    def base(self) -> str:
        """The URL with a slash at its end, for names to be appended."""
        return f"{self.url.rstrip('/')}/"

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must not be printed."""
        return self.credentials.secrets if self.credentials else ()


@dataclass(frozen=True, kw_only=True)
class Package:
    """The files of one package of one language, as gatewright.sdk leaves them in a folder."""

    api: str
    language: str
    version: str
    files: tuple[Path, ...]

    def file(self, ending: str) -> Path:
        """The one file that ends so. Raises PublishError where there is none."""
        found = [file for file in self.files if file.name.endswith(ending)]
        if len(found) == 1:
            return found[0]
        raise PublishError(
            f"{self.api}, {self.language}: {len(found)} files end with {ending}, and an index "
            f"takes one: {', '.join(file.name for file in self.files) or 'there is nothing'}"
        )


class Index(Protocol):
    """What publishes packages to one index."""

    def publish(self, package: Package) -> str:
        """Publish it, and tell what happened in a few words. Raises PublishError."""


def missing(address: Address, files: Iterable[Path], there: dict[str, bytes | None]) -> list[Path]:
    """The ``files`` that an index does not have. ``there`` is what it has, by the file's name.

    Raises PublishError where it has another content: versions are never replaced.
    """
    lacking = []
    for file in files:
        content = there.get(file.name)
        if content is None:
            lacking.append(file)
        elif digest(content) != digest(file.read_bytes()):
            raise differs(address, file.name)
    return lacking


def differs(address: Address, name: str) -> PublishError:
    """The index has that name with another content."""
    return PublishError(
        f"{address.kind}: {address.url} has {name} already, with another content, and a published "
        "version is never replaced. It comes from a release of other sources, or of another "
        "generator, that stopped halfway: release these again to complete it, or delete this "
        "version from the index and run this again."
    )


def digest(content: bytes) -> str:
    """SHA-256, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()
