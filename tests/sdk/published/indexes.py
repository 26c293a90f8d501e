"""Real package indexes on this machine: pypiserver, verdaccio, and a folder for Maven."""

import base64
import hashlib
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

REGISTRY = Path(__file__).parent.parent / "registry"
USER = "publisher"
_START_SECONDS = 60
_VERDACCIO = """
storage: {folder}/npm
auth:
  htpasswd: {{file: {htpasswd}, max_users: -1}}
packages:
  "**": {{access: $all, publish: $authenticated}}
log: {{type: stdout, format: pretty, level: http}}
"""


@dataclass(frozen=True, kw_only=True)
class LocalIndexes:
    """Addresses, and the password that ``USER`` publishes with. Everybody may read."""

    pypi: str
    npm: str
    maven: Path
    password: str

    @property
    def arguments(self) -> list[str]:
        """As `python -m gatewright.publish` is told of them."""
        return ["--pypi", self.pypi, "--npm", self.npm, "--maven", self.maven.as_uri()]


@contextmanager
def local_indexes(folder: Path) -> Iterator[LocalIndexes]:
    """The indexes, empty, until the block ends."""
    password = secrets.token_urlsafe(12)
    known = _htpasswd(folder, password)
    pypi, npm = free_port(), free_port()
    with (
        _serving(_pypiserver(folder, known, pypi), pypi, folder / "pypi.log"),
        _serving(_verdaccio(folder, known, npm), npm, folder / "npm.log"),
    ):
        yield LocalIndexes(
            pypi=f"http://127.0.0.1:{pypi}",
            npm=f"http://127.0.0.1:{npm}",
            maven=folder / "maven",
            password=password,
        )


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _htpasswd(folder: Path, password: str) -> Path:
    """The one scheme that both know (Apache, "Password Formats")."""
    digest = base64.b64encode(hashlib.sha1(password.encode()).digest()).decode()  # noqa: S324
    (folder / "htpasswd").write_text(f"{USER}:{{SHA}}{digest}\n")
    return folder / "htpasswd"


def _pypiserver(folder: Path, htpasswd: Path, port: int) -> list[str]:
    (folder / "pypi").mkdir()
    return [
        *(sys.executable, "-m", "pypiserver", "run", "--disable-fallback"),
        *("--interface", "127.0.0.1", "--port", str(port), "--hash-algo", "sha256"),
        *("--passwords", str(htpasswd), "--authenticate", "update", str(folder / "pypi")),
    ]


def _verdaccio(folder: Path, htpasswd: Path, port: int) -> list[str]:
    configuration = folder / "verdaccio.yaml"
    configuration.write_text(_VERDACCIO.format(folder=folder, htpasswd=htpasswd))
    program = REGISTRY / "node_modules" / "verdaccio" / "bin" / "verdaccio"
    return [
        *("node", str(program), "--config", str(configuration)),
        *("--listen", f"127.0.0.1:{port}"),
    ]


@contextmanager
def _serving(command: Sequence[str], port: int, log: Path) -> Iterator[None]:
    with log.open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT)
    try:
        _wait(process, port, log)
        yield
    finally:
        process.terminate()
        process.wait(30)


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            httpx.get(f"http://127.0.0.1:{port}/", timeout=5)
            return
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError(f"It does not answer:\n{log.read_text(errors='replace')[-2000:]}")
