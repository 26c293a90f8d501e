"""Java packages, deployed by Maven, or in its layout where there is no Maven."""

import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from gatewright.publish.commands import run
from gatewright.publish.errors import PublishError
from gatewright.publish.indexes.http import read
from gatewright.publish.indexes.index import Address, Package, missing
from gatewright.publish.indexes.maven_layout import deploy
from gatewright.publish.indexes.refusals import from_output
from gatewright.publish.programs import maven_program

# Named in full, so that nothing else decides which one runs.
_GOAL = "org.apache.maven.plugins:maven-deploy-plugin:3.1.4:deploy-file"
_NO_PLUGIN = re.compile(r"maven-deploy-plugin.*could not be resolved")
_SERVER = "index"


@dataclass(frozen=True, kw_only=True)
class Coordinates:
    """What Maven calls a package."""

    group: str
    artifact: str
    version: str

    @property
    def folder(self) -> str:
        """The artifact's folder in a repository, a slash at its end."""
        return f"{self.group.replace('.', '/')}/{self.artifact}/"

    @property
    def stem(self) -> str:
        """What the names of the version's files begin with."""
        return f"{self.artifact}-{self.version}"


class Maven:
    """A repository of Maven: `https://`, or `file://` for a folder."""

    def __init__(self, address: Address) -> None:
        self._address = address

    def publish(self, package: Package) -> str:
        """Deploy jar, sources and pom, unless all of them are there."""
        pom = package.file(".pom")
        place = coordinates(pom)
        named = {
            f"{place.stem}.jar": _library(package),
            f"{place.stem}-sources.jar": package.file("-sources.jar"),
            f"{place.stem}.pom": pom,
        }
        folder = urljoin(self._address.base, f"{place.folder}{place.version}/")
        there = {
            file.name: read(self._address, urljoin(folder, name)) for name, file in named.items()
        }
        if not missing(self._address, named.values(), there):
            return "there already"
        program = maven_program()
        if program and self._deploy(program, named, place):
            return "published with mvn"
        deploy(self._address, named, place.folder, place.group, place.artifact, place.version)
        why = "mvn cannot get its maven-deploy-plugin" if program else "there is no mvn"
        return f"published as Maven's files, since {why}"

    def _deploy(self, program: str, named: dict[str, Path], place: Coordinates) -> bool:
        """Whether Maven has its plugin, and has then published. Raises PublishError."""
        library, sources, pom = (
            str(named[f"{place.stem}{ending}"].resolve())
            for ending in (".jar", "-sources.jar", ".pom")
        )
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            settings = folder / "settings.xml"
            settings.touch(mode=0o600)
            settings.write_text(_settings(self._address))
            ended = run(
                [
                    *(program, "--batch-mode", "--settings", str(settings), _GOAL),
                    *(f"-Dfile={library}", f"-Dsources={sources}", f"-DpomFile={pom}"),
                    *(f"-DrepositoryId={_SERVER}", f"-Durl={self._address.url}"),
                ],
                folder=folder,
                variables={},
                secrets=self._address.secrets,
            )
        if ended.succeeded:
            return True
        if _NO_PLUGIN.search(ended.output):
            return False
        raise from_output(self._address, "mvn", ended.output)


def coordinates(pom: Path) -> Coordinates:
    """Those of the project in a pom. Raises PublishError where it does not say them itself."""
    try:
        project = ElementTree.parse(pom).getroot()  # noqa: S314 - it was made a moment ago
    except (OSError, ElementTree.ParseError) as error:
        raise PublishError(f"{pom}: it is no pom: {error}") from None
    found = [project.findtext(f"{{*}}{name}") for name in ("groupId", "artifactId", "version")]
    group, artifact, version = (text or "" for text in found)
    if not (group and artifact and version):
        raise PublishError(f"{pom}: it lacks groupId, artifactId or version")
    return Coordinates(group=group, artifact=artifact, version=version)


def _library(package: Package) -> Path:
    others = ("-sources.jar", "-javadoc.jar")
    jars = [f for f in package.files if f.suffix == ".jar" and not f.name.endswith(others)]
    if len(jars) != 1:
        raise PublishError(f"{package.api}, {package.language}: {len(jars)} jars instead of one")
    return jars[0]


def _settings(address: Address) -> str:
    """maven.apache.org/settings.html, servers."""
    known = address.credentials
    if not known:
        return "<settings/>\n"
    return (
        f"<settings><servers><server><id>{_SERVER}</id>"
        f"<username>{escape(known.username)}</username>"
        f"<password>{escape(known.password)}</password></server></servers></settings>\n"
    )
