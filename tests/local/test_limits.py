"""Rate and quota of a key, under many callers at once.

AWS: "Throttle requests to your REST APIs" and "Gateway response types for API Gateway"
(THROTTLED 429, QUOTA_EXCEEDED 429).
"""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from tests.local.target import Target, wait_for

pytestmark = pytest.mark.deployed

CALLERS = 32
REQUESTS = 160


@pytest.mark.proves("usage plan with rate and burst")
def test_over_the_rate_one_key_is_429_and_another_is_200(target: Target) -> None:
    with (
        target.key(rate=5, burst=5) as small,
        target.key(rate=500, burst=500) as large,
        httpx.Client(timeout=30, limits=httpx.Limits(max_connections=CALLERS)) as client,
        ThreadPoolExecutor(CALLERS) as callers,
    ):
        wait_for(lambda: _call(target, client, small).status_code == 200, "the small key works")
        wait_for(lambda: _call(target, client, large).status_code == 200, "the large key works")
        keys = [small, large] * (REQUESTS // 2)
        answers = list(callers.map(lambda key: (key, _call(target, client, key)), keys))
    statuses = {
        key: Counter(response.status_code for used, response in answers if used == key)
        for key in (small, large)
    }
    assert set(statuses[large]) == {200}
    assert set(statuses[small]) == {200, 429}
    refused = next(response for _, response in answers if response.status_code == 429)
    assert refused.json()["message"] == "Too Many Requests"
    assert target.may_be_read(refused)


@pytest.mark.proves("usage plan with quota")
def test_over_the_quota_is_429(target: Target) -> None:
    with target.key(quota=3) as key, httpx.Client(timeout=30) as client:
        wait_for(lambda: _call(target, client, key).status_code == 200, "the key works")
        served = 1
        # On AWS a quota is a target, which a few more requests may pass.
        most = 3 if target.embedded else 200
        while (response := _call(target, client, key)).status_code == 200:
            served += 1
            assert served <= most
    assert served >= 3
    assert response.status_code == 429
    assert response.json()["message"] == "Limit Exceeded"
    assert target.may_be_read(response)


def _call(target: Target, client: httpx.Client, key: str) -> httpx.Response:
    return client.get(target.urls["foods-v1"] + "list_foods", headers={"x-api-key": key})
