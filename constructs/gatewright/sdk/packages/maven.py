"""What a Maven repository has of a Java client: a jar, the sources and the pom.

The generator's own jar carries Jackson, which is all that the client is compiled against. A client
that signs needs OkHttp and the AWS SDK, and one that sends forms Apache HttpClient, which no locked
package has: of those there is no jar.
"""

import os
import shutil
import tempfile
from pathlib import Path

from gatewright.sdk.java import find_java
from gatewright.sdk.packages.archives import Member, members_below, write_zip
from gatewright.sdk.packages.manifest import check_xml
from gatewright.sdk.packages.sources import Sources
from gatewright.sdk.packages.tool import run_tool

_RELEASE = "11"
_MANIFEST: Member = ("META-INF/MANIFEST.MF", b"Manifest-Version: 1.0\r\n\r\n")
_JAVA_SOURCES = Path("src", "main", "java")


def build_maven(sources: Sources, packages: Path) -> str:
    """Write ``foods-v2-2.0.0.jar``, ``…-sources.jar`` and ``….pom``, named as in a repository.

    Returns why there is no jar, where there is none.
    """
    stem = f"{sources.names.api}-{sources.names.version}"
    check_xml(sources, "pom.xml")
    shutil.copy(sources.folder / "pom.xml", packages / f"{stem}.pom")
    java = members_below(sources.folder / _JAVA_SOURCES)
    write_zip(packages / f"{stem}-sources.jar", [_MANIFEST, *java])
    if sources.document.signed:
        return "no jar: OkHttp and the AWS SDK are not here to compile it with; run mvn package"
    if sources.document.forms:
        return (
            "no jar: Apache HttpClient, for forms, is not here to compile it with; run mvn package"
        )
    compiler = java_compiler()
    if compiler is None:
        return "no jar: there is no javac; put a JDK of 11 or newer on PATH, or set JAVA_HOME"
    with tempfile.TemporaryDirectory() as name:
        classes = Path(name)
        files = [str(file) for file in sorted((sources.folder / _JAVA_SOURCES).rglob("*.java"))]
        command = [
            *(str(compiler), "-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC", "-nowarn"),
            *("-encoding", "UTF-8", "--release", _RELEASE, "-proc:none", "-g:source,lines"),
            *("-classpath", str(find_java().jar), "-d", str(classes)),
        ]
        run_tool(sources.title, [*command, *files], sources.folder)
        write_zip(packages / f"{stem}.jar", [_MANIFEST, *members_below(classes)])
    return ""


def java_compiler() -> Path | None:
    """The javac of JAVA_HOME, or else of PATH; None without one."""
    home = os.environ.get("JAVA_HOME")
    folders = os.pathsep.join([*([str(Path(home, "bin"))] if home else []), os.environ["PATH"]])
    found = shutil.which("javac", path=folders)
    return Path(found) if found else None
