"""What `make down` and `make reset` say and do."""

from pathlib import Path

import pytest

from local.down import message
from local.embedded_aws import LocalError
from local.one_at_a_time import only_one
from local.outputs import FILE
from local.reset import reset
from local.server_process import Stopped, state_folder


@pytest.mark.parametrize(
    ("stopped", "said"),
    [
        (None, "No embedded AWS of this folder runs."),
        (Stopped(port=4566, in_time=True), "port 4566. `make up` brings it back"),
        (Stopped(port=4566, in_time=False), "was killed. `make up` brings it back as it was saved"),
    ],
    ids=["none", "stopped", "killed"],
)
def test_down_says_what_becomes_of_it(stopped: Stopped | None, said: str) -> None:
    assert said in message(stopped)


def test_reset_forgets_the_state_and_its_outputs(tmp_path: Path) -> None:
    state_folder(tmp_path).mkdir()
    (state_folder(tmp_path) / "state.json").write_text("{")
    (tmp_path / FILE).write_text("{}")
    (tmp_path / "deploy.log").write_text("kept")
    promotions = tmp_path / "local.yaml"
    promotions.write_text("{}")
    assert "starts from nothing" in reset(tmp_path, promotions)
    assert not promotions.exists()
    assert not state_folder(tmp_path).exists()
    assert not (tmp_path / FILE).exists()
    assert (tmp_path / "deploy.log").exists()
    assert "Nothing was deployed" in reset(tmp_path)


def test_reset_waits_for_make_up(tmp_path: Path) -> None:
    with only_one(tmp_path), pytest.raises(LocalError, match="Another `make up`"):
        reset(tmp_path)
