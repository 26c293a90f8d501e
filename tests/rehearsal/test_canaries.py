"""Releases whose prod goes by a canary: a good one, and one that the canary stops."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import httpx
import pytest

from local.rehearse import released
from tests.rehearsal.corner import ACCOUNT, Corner
from tests.rehearsal.test_releases import HANDLER, OPEN, stopped_at

PROD = 'prod: {account: "111111111111", region: us-east-1, plans: [checks]}'
# What API Gateway reports each minute is judged each minute: a bake of two of them is watched.
CANARY = "release: {canary: {steps: [50], bake_seconds: 120}}"
ALARM = "corner-prod-shop-v1-canary-5xx"


@pytest.fixture(scope="module")
def careful(corner: Corner) -> Corner:
    """The platform, once its prod has canaries."""
    corner.change("platform.yaml", PROD, PROD.replace("}", f", {CANARY}}}", 1))
    assert released(corner.release("Try releases on half of the callers"))
    return corner


def record(corner: Corner) -> dict[str, Any]:
    ssm = replace(corner.aws, account=ACCOUNT).client("ssm")
    name = "/gatewright/corner/prod/shop-v1/release"
    return dict(json.loads(ssm.get_parameter(Name=name)["Parameter"]["Value"]))


@contextmanager
def callers(corner: Corner) -> Iterator[list[int]]:
    """Somebody calls prod all the while."""
    statuses: list[int] = []
    done, url = threading.Event(), corner.url("prod")

    def call() -> None:
        with httpx.Client() as client:
            while not done.wait(0.2):
                statuses.append(client.get(url).status_code)

    thread = threading.Thread(target=call)
    thread.start()
    try:
        yield statuses
    finally:
        done.set()
        thread.join()


def test_a_good_release_goes_through_by_its_canary(careful: Corner) -> None:
    careful.change("lambda_src/shop/v1/prices.py", '"apple": 2', '"apple": 3')
    careful.change("tests/test_prices.py", "== 5", "== 6")
    with callers(careful) as statuses:
        assert released(careful.release("Raise the price of an apple"))
    assert set(statuses) == {200}
    assert (record(careful)["state"], record(careful)["steps"]) == ("promoting", [50])
    assert careful.prices("prod").json()["apple"] == 3


def test_a_bad_release_is_stopped_by_its_canary(careful: Corner) -> None:
    only_prod = 'if "prod" in str(__import__("os").environ): raise RuntimeError("not here")'
    careful.change(HANDLER, OPEN, f"{only_prod}\n    {OPEN}")
    with callers(careful) as statuses:
        stage, reason = stopped_at(careful.release("Forget prod"))
    careful.undo()
    assert stage == "prod"
    assert ALARM in reason
    assert record(careful)["state"] == "rolled-back"
    assert 500 in statuses or 502 in statuses
    assert careful.answer("prod").json() == {"open": "yes"}
