"""Commands that are timed, and servers that are started, waited for and ended by their pid."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bench.report import NotMeasuredError

_STOP_SECONDS = 10
_START_SECONDS = 60
_POLL_SECONDS = 0.02
_TAIL = 300
# Whatever proxy the shell names, this machine is reached without it.
_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def clean_environment(**more: str) -> dict[str, str]:
    """The process environment without anything that points at AWS, with the tools of ours first.

    Nor does it keep Python from writing byte code, which nobody's second run is without.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("AWS_") and name != "PYTHONDONTWRITEBYTECODE"
    }
    tools = str(Path(sys.executable).parent)
    return {**kept, "PATH": f"{tools}{os.pathsep}{kept['PATH']}", **more}


def seconds(command: Sequence[str], *, folder: Path, environment: Mapping[str, str]) -> float:
    """How long a command takes, whole. Raises NotMeasuredError when it fails."""
    begun = time.perf_counter()
    ran = subprocess.run(
        command,
        cwd=folder,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    took = time.perf_counter() - begun
    if ran.returncode != 0:
        words = " ".join((ran.stderr.strip() or ran.stdout.strip()).split())
        raise NotMeasuredError(f"{Path(command[0]).name} failed: {words[-_TAIL:]}")
    return took


def free_port() -> int:
    """A port of this machine that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def serving(
    command: Sequence[str], *, folder: Path, environment: Mapping[str, str], url: str
) -> Iterator[None]:
    """A server that answers ``url`` while the block runs. Raises NotMeasuredError."""
    with tempfile.TemporaryFile() as log, background(command, folder, environment, log) as process:
        deadline = time.monotonic() + _START_SECONDS
        while status(url) != 200:
            if process.poll() is not None or time.monotonic() > deadline:
                log.seek(0)
                words = " ".join(log.read().decode(errors="replace").split())
                raise NotMeasuredError(f"{Path(command[0]).name} does not serve: {words[-_TAIL:]}")
            time.sleep(_POLL_SECONDS)
        yield


@contextlib.contextmanager
def background(
    command: Sequence[str], folder: Path, environment: Mapping[str, str], output: object
) -> Iterator[subprocess.Popen[bytes]]:
    """A process of a group of its own, which is ended with all that it started."""
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=output,  # type: ignore[call-overload]
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        _end(process)


def status(url: str, headers: Mapping[str, str] | None = None) -> int:
    """The status of a GET, or 0 where nothing answers."""
    request = urllib.request.Request(url, headers=dict(headers or {}))  # noqa: S310
    try:
        with _DIRECT.open(request, timeout=10) as response:
            return int(response.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def _end(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(timeout=_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
