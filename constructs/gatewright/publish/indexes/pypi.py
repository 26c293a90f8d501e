"""Python packages, uploaded by twine."""

import json
import sys
import tempfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from gatewright.publish.commands import run
from gatewright.publish.indexes.http import read
from gatewright.publish.indexes.index import Address, Package, missing
from gatewright.publish.indexes.refusals import from_output

_JSON = "application/vnd.pypi.simple.v1+json"
_ACCEPT = f"{_JSON}, text/html;q=0.5"


class Pypi:
    """An index that twine uploads to, and that lists its packages below `simple/`.

    CodeArtifact, pypiserver, Nexus and Artifactory have both at one URL.
    """

    def __init__(self, address: Address) -> None:
        self._address = address

    def publish(self, package: Package) -> str:
        """Upload the wheel and the source distribution, as far as they are not there."""
        files = [package.file(".whl"), package.file(".tar.gz")]
        lacking = missing(self._address, files, self._there(files))
        if not lacking:
            return "there already"
        self._upload(lacking)
        return "published with twine"

    def _there(self, files: list[Path]) -> dict[str, bytes | None]:
        name = files[0].name.partition("-")[0].replace("_", "-").lower()
        listing = urljoin(self._address.base, f"simple/{name}/")
        page = read(self._address, listing, _ACCEPT)
        links = dict(_links(page, listing)) if page else {}
        return {
            file.name: read(self._address, links[file.name]) for file in files if file.name in links
        }

    def _upload(self, files: list[Path]) -> None:
        known = self._address.credentials
        with tempfile.TemporaryDirectory() as folder:
            ended = run(
                [
                    *(sys.executable, "-m", "twine", "upload", "--non-interactive"),
                    # Of nobody's home.
                    *("--config-file", str(Path(folder, "none.pypirc"))),
                    *("--disable-progress-bar", "--repository-url", self._address.base),
                    *(str(file.resolve()) for file in files),
                ],
                folder=Path(folder),
                variables={
                    "TWINE_USERNAME": known.username if known else "",
                    "TWINE_PASSWORD": known.password if known else "",
                },
                secrets=self._address.secrets,
            )
        if not ended.succeeded:
            raise from_output(self._address, "twine", ended.output)


def _links(page: bytes, base: str) -> Iterator[tuple[str, str]]:
    """The files of a listing with their URLs, from JSON (PEP 691) or HTML (PEP 503)."""
    text = page.decode(errors="replace")
    try:
        urls = [file["url"] for file in json.loads(text)["files"]]
    except (ValueError, TypeError, KeyError):
        anchors = _Anchors()
        anchors.feed(text)
        urls = anchors.found
    for url in urls:
        whole = urljoin(base, url).partition("#")[0]
        yield unquote(urlsplit(whole).path.rpartition("/")[2]), whole


class _Anchors(HTMLParser):
    """The addresses of all links."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.found += [value for name, value in attrs if name == "href" and value]
