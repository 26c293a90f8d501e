"""A release must answer its smoke check before anybody's request reaches it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from tests.canary.releasing import PLATFORM, Till

CANARY: dict[str, Any] = yaml.safe_load((PLATFORM / "platform.yaml").read_text())["environments"][
    "local"
]["release"]["canary"]


@pytest.fixture
def checked(till: Till) -> Iterator[Till]:
    """The till with a smoke check, and a short bake."""
    till.configure({"canary": CANARY | {"smoke": True, "steps": [50], "bake_seconds": 10}})
    yield till
    till.configure({"canary": CANARY})


@pytest.mark.long
def test_a_release_that_fails_it_reaches_nobody_and_a_good_one_goes_through(checked: Till) -> None:
    stable = checked.call().json()["release"]
    checked.change(RELEASE="broken", RAISES=1.0)
    with checked.traffic() as traffic:
        reason = checked.failure()
    assert "nothing was released: the smoke check failed: GET /price: answered 502" in reason
    assert set(traffic.statuses) == {200}
    assert {answer.release for answer in traffic.answers} == {stable}
    assert {share for _, share in traffic.samples} == {0}
    assert checked.record["state"] == "rolled-back"

    # Of another form than the contract's, though a 200.
    checked.change(RELEASE=7, RAISES=0.0)
    assert "data.release must be string" in checked.failure()
    assert checked.call().json() == {"release": stable}

    checked.change(RELEASE="checked")
    with checked.traffic() as traffic:
        checked.deploy()
    assert set(traffic.statuses) == {200}
    assert {answer.release for answer in traffic.at_share(50)} == {stable, "checked"}
    assert checked.call().json() == {"release": "checked"}
