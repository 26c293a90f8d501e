"""The check that ministack is the one that the gaps were written against."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from local.gaps import pinned, table
from tests.local_gaps.conftest import ROOT


def test_the_installed_ministack_is_the_one() -> None:
    pinned.check()


@pytest.mark.parametrize("name", [f"{table.API}:_check_quota", f"{table.API}:gone"])
def test_a_moved_function_is_named(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = {"ministack": "0.0.1", "functions": pinned.fingerprints()["functions"] | {name: "0"}}
    file = tmp_path / "fingerprints.json"
    file.write_text(json.dumps(kept))
    monkeypatch.setattr(pinned, "_KEPT", file)
    monkeypatch.setattr(pinned, "RELIED_UPON", (*pinned.RELIED_UPON, name))
    with pytest.raises(pinned.MovedError) as moved:
        pinned.check()
    message = str(moved.value)
    assert name in message
    assert "ministack==0.0.1" in message
    assert "_handle_execute_in_scope" not in message


def test_new_fingerprints_are_printed() -> None:
    command = [sys.executable, "-m", "local.gaps.pinned"]
    printed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
    assert json.loads(printed) == json.loads((ROOT / "local/gaps/fingerprints.json").read_text())


def test_filling_twice_wraps_once(tmp_path: Path) -> None:
    code = (
        "from local.gaps import fill; import ministack.services.apigateway_v1 as api;"
        "fill(); once = api._invoke_lambda_proxy_v1; fill();"
        "assert api._invoke_lambda_proxy_v1 is once"
    )
    environment = {**os.environ, "STATE_DIR": str(tmp_path)}
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, check=True)
