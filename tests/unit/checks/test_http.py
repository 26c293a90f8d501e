"""Calls are paced and patient, and go nowhere else."""

import pytest
import urllib3

from gatewright.checks.http import Answer, Http, Pace
from tests.unit.checks.answering import Reply, Request, answering


def test_a_pace_spaces_calls() -> None:
    now = 100.0
    pace = Pace(4, clock=lambda: now)
    assert [pace.delay() for _ in range(3)] == [0.0, 0.25, 0.5]
    now = 200.0
    assert [pace.delay() for _ in range(2)] == [0.0, 0.25]


def test_sending_keeps_the_pace() -> None:
    slept: list[float] = []
    with answering(lambda _request: (200, {}, "")) as server:
        http = Http(0.5, sleep=slept.append)
        for _ in range(3):
            http.send("GET", server.url)
    assert slept[0] == 0
    assert 1 < slept[1] <= 2 < slept[2] <= 4


def _replies(*replies: Reply) -> tuple[list[Answer], list[float]]:
    """What is got for one request after another answer, and how long was slept."""
    rest, slept = list(replies), list[float]()
    with answering(lambda _request: rest.pop(0)) as server:
        answer = Http(1000, sleep=slept.append).send("GET", server.url)
    return [answer], [seconds for seconds in slept if seconds >= 0.1]


def test_a_429_is_asked_again_after_its_time() -> None:
    [answer], slept = _replies(
        (429, {"Retry-After": "3"}, ""), (429, {}, ""), (200, {"X-Y": "z"}, '{"a": 1}')
    )
    assert (answer.status, answer.headers["x-y"], answer.json) == (200, "z", {"a": 1})
    assert slept == [3.0, 2.0]


def test_patience_ends() -> None:
    [answer], slept = _replies(*[(429, {"Retry-After": "600"}, "no")] * 5)
    assert (answer.status, answer.text, answer.json) == (429, "no", None)
    assert slept == [20.0] * 4


def test_a_redirect_is_not_followed() -> None:
    with answering(lambda _request: (302, {"Location": "/elsewhere"}, "")) as server:
        assert Http(1000).send("GET", server.url).status == 302
        assert [request.path for request in server.requests] == ["/"]


def test_what_is_sent() -> None:
    def reply(request: Request) -> Reply:
        return 201, {}, f"{request.method} {request.headers['x-a']} {request.body.decode()}"

    with answering(reply) as server:
        assert Http(1000).send("PUT", server.url, {"X-A": "b"}, b"c").text == "PUT b c"


def test_no_answer_is_an_error() -> None:
    with pytest.raises(urllib3.exceptions.HTTPError):
        Http(1000).send("GET", "http://127.0.0.1:9/")


@pytest.mark.parametrize(
    ("headers", "text", "request_id"),
    [
        ({"x-amzn-requestid": "r-1"}, '{"request_id": "r-2"}', "r-1"),
        ({}, '{"request_id": "r-2"}', "r-2"),
        ({}, "[]", ""),
    ],
)
def test_request_ids(headers: dict[str, str], text: str, request_id: str) -> None:
    assert Answer(status=400, headers=headers, text=text).request_id == request_id
