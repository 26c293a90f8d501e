"""One embedded AWS for all tests of this folder."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import httpx
import pytest

from tests.local_gaps.deployable import Live, create_functions, create_live
from tests.local_gaps.running import Aws

ROOT = Path(__file__).parents[2]
Start = Callable[[Path], tuple[subprocess.Popen[bytes], Aws]]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def without_aws(variables: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in variables.items() if not name.startswith("AWS_")}


def start_server(directory: Path) -> tuple[subprocess.Popen[bytes], Aws]:
    """A server on a free port, which answers; its log is `directory/log`."""
    port = free_port()
    command = [sys.executable, "-m", "local.server", "--port", str(port)]
    with (directory / "log").open("wb") as log:
        process = subprocess.Popen(
            [*command, "--state-dir", str(directory / "state")],
            cwd=ROOT,
            # ministack takes the root user's key from the environment.
            env={**without_aws(os.environ), "LOG_LEVEL": "WARNING"},
            stdout=log,
            stderr=log,
        )
    aws = Aws(f"http://127.0.0.1:{port}")
    for _ in range(400):
        if process.poll() is not None:
            break
        try:
            httpx.get(f"{aws.endpoint}/_ministack/health", timeout=5)
        except httpx.TransportError:
            time.sleep(0.05)
        else:
            return process, aws
    process.kill()
    raise AssertionError("the server did not start:\n" + (directory / "log").read_text())


@pytest.fixture(scope="session")
def server_directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("embedded-aws")


@pytest.fixture(scope="session")
def aws(server_directory: Path) -> Iterator[Aws]:
    process, aws = start_server(server_directory)
    yield aws
    process.terminate()
    process.wait(timeout=20)


@pytest.fixture(scope="session")
def log(server_directory: Path) -> Path:
    """What the server has logged."""
    return server_directory / "log"


@pytest.fixture(scope="session")
def deployable(aws: Aws) -> None:
    """The functions that `live` calls."""
    create_functions(aws)


@pytest.fixture
def live(aws: Aws, deployable: None) -> Live:  # noqa: ARG001 - its functions come first
    """An API of many parts, deployed to the stage `live`."""
    return create_live(aws)
