"""The layout of a Maven repository, for a machine without Maven.

AWS: "Use CodeArtifact with curl" in the CodeArtifact user guide puts the same files.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urljoin
from xml.etree import ElementTree

from gatewright.publish.indexes.http import put, read
from gatewright.publish.indexes.index import Address

_METADATA = "maven-metadata.xml"


def deploy(
    address: Address,
    named: Mapping[str, Path],
    folder: str,
    group: str,
    artifact: str,
    version: str,
) -> None:
    """Put the files of a version below ``folder``, by their names there, then the metadata that
    makes the version known (maven.apache.org, "Repository Metadata"). Raises PublishError."""
    base = urljoin(address.base, folder)
    for name, file in named.items():
        _put(address, urljoin(base, f"{version}/{name}"), file.read_bytes())
    versions = _versions(read(address, urljoin(base, _METADATA)))
    if version not in versions:
        versions.append(version)
    _put(address, urljoin(base, _METADATA), metadata(group, artifact, version, versions))


def metadata(group: str, artifact: str, version: str, versions: list[str]) -> bytes:
    """The metadata of an artifact whose newest version is ``version``."""
    root = ElementTree.Element("metadata")
    ElementTree.SubElement(root, "groupId").text = group
    ElementTree.SubElement(root, "artifactId").text = artifact
    versioning = ElementTree.SubElement(root, "versioning")
    ElementTree.SubElement(versioning, "latest").text = version
    ElementTree.SubElement(versioning, "release").text = version
    listed = ElementTree.SubElement(versioning, "versions")
    for one in versions:
        ElementTree.SubElement(listed, "version").text = one
    content: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return content


def _put(address: Address, url: str, content: bytes) -> None:
    put(address, url, content)
    for name in ("md5", "sha1"):
        # What Maven's clients look for; nothing is trusted by it.
        digest = hashlib.new(name, content, usedforsecurity=False).hexdigest()
        put(address, f"{url}.{name}", digest.encode())


def _versions(content: bytes | None) -> list[str]:
    if not content:
        return []
    root = ElementTree.fromstring(content)  # noqa: S314 - of the index that is published to
    return [element.text for element in root.iterfind(".//versions/version") if element.text]
