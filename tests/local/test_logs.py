"""Every request leaves one line that says who called, how it went and how long it took."""

import json
import time
from collections.abc import Callable
from typing import Any

import httpx
import jwt
import pytest

from tests.local.target import Target

pytestmark = pytest.mark.deployed

LineOf = Callable[[httpx.Response], dict[str, Any]]


@pytest.fixture
def line_of(target: Target) -> LineOf:
    """Finds the access log line of an answer; on AWS lines take a while to arrive."""
    logs = target.client("logs")
    group = target.log_group("foods-v1", "ApiStageAccessLogs")

    def find(response: httpx.Response) -> dict[str, Any]:
        request_id = response.headers["x-amzn-requestid"]
        deadline = time.monotonic() + (10 if target.embedded else 120)
        while time.monotonic() < deadline:
            for event in logs.filter_log_events(logGroupName=group).get("events", []):
                if request_id in event["message"]:
                    line: dict[str, Any] = json.loads(event["message"])
                    return line
            time.sleep(0.2)
        raise AssertionError(f"no line of {request_id} in {group}")

    return find


def test_a_users_request(target: Target, line_of: LineOf) -> None:
    with target.token() as token:
        response = httpx.get(
            target.urls["foods-v1"] + "check_stock/hotdog",
            headers={"Authorization": f"Bearer {token}"},
        )
    line = line_of(response)
    subject = jwt.decode(token, options={"verify_signature": False})["sub"]
    assert response.status_code == 200
    assert line["status"] == "200"
    assert line["caller_subject"] == subject
    assert line["method"] == "GET"
    assert line["route"] == "/check_stock/{food}"
    assert float(line["latency_ms"]) >= float(line["integration_latency_ms"]) >= 0
    assert token not in json.dumps(line)


def test_a_refused_request(target: Target, line_of: LineOf) -> None:
    response = httpx.get(target.urls["foods-v1"] + "check_stock/refused")
    line = line_of(response)
    assert line["status"] == "401"
    assert line["request_id"] == response.json()["request_id"]
    assert line["gateway_error_type"] == "UNAUTHORIZED"
    assert line["caller_subject"] == "-"


def test_a_keys_request(target: Target, line_of: LineOf) -> None:
    with target.key() as key:
        response = httpx.get(target.urls["foods-v1"] + "list_foods", headers={"x-api-key": key})
    line = line_of(response)
    assert line["api_key_id"] != "-"
    assert key not in json.dumps(line)
