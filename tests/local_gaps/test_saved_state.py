"""The file with the state: private, whole, and refused with the remedy when it cannot be read."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.local_gaps.conftest import ROOT, free_port, start_server

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a server that has ended."""
    directory = tmp_path_factory.mktemp("saved")
    process, aws = start_server(directory)
    aws.client("ssm").put_parameter(Name="kept", Value="1", Type="String")
    process.terminate()
    process.wait(timeout=30)
    return directory / "state" / "state.json"


def test_it_is_its_owner_s_alone(saved: Path) -> None:
    assert stat.S_IMODE(saved.stat().st_mode) == 0o600
    assert stat.S_IMODE(saved.parent.stat().st_mode) == 0o700
    assert not saved.with_suffix(".new").exists()


def newer_service(text: str) -> str:
    content = json.loads(text)
    content["ministack"] = "99.0"
    content["services"]["ssm"]["__ministack_format__"] = 99
    return json.dumps(content)


def another_format(text: str) -> str:
    return json.dumps({**json.loads(text), "format": 2})


DAMAGED: dict[str, tuple[Callable[[str], str], str]] = {
    "empty": (lambda _text: "", "is damaged"),
    "cut-off": (lambda text: text[: len(text) // 2], "is damaged"),
    "no-json": (lambda text: "x" + text, "is damaged"),
    "a-list": (lambda text: f"[{text}]", "is damaged"),
    "a-number": (lambda _text: "1", "is damaged"),
    "nothing-in-it": (lambda _text: "{}", "is damaged"),
    "services-are-a-list": (lambda _text: '{"format": 1, "services": [1]}', "is damaged"),
    "a-service-is-null": (lambda _text: '{"format": 1, "services": {"ssm": null}}', "is damaged"),
    "other-type": (
        lambda _text: (
            '{"format": 1, "services": {"ssm": {"__ministack_format__": 2, "payload": "x"}}}'
        ),
        "of ssm does not fit",
    ),
    "not-utf-8": (lambda text: text.replace("kept", "\udcff"), "is damaged"),
    "another-format": (another_format, "is format 2"),
    "newer-service": (newer_service, "written by ministack 99.0"),
}


@pytest.mark.parametrize(("change", "why"), DAMAGED.values(), ids=DAMAGED)
def test_what_cannot_be_read_is_refused(
    saved: Path, tmp_path: Path, change: Callable[[str], str], why: str
) -> None:
    changed = change(saved.read_text()).encode(errors="surrogateescape")
    (tmp_path / "state.json").write_bytes(changed)
    command = [sys.executable, "-m", "local.server", "--port", str(free_port())]
    ended = subprocess.run(
        [*command, "--state-dir", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert ended.returncode == 1
    assert why in ended.stderr
    assert "make reset" in ended.stderr
    assert (tmp_path / "state.json").read_bytes() == changed


def test_a_folder_has_one_server(tmp_path: Path) -> None:
    process, _aws = start_server(tmp_path)
    command = [sys.executable, "-m", "local.server", "--port", str(free_port())]
    ended = subprocess.run(
        [*command, "--state-dir", str(tmp_path / "state")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    process.terminate()
    process.wait(timeout=30)
    assert ended.returncode == 1
    assert "Another embedded AWS runs on" in ended.stderr
