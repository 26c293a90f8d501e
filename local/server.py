"""The embedded AWS in the foreground: `python -m local.server --port 4566 [--state-dir DIR]`.

It answers on 127.0.0.1 only, and web pages of elsewhere get no further than the APIs on it
(`local.same_machine`), since it executes code. Ready when `GET /_ministack/health` answers.
SIGTERM or SIGINT ends it and the Lambda workers that it started. Its state is saved in the state
directory (`local.saving`) and restored from there; a temporary directory goes with the server.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import resource
import shutil
import socket
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from local.embedded_aws import LocalError
from local.one_at_a_time import only_one
from local.private_paths import with_private_paths
from local.same_machine import App
from local.saving import Saving, keeping
from local.state import FILE, StateError, read, restore

HOST = "127.0.0.1"
# macOS refuses more than OPEN_MAX of <sys/syslimits.h>, even when the hard limit is infinite.
FILES = 10_240


def environment(port: int, state_dir: Path) -> dict[str, str]:
    """What ministack reads from the environment when it is imported.

    Nothing listens but the one port: no MQTT broker (8883), no SFTP. Files lie in `state_dir`.
    """
    return {
        "GATEWAY_PORT": str(port),
        "BIND_HOST": HOST,
        "MINISTACK_HOST": "localhost",
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
        "STATE_DIR": str(state_dir / "state"),
        "S3_DATA_DIR": str(state_dir / "s3"),
        "S3_PERSIST": "1",
        "TMPDIR": str(state_dir / "tmp"),
        # Handlers reach the AWS they run in.
        "AWS_ENDPOINT_URL": f"http://{HOST}:{port}",
    }


DEFAULTS: Mapping[str, str] = {
    "MINISTACK_ACCOUNT_ID": "000000000000",
    "MINISTACK_REGION": "us-east-1",
    "LOG_LEVEL": "WARNING",
    # Otherwise by memory, and on a small machine too few for 32 callers.
    "LAMBDA_ACCOUNT_CONCURRENCY": "128",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until told to end; the exit status."""
    options = _options(arguments)
    if _is_taken(options.port):
        sys.stderr.write(
            f"{HOST}:{options.port} is already in use. Stop what listens there or choose another "
            "port with --port\n"
        )
        return 1
    try:
        with _state_directory(options.state_dir) as state_dir:
            os.environ.update(environment(options.port, state_dir))
            for name, value in DEFAULTS.items():
                os.environ.setdefault(name, value)
            tempfile.tempdir = None  # read TMPDIR again
            _serve(options.port, state_dir)
    except (StateError, LocalError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def _serve(port: int, state_dir: Path) -> None:
    """Run ministack, with the gaps filled, until SIGTERM or SIGINT; then end its Lambda workers.

    Raises StateError when what was saved cannot be restored.
    """
    from local import same_machine
    from local.gaps import fill

    file = state_dir / FILE
    saved = read(file)
    _leave_only(state_dir, file)
    fill()
    from ministack.app import app

    restore(saved)
    _raise_file_limit()
    served = keeping(same_machine.only(with_private_paths(app)), Saving(file))
    # Not asyncio.run, which at its end waits for every task: a custom resource may take an hour.
    asyncio.new_event_loop().run_until_complete(_until_told(served, port))


async def _until_told(app: App, port: int) -> None:
    from hypercorn.asyncio import serve
    from ministack.core import lambda_runtime

    try:
        await serve(app, _config(port))
    finally:
        lambda_runtime.reset()


def _config(port: int) -> Any:
    from hypercorn.config import Config

    config = Config()
    config.bind = [f"{HOST}:{port}"]
    config.keep_alive_timeout = 75
    config.keep_alive_max_requests = 1_000_000  # a load test keeps its connections
    config.graceful_timeout = 2
    # Functions inherit the environment, and Powertools would take this level for theirs.
    config.loglevel = os.environ.pop("LOG_LEVEL")
    return config


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m local.server", description=__doc__)
    parser.add_argument("--port", type=int, default=4566)
    parser.add_argument("--state-dir", type=Path, help="default: a temporary directory")
    return parser.parse_args(arguments)


@contextlib.contextmanager
def _state_directory(chosen: Path | None) -> Iterator[Path]:
    if chosen is not None:
        chosen.mkdir(parents=True, exist_ok=True)
        chosen.chmod(0o700)  # it holds keys and passwords
        with only_one(chosen, busy=f"Another embedded AWS runs on {chosen}. Stop it first."):
            yield chosen.resolve()
        return
    with tempfile.TemporaryDirectory(prefix="embedded-aws-") as made:
        yield Path(made)


def _leave_only(state_dir: Path, file: Path) -> None:
    """Remove what a killed server left: unpacked code, and without a saved state all else too."""
    leftovers = ["tmp"] if file.exists() else ["tmp", "s3", "state"]
    for name in leftovers:
        shutil.rmtree(state_dir / name, ignore_errors=True)
    (state_dir / "tmp").mkdir()


def _is_taken(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) == 0


def _raise_file_limit() -> None:
    """More open files where that is allowed: each connection and each worker takes some."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (file_limit(soft, hard), hard))


def file_limit(soft: int, hard: int) -> int:
    """The soft limit to ask for: up to FILES, within the hard limit, never less than there is."""
    if soft == resource.RLIM_INFINITY:
        return soft
    return max(soft, FILES if hard == resource.RLIM_INFINITY else min(hard, FILES))


if __name__ == "__main__":
    sys.exit(main())
