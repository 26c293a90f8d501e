"""What describes a package is read once before it is packed: a registry would refuse it later."""

import json
from pathlib import Path
from xml.etree import ElementTree

from gatewright.sdk.errors import SdkError
from gatewright.sdk.packages.sources import Sources

_REMEDY = "a text of the document has broken it: its title, or a name; mend that"


def check_json(sources: Sources, name: str) -> None:
    """Raise SdkError where a file of the sources is no JSON (RFC 8259)."""
    try:
        json.loads(_read(sources, name))
    except ValueError as error:
        raise SdkError(f"{sources.title}: {name} is no JSON: {error}", _REMEDY) from error


def check_xml(sources: Sources, name: str) -> None:
    """Raise SdkError where a file of the sources is no XML 1.0 that is well-formed."""
    try:
        # It was generated here a moment ago: nobody had a chance to put entities into it.
        ElementTree.fromstring(_read(sources, name))  # noqa: S314
    except ElementTree.ParseError as error:
        raise SdkError(f"{sources.title}: {name} is no XML: {error}", _REMEDY) from error


def _read(sources: Sources, name: str) -> str:
    return Path(sources.folder, name).read_text(encoding="utf-8")
