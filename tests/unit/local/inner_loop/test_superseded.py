"""Old releases go after a save; the last few, and what is still called, stay."""

from pathlib import Path
from typing import Any

import pytest

from gatewright.operations.release_sweep import Sweep
from gatewright.operations.releases import ReleaseError, Retained
from local.embedded_aws import EmbeddedAws
from local.inner_loop import superseded
from local.inner_loop.assembly import SynthesisedStack
from local.inner_loop.superseded import KEPT, Superseded
from tests.unit.operations.test_releases import CANARY, alias, found


class Session:
    """A boto3 session whose clients must not be asked."""

    def client(self, service: str, **_options: Any) -> str:
        return service


STACK = SynthesisedStack(
    name="shop-local-foods-v1",
    construct_path="local/foods-v1",
    template={},
    template_url="",
    tags={},
    protected=False,
    assets=(),
)


@pytest.fixture
def swept(monkeypatch: pytest.MonkeyPatch) -> list[Sweep]:
    """What was removed."""
    removed: list[Sweep] = []

    def carry_out(_gateway: Any, _functions: Any, _found: Retained, sweep: Sweep) -> None:
        removed.append(sweep)

    monkeypatch.setattr(superseded, "carry_out", carry_out)
    return removed


def after(folder: Path) -> None:
    aws = EmbeddedAws(port=1, account="000000000000", region="us-east-1", folder=folder)
    Superseded(aws, Session()).after(STACK)


def test_the_last_few_stay(
    swept: list[Sweep], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(superseded, "retained", lambda *_: found())
    after(tmp_path)
    assert KEPT == 3
    assert swept[0].names == [alias(1), alias(2), alias(3)]


def test_what_a_stage_or_its_canary_calls_is_kept(
    swept: list[Sweep], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(superseded, "retained", lambda *_: found({"live": CANARY}))
    after(tmp_path)
    assert alias(1) not in swept[0].names
    assert alias(2) in swept[0].names


def test_a_stack_without_an_api_has_no_releases(
    swept: list[Sweep], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: Any) -> Retained:
        raise ReleaseError("no API")

    monkeypatch.setattr(superseded, "retained", refuse)
    after(tmp_path)
    assert not swept
