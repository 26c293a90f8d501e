"""Starting and stopping: on a free port, once, and never somebody else's program."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from local.embedded_aws import PORT_VARIABLE, EmbeddedAws, LocalError, port_from_environment
from local.one_at_a_time import only_one
from local.server_process import Running, running, start, stop


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def _aws(folder: Path, port: int) -> EmbeddedAws:
    return EmbeddedAws(port=port, account="000000000000", region="us-east-1", folder=folder)


def test_a_taken_port_is_named_with_the_remedy(tmp_path: Path, taken: int) -> None:
    with pytest.raises(
        LocalError, match=rf"(?s)Port {taken} is taken.*{PORT_VARIABLE}={taken + 1}"
    ):
        start(_aws(tmp_path, taken))
    assert running(tmp_path) is None


def test_a_foreign_process_with_our_old_pid_is_left_alone(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as stranger:
        record = {"pid": stranger.pid, "port": 4566}
        (tmp_path / "embedded-aws.json").write_text(json.dumps(record))
        assert running(tmp_path) is None
        assert stop(tmp_path) is None
        assert stranger.poll() is None
        stranger.communicate(b"\n")


def test_nothing_to_stop(tmp_path: Path) -> None:
    assert stop(tmp_path) is None


@pytest.mark.parametrize("text", ["x", "80", "65536", "-1", "4566.0", "²"])
def test_a_port_that_is_none_is_refused(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PORT_VARIABLE, text)
    with pytest.raises(LocalError, match=f"{PORT_VARIABLE}='{text}' is not a port"):
        port_from_environment()


def test_no_credentials_of_a_real_account_reach_the_embedded_aws(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_PROFILE", "prod")
    monkeypatch.setenv("AWS_SESSION_TOKEN", "real")
    variables = _aws(tmp_path, 4600).variables()
    assert "AWS_PROFILE" not in variables
    assert "AWS_SESSION_TOKEN" not in variables
    assert variables["AWS_ENDPOINT_URL"] == "http://127.0.0.1:4600"
    assert variables["PATH"] == os.environ["PATH"]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"pid": 1}', '{"pid": "x", "port": 1}'])
def test_a_damaged_record_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "embedded-aws.json").write_text(text)
    assert running(tmp_path) is None


def test_a_long_command_line_is_seen_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # ps cuts its lines at the width of the terminal unless told not to.
    monkeypatch.setenv("COLUMNS", "20")
    program = ["-c", "input()", 100 * "x", "local.server", "--port", "4567"]
    with subprocess.Popen([sys.executable, *program], stdin=subprocess.PIPE) as process:
        record = {"pid": process.pid, "port": 4567}
        (tmp_path / "embedded-aws.json").write_text(json.dumps(record))
        assert running(tmp_path) == Running(pid=process.pid, port=4567)
        process.communicate(b"\n")


def test_one_at_a_time(tmp_path: Path) -> None:
    with (
        only_one(tmp_path),
        pytest.raises(LocalError, match="Another `make up`"),
        only_one(tmp_path),
    ):
        pass
    with only_one(tmp_path):
        assert (tmp_path / "lock").exists()
