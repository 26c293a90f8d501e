"""The indexes that a publication is told of."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from gatewright.publish.indexes.codeartifact import addresses
from gatewright.publish.indexes.index import Address, Index
from gatewright.publish.indexes.maven import Maven
from gatewright.publish.indexes.npm import Npm
from gatewright.publish.indexes.pypi import Pypi
from gatewright.publish.indexes.secret import read_credentials
from gatewright.publish.settings import Settings

_CLASSES: Mapping[str, Callable[[Address], Index]] = {"pypi": Pypi, "npm": Npm, "maven": Maven}


def open_indexes(settings: Settings, client: Callable[[str], Any]) -> dict[str, Index]:
    """The indexes by kind, none where none is told. ``client`` makes boto3's clients.

    Raises PublishError where AWS does not give an address or a credential.
    """
    return {address.kind: _CLASSES[address.kind](address) for address in _told(settings, client)}


def _told(settings: Settings, client: Callable[[str], Any]) -> Iterable[Address]:
    if settings.codeartifact:
        return addresses(settings.codeartifact, client("codeartifact"))
    if not settings.indexes:
        return ()
    known = (
        read_credentials(settings.index_secret, client("secretsmanager"))
        if settings.index_secret
        else None
    )
    return [
        Address(kind=kind, url=url, credentials=known) for kind, url in settings.indexes.items()
    ]
