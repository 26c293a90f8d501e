"""npm packages, published by npm."""

import base64
import hashlib
import json
import tarfile
import tempfile
from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit

from gatewright.publish.commands import run
from gatewright.publish.errors import PublishError
from gatewright.publish.indexes.http import read
from gatewright.publish.indexes.index import Address, Credentials, Package, differs
from gatewright.publish.indexes.refusals import from_output
from gatewright.publish.programs import npm_command


class Npm:
    """A registry of npm."""

    def __init__(self, address: Address) -> None:
        self._address = address

    def publish(self, package: Package) -> str:
        """Publish the tarball, unless it is there."""
        tarball = package.file(".tgz")
        name, version = identity(tarball)
        found = self._there(name, version)
        if not found:
            self._publish(tarball)
            return "published with npm"
        if found not in _digests(tarball.read_bytes()):
            raise differs(self._address, f"{name} {version}")
        return "there already"

    def _there(self, name: str, version: str) -> str:
        """The digest of what the registry has, nothing where it has none."""
        # A scoped name is one part of the path.
        page = read(self._address, urljoin(self._address.base, quote(name, safe="@")))
        try:
            document = json.loads(page or b"{}")
            found = document.get("versions", {}).get(version, {}).get("dist", {})
            return str(found.get("integrity") or found.get("shasum") or "")
        except (ValueError, AttributeError):
            raise PublishError(
                f"npm: {self._address.url} does not answer as a registry of npm does. "
                "Look at the URL."
            ) from None

    def _publish(self, tarball: Path) -> None:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            settings = folder / "npmrc"
            settings.touch(mode=0o600)
            settings.write_text(_npmrc(self._address))
            (folder / "global").touch()
            ended = run(
                [*npm_command(), "publish", str(tarball.resolve()), "--ignore-scripts"],
                folder=folder,
                variables={
                    "NPM_CONFIG_USERCONFIG": str(settings),
                    "NPM_CONFIG_GLOBALCONFIG": str(folder / "global"),
                    "NPM_CONFIG_CACHE": str(folder / "cache"),
                    "NPM_CONFIG_UPDATE_NOTIFIER": "false",
                },
                secrets=_secrets(self._address),
            )
        if not ended.succeeded:
            raise from_output(self._address, "npm", ended.output)


def _npmrc(address: Address) -> str:
    """docs.npmjs.com, "npmrc", auth related configuration."""
    lines = [f"registry={address.base}"]
    parts = urlsplit(address.base)
    known = address.credentials
    if known:
        value = f"_authToken={known.token}" if known.token else f"_auth={_basic(known)}"
        lines.append(f"//{parts.netloc}{parts.path}:{value}")
    return "\n".join(lines) + "\n"


def _basic(known: Credentials) -> str:
    return base64.b64encode(f"{known.username}:{known.password}".encode()).decode()


def _secrets(address: Address) -> tuple[str, ...]:
    known = address.credentials
    return (*address.secrets, _basic(known)) if known else ()


def identity(tarball: Path) -> tuple[str, str]:
    """Name and version of the package in a tarball."""
    try:
        with tarfile.open(tarball) as archive:
            file = archive.extractfile("package/package.json")
            content = json.loads(file.read()) if file else {}
        return content["name"], content["version"]
    except (OSError, tarfile.TarError, KeyError, ValueError) as error:
        raise PublishError(f"{tarball}: it is no package of npm: {error}") from None


def _digests(content: bytes) -> set[str]:
    """As `dist.integrity` and `dist.shasum` have them."""
    integrity = base64.b64encode(hashlib.sha512(content).digest()).decode()
    return {f"sha512-{integrity}", hashlib.sha1(content, usedforsecurity=False).hexdigest()}
