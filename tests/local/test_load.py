"""Thousands of requests of many callers at once, and workers that restart meanwhile."""

import os
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import httpx
import pytest

from local.embedded_aws import EmbeddedAws
from tests.local.load import SHARED, Caller
from tests.local.target import Target
from tests.recycling import recycle

pytestmark = pytest.mark.long

CALLERS = 32
PAUSE_SECONDS = 5
# Enough to meet each other in every way; `make load` sends ten thousand.
REQUESTS = int(os.environ.get("GATEWRIGHT_LOAD", "600"))


@contextmanager
def restarts(target: Target, aws: EmbeddedAws) -> Iterator[list[int]]:
    """How many workers of the function were replaced, time and again while something goes on."""
    replaced: list[int] = []
    done = threading.Event()
    function = target.function_configuration("foods-v2")["FunctionName"]

    def restart() -> None:
        while not done.wait(PAUSE_SECONDS):
            replaced.append(recycle(aws.endpoint_url, function))

    thread = threading.Thread(target=restart)
    thread.start()
    try:
        yield replaced
    finally:
        done.set()
        thread.join()


@pytest.fixture(scope="module")
def callers(target: Target, own_aws: EmbeddedAws) -> Iterator[list[Caller]]:
    """All callers, when they are done; the function's workers were restarted in between."""
    url, token = target.urls["foods-v2"], target.machine_token("foods/write")
    with target.key(rate=5000, burst=5000) as key, ThreadPoolExecutor(CALLERS) as threads:
        shared = {"name": SHARED, "quantity": 0}
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": SHARED}
        assert httpx.post(f"{url}foods", headers=headers, json=shared, timeout=30).is_success
        made = [Caller(n, url, key, token, -(-REQUESTS // CALLERS)) for n in range(CALLERS)]
        with restarts(target, own_aws) as replaced:
            finished = list(threads.map(Caller.run, made))
        assert sum(replaced) > 0
        yield finished


def test_every_answer_is_the_one_that_is_due(callers: list[Caller]) -> None:
    statuses = sum((caller.statuses for caller in callers), Counter[int]())
    assert [wrong for caller in callers for wrong in caller.wrong] == []
    assert set(statuses) <= {200, 201, 204, 404, 412}
    assert statuses.total() >= REQUESTS


def test_no_write_is_lost_or_doubled(target: Target, callers: list[Caller]) -> None:
    table = target.function_configuration("foods-v2")["Environment"]["Variables"]["TABLE_STOCK"]
    pages = target.client("dynamodb").get_paginator("scan").paginate(TableName=table)
    items = [item for page in pages for item in page["Items"]]
    foods = {
        item["id"]["S"]: (int(item["quantity"]["N"]), f'"{item["revision"]["S"]}"')
        for item in items
        if item["collection"]["S"] == "foods" and item["id"]["S"].startswith("load-")
    }
    assert foods == {name: state for caller in callers for name, state in caller.kept.items()}

    [shared] = [item for item in items if item["id"]["S"] == SHARED]
    assert int(shared["quantity"]["N"]) == sum(caller.increments for caller in callers)

    created = {item["id"]["S"].split()[1] for item in items if "fingerprint" in item}
    assert {key for key in created if key.startswith("key-")} == {
        key for caller in callers for key in caller.keys
    }
