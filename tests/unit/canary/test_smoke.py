"""The smoke check: what is called, and which answers stop a release."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from gatewright.canary.bake import BakeFailedError
from gatewright.canary.smoke import SECONDS, failures
from gatewright.canary.smoke_call import SmokeCall, smoke_calls
from tests.unit.canary.world import NEW, RELEASE, Gateway, World

SCHEMA = {
    "$schema": "http://json-schema.org/draft-04/schema#",
    "type": "object",
    "required": ["price"],
    "properties": {"price": {"type": "number"}},
}
CALL = SmokeCall(
    method="GET",
    resource="/foods/{name}",
    path="/foods/pizza?limit=5",
    headers={"Accept-Language": "de"},
    body=None,
    answers={"200": {"application/json": SCHEMA}, "204": {}},
)
GOOD = {"status": 200, "headers": {"Content-Type": "application/json"}, "body": '{"price": 8.5}'}
NOT_ALLOWED = {
    "status": 500,
    "log": "Execution failed due to configuration error: Invalid permissions on Lambda function",
}


class AnsweringGateway:
    """API Gateway with one path, which gives these answers one after the other."""

    def __init__(self, *answers: dict[str, Any]) -> None:
        self.answers = list(answers)
        self.asked: list[dict[str, Any]] = []

    def get_paginator(self, name: str) -> AnsweringGateway:
        assert name == "get_resources"
        return self

    def paginate(self, **_names: str) -> Iterator[dict[str, Any]]:
        yield {"items": [{"id": "root", "path": "/"}]}
        yield {"items": [{"id": "abc", "path": "/foods/{name}"}]}

    def test_invoke_method(self, **asked: Any) -> dict[str, Any]:
        self.asked.append(asked)
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


class AnsweringStage(AnsweringGateway, Gateway):
    """One with the stage as well."""

    def __init__(self, *answers: dict[str, Any]) -> None:
        AnsweringGateway.__init__(self, *answers)
        Gateway.__init__(self)


class Clock:
    """Time that passes when somebody waits, and with each look at it."""

    def __init__(self, each_look: float = 0) -> None:
        self.now = 0.0
        self.each_look = each_look

    def time(self) -> float:
        self.now += self.each_look
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


def found(gateway: AnsweringGateway, *calls: SmokeCall, clock: Clock | None = None) -> list[str]:
    clock = clock or Clock()
    release = replace(RELEASE, smoke=calls or (CALL,))
    return failures(gateway, release, clock=clock.time, pause=clock.sleep)


def test_a_call_is_carried_out_by_api_gateway_with_the_variables_of_the_release() -> None:
    gateway = AnsweringGateway(GOOD)
    assert found(gateway) == []
    assert gateway.asked == [
        {
            "restApiId": "api",
            "resourceId": "abc",
            "httpMethod": "GET",
            "pathWithQueryString": "/foods/pizza?limit=5",
            "headers": {"Accept-Language": "de"},
            "stageVariables": NEW,
        }
    ]


def test_a_body_is_sent_where_there_is_one() -> None:
    gateway = AnsweringGateway(GOOD)
    assert found(gateway, replace(CALL, method="POST", body='{"a": 1}')) == []
    assert gateway.asked[0]["body"] == '{"a": 1}'


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ({"status": 500, "body": '{"message": "no"}'}, 'answered 500, and not 200 or 204: {"mess'),
        ({"body": "<html>"}, "answered no JSON: <html>"),
        ({"body": '{"price": "8"}'}, "does not allow: data.price must be number"),
        ({"body": "{}"}, r"does not allow: data must contain \['price'\] properties"),
        ({"headers": {"content-type": "text/html"}}, "answered text/html, and not application/"),
        ({"headers": {}}, "answered no Content-Type, and not application/json"),
        ({"status": 502, "body": "x" * 500}, r"x{200}\.\.\.$"),
    ],
)
def test_an_answer_that_is_not_promised_is_told(answer: dict[str, Any], told: str) -> None:
    [line] = found(AnsweringGateway({**GOOD, **answer}))
    assert line.startswith("GET /foods/pizza?limit=5: ")
    assert re.search(told, line), line


@pytest.mark.parametrize(
    "answer",
    [
        {"headers": {"content-type": "application/json; charset=utf-8"}},
        {"headers": {}, "multiValueHeaders": {"Content-Type": ["application/json"]}},
        {"status": 204, "headers": {}, "body": ""},
    ],
)
def test_other_answers_of_the_contract_are_as_good(answer: dict[str, Any]) -> None:
    assert found(AnsweringGateway({**GOOD, **answer})) == []


def test_a_permission_that_is_not_known_yet_is_waited_for() -> None:
    assert found(AnsweringGateway(NOT_ALLOWED, NOT_ALLOWED, GOOD)) == []


def test_but_not_for_ever() -> None:
    clock, gateway = Clock(), AnsweringGateway(NOT_ALLOWED)
    [line] = found(gateway, clock=clock)
    assert "answered 500" in line
    assert SECONDS - 3 <= clock.now <= SECONDS


def test_all_calls_have_one_time_together() -> None:
    gateway = AnsweringGateway(GOOD)
    lines = found(gateway, CALL, CALL, CALL, clock=Clock(each_look=25))
    assert lines == ["GET /foods/pizza?limit=5: not called, the 60 seconds of all calls are over"]
    assert len(gateway.asked) == 2


def test_a_path_that_is_gone_is_told() -> None:
    assert found(AnsweringGateway(GOOD), replace(CALL, resource="/foods")) == [
        "GET /foods/pizza?limit=5: the API has no such path"
    ]


def test_the_property_of_the_resource_is_read_as_it_was_written() -> None:
    text = json.dumps([{name: getattr(CALL, name) for name in vars(CALL)}])
    assert smoke_calls(text) == (CALL,)
    assert smoke_calls("") == ()


def test_a_release_that_fails_it_reaches_nobody() -> None:
    world = World()
    world.gateway = AnsweringStage({"status": 502, "body": ""})
    with pytest.raises(BakeFailedError, match="nothing was released: the smoke check failed: GET"):
        world.bake(smoke=(CALL,)).begin(going_back=False)
    assert not world.canary
    assert world.record["state"] == "rolled-back"
    assert world.decisions == ["refused"]


def test_a_release_that_passes_it_begins() -> None:
    world = World()
    world.gateway = AnsweringStage(GOOD)
    world.bake(smoke=(CALL,)).begin(going_back=False)
    assert world.canary["percentTraffic"] == "10"


@pytest.mark.parametrize("going_back", [True, False])
def test_what_reaches_nobody_new_is_not_checked(*, going_back: bool) -> None:
    world = World()
    gateway = AnsweringStage(GOOD)
    world.gateway = gateway
    if not going_back:
        gateway.stage = {"deploymentId": "new", "variables": dict(NEW)}
    world.bake(smoke=(CALL,)).begin(going_back=going_back)
    assert not gateway.asked
