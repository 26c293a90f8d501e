"""The server as a process: where it listens, what it leaves behind, and two of them at once."""

from __future__ import annotations

import os
import resource
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from local.server import FILES, file_limit
from tests.local_gaps.conftest import ROOT, start_server
from tests.local_gaps.running import ACCOUNT, REGION, Aws, document, lambda_proxy

pytestmark = pytest.mark.long

MQTT = 8883
WHO = "import os\ndef handler(e, c): return {'statusCode': 200, 'body': str(os.getpid())}"


def answers(host: str, port: int) -> bool:
    try:
        socket.create_connection((host, port), timeout=2).close()
    except OSError:
        return False
    return True


def worker_of(aws: Aws) -> int:
    """The process that runs a function."""
    arn = aws.function("who", WHO)
    aws.permit("who", f"arn:aws:execute-api:{REGION}:{ACCOUNT}:*")
    return int(aws.call(aws.import_api(document({"/": {"get": lambda_proxy(arn)}})), "/").text)


def test_two_servers_at_once_end_with_their_workers(tmp_path: Path) -> None:
    mqtt_before = answers("127.0.0.1", MQTT)
    started = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        started.append((name, *start_server(tmp_path / name)))
    for name, process, aws in started:
        port = int(aws.endpoint.rpartition(":")[2])
        assert not answers("127.0.0.2", port)
        assert not answers("::1", port)
        assert answers("127.0.0.1", MQTT) == mqtt_before
        worker = worker_of(aws)
        os.kill(worker, 0)
        process.terminate()
        assert process.wait(timeout=20) == 0
        with pytest.raises(ProcessLookupError):
            os.kill(worker, 0)
        assert (tmp_path / name / "log").read_text() == ""
        assert not any((tmp_path / name / "state" / "tmp").iterdir())


def test_a_taken_port_is_said(aws: Aws) -> None:
    command = [sys.executable, "-m", "local.server", "--port", aws.endpoint.rpartition(":")[2]]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert "already in use" in ended.stderr


def test_account_and_region(aws: Aws) -> None:
    assert aws.client("sts").get_caller_identity()["Account"] == ACCOUNT


ENDLESS = resource.RLIM_INFINITY


@pytest.mark.parametrize(
    ("soft", "hard", "expected"),
    [
        pytest.param(1024, 4096, 4096, id="as-much-as-allowed"),
        pytest.param(256, ENDLESS, FILES, id="macos"),
        pytest.param(1024, 1_048_576, FILES, id="far-more-than-needed"),
        pytest.param(20_000, 20_000, 20_000, id="never-lower"),
        pytest.param(65_536, ENDLESS, 65_536, id="never-lower-than-soft"),
        pytest.param(ENDLESS, ENDLESS, ENDLESS, id="endless"),
    ],
)
def test_the_file_limit_asked_for(soft: int, hard: int, expected: int) -> None:
    assert file_limit(soft, hard) == expected
