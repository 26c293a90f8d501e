"""The embedded AWS as a background process: started, found again, stopped."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from local.embedded_aws import PORT_VARIABLE, EmbeddedAws, LocalError

_MODULE = "local.server"
_START_SECONDS = 60
_STOP_SECONDS = 60  # it saves its state
_HEALTH = "/_ministack/health"
# Whatever proxy the shell names, this machine is reached without it.
_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@dataclass(frozen=True, kw_only=True)
class Running:
    """A server that this checkout started."""

    pid: int
    port: int


@dataclass(frozen=True, kw_only=True)
class Stopped:
    """A server that was stopped, and whether it ended by itself or had to be killed."""

    port: int
    in_time: bool


def running(folder: Path) -> Running | None:
    """The server that this checkout started and that still runs, if there is one."""
    try:
        found = json.loads(_record(folder).read_text())
        server = Running(pid=int(found["pid"]), port=int(found["port"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None  # no record, or one that was cut off
    return server if _is_ours(server) else None


def start(aws: EmbeddedAws) -> bool:
    """Start the server unless it runs. Returns whether it was started.

    Raises LocalError when the port is taken, or when it does not answer in time.
    """
    server = running(aws.folder)
    if server:
        return False
    _require_free(aws.port)
    aws.folder.mkdir(parents=True, exist_ok=True)
    process = _spawn(aws)
    _record(aws.folder).write_text(json.dumps({"pid": process.pid, "port": aws.port}))
    _wait(process, aws)
    return True


def stop(folder: Path) -> Stopped | None:
    """Stop the server that this checkout started, and only that one."""
    server = running(folder)
    if server:
        os.kill(server.pid, signal.SIGTERM)
        deadline = time.monotonic() + _STOP_SECONDS
        while (in_time := not _is_ours(server)) is False and time.monotonic() < deadline:
            time.sleep(0.05)
        if not in_time:
            os.kill(server.pid, signal.SIGKILL)
    _record(folder).unlink(missing_ok=True)
    return Stopped(port=server.port, in_time=in_time) if server else None


def state_folder(folder: Path) -> Path:
    """Where the server keeps what outlives it."""
    return folder / "embedded-aws"


def log_file(folder: Path) -> Path:
    """What the server prints."""
    return folder / "embedded-aws.log"


def _record(folder: Path) -> Path:
    return folder / "embedded-aws.json"


def _is_ours(server: Running) -> bool:
    # A pid alone may have gone to another program since; its command line tells.
    with contextlib.suppress(ChildProcessError):
        os.waitpid(server.pid, os.WNOHANG)
    shown = subprocess.run(
        ["ps", "-ww", "-p", str(server.pid), "-o", "command="],  # noqa: S607
        capture_output=True,
        text=True,
        check=False,
    )
    return _MODULE in shown.stdout and str(server.port) in shown.stdout


def _require_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise LocalError(
                f"Port {port} is taken by a program that this folder knows nothing of. Stop that "
                f"program, or choose another port: {PORT_VARIABLE}={port + 1} make up\n"
                "An embedded AWS whose folder .gatewright was removed is ended by: "
                f"pkill -f '{_MODULE} --port {port}'"
            ) from None


def _spawn(aws: EmbeddedAws) -> subprocess.Popen[bytes]:
    with log_file(aws.folder).open("ab") as log:
        return subprocess.Popen(
            [
                *(sys.executable, "-m", _MODULE, "--port", str(aws.port)),
                *("--state-dir", str(state_folder(aws.folder))),
            ],
            cwd=Path(__file__).parent.parent,
            env=aws.variables(),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def _wait(process: subprocess.Popen[bytes], aws: EmbeddedAws) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        with contextlib.suppress(OSError):
            _DIRECT.open(aws.socket_url + _HEALTH, timeout=1).close()
            return
        time.sleep(0.1)
    tail = "\n".join(log_file(aws.folder).read_text(errors="replace").splitlines()[-15:])
    stop(aws.folder)
    raise LocalError(f"The embedded AWS did not start. The end of {log_file(aws.folder)}:\n{tail}")
