"""Every request leaves one line that says who called, how it went and how long it took."""

import json
import time
import uuid
from collections.abc import Callable
from typing import Any

import httpx
import jwt
import pytest

from tests.local.target import Target

pytestmark = pytest.mark.deployed

LineOf = Callable[..., dict[str, Any]]


@pytest.fixture
def line_of(target: Target) -> LineOf:
    """Finds what was logged of an answer; on AWS lines take a while to arrive.

    ``group`` is the log group of an API's stack, ``field`` the one that has the request id.
    """
    logs = target.client("logs")

    def find(
        response: httpx.Response,
        api: str = "foods-v1",
        group: str = "ApiStageAccessLogs",
        field: str = "request_id",
    ) -> dict[str, Any]:
        request_id = response.headers["x-amzn-requestid"]
        name = target.log_group(api, group)
        deadline = time.monotonic() + (10 if target.embedded else 120)
        while time.monotonic() < deadline:
            for event in logs.filter_log_events(logGroupName=name).get("events", []):
                if f'"{field}":"{request_id}"' in event["message"]:
                    line: dict[str, Any] = json.loads(event["message"])
                    return line
            time.sleep(0.2)
        raise AssertionError(f"no line of {request_id} in {name}")

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


def test_one_id_leads_through_gateway_function_and_error(target: Target, line_of: LineOf) -> None:
    name = f"verify-{uuid.uuid4().hex}"
    headers = {"Authorization": f"Bearer {target.machine_token('foods/write')}"}
    with httpx.Client(base_url=target.urls["foods-v2"], headers=headers, timeout=30) as client:
        created = client.post(
            "foods",
            headers={"Idempotency-Key": name},
            json={"name": name, "quantity": 1},
        )
        refused = client.post(
            "foods", headers={"Idempotency-Key": "2" + name}, json={"name": name, "quantity": 1}
        )
        assert client.delete(f"foods/{name}").status_code == 204
    assert (created.status_code, refused.status_code) == (201, 409)
    access = line_of(created, "foods-v2")
    assert (access["route"], access["status"]) == ("/foods", "201")
    logged = line_of(created, "foods-v2", "ApiFunctionLogs", "correlation_id")
    assert (logged["message"], logged["food"]) == ("food created", name)
    assert logged["service"] == "foods-v2"
    assert logged["release"].startswith("r-")
    assert refused.json()["request_id"] == line_of(refused, "foods-v2")["request_id"]
