"""Version 2's routes, called with the events that API Gateway sends."""

import json
import sys
from typing import Any

import pytest

from foods.v2 import handler
from foods.v2.stock import Stock
from tests.unit.foods.v2.memory_store import MemoryFoodStore
from tests.unit.proxy_events import REQUEST_ID, proxy_event

KEY = {"Idempotency-Key": "key"}
ANY = {"If-Match": "*"}
EGG = {"name": "egg", "quantity": 3}


class Caller:
    """Sends events to the routes as one user."""

    def __init__(self, subject: str = "user-1") -> None:
        self.subject = subject

    def send(
        self, method: str, path: str, content: object = None, **options: Any
    ) -> tuple[int, Any, dict[str, str]]:
        body = None if content is None else json.dumps(content)
        event = proxy_event(method, path, body, subject=self.subject, **options)
        answer = handler.app(event, None)
        headers = {name: values[0] for name, values in answer["multiValueHeaders"].items()}
        return answer["statusCode"], json.loads(answer["body"] or "null"), headers


@pytest.fixture(autouse=True)
def empty_stock(monkeypatch: pytest.MonkeyPatch) -> Stock:
    stock = Stock(MemoryFoodStore())
    monkeypatch.setattr(handler, "stock", lambda: stock)
    monkeypatch.setattr(handler.metrics.provider, "namespace", "test")
    monkeypatch.setattr(handler.metrics.provider, "service", "foods-v2")
    return stock


@pytest.fixture
def caller() -> Caller:
    return Caller()


@pytest.fixture
def tag(caller: Caller) -> str:
    """The ETag of an egg that is in stock."""
    return caller.send("POST", "/foods", EGG, headers=KEY)[2]["ETag"]


def test_a_food_from_creation_to_deletion(caller: Caller) -> None:
    status, body, headers = caller.send("POST", "/foods", EGG, headers=KEY)
    assert (status, body, headers["Location"]) == (201, EGG, "foods/egg")
    tag = headers["ETag"]
    assert caller.send("GET", "/foods/egg")[:2] == (200, EGG)
    assert caller.send("GET", "/foods/egg")[2]["ETag"] == tag
    status, body, headers = caller.send(
        "PUT", "/foods/egg", {"quantity": 9}, headers={"If-Match": tag}
    )
    assert (status, body) == (200, {"name": "egg", "quantity": 9})
    assert headers["ETag"] != tag
    assert caller.send("DELETE", "/foods/egg", headers={"If-Match": headers["ETag"]})[0] == 204
    assert caller.send("GET", "/foods/egg")[0] == 404


def test_a_retried_creation_gets_the_first_answer(caller: Caller, tag: str) -> None:
    status, body, headers = caller.send("POST", "/foods", EGG, headers=KEY)
    assert (status, body, headers["ETag"]) == (201, EGG, tag)


@pytest.mark.usefixtures("tag")
def test_another_caller_may_use_the_same_key() -> None:
    other = Caller("user-2")
    assert other.send("POST", "/foods", {**EGG, "name": "ham"}, headers=KEY)[0] == 201


@pytest.mark.parametrize(
    ("method", "path", "content", "headers", "status", "message"),
    [
        ("POST", "/foods", EGG, {"Idempotency-Key": "2"}, 409, "There is a food 'egg' already"),
        ("POST", "/foods", {**EGG, "quantity": 4}, KEY, 422, "was used for another request"),
        ("PUT", "/foods/egg", {"quantity": 1}, {"If-Match": '"old"'}, 412, "by somebody else"),
        ("PUT", "/foods/egg", {"quantity": 1}, {"If-Match": "old"}, 400, "in quotes"),
        ("PUT", "/foods/egg", {"quantity": 1, "name": "ham"}, ANY, 400, "not the one in the path"),
        ("PUT", "/foods/ham", {"quantity": 1}, ANY, 404, "There is no food 'ham'"),
        ("GET", "/foods/ham", None, {}, 404, "There is no food 'ham'"),
        ("DELETE", "/foods/ham", None, {}, 404, "There is no food 'ham'"),
        ("DELETE", "/foods/egg", None, {"If-Match": '"old"'}, 412, "by somebody else"),
    ],
)
def test_mistakes_change_nothing_and_are_explained(
    caller: Caller,
    tag: str,
    method: str,
    path: str,
    content: object,
    headers: dict[str, str],
    status: int,
    message: str,
) -> None:
    found, body, _ = caller.send(method, path, content, headers=headers)
    assert (found, body["request_id"]) == (status, REQUEST_ID)
    assert message in body["message"]
    assert caller.send("GET", "/foods/egg")[2]["ETag"] == tag


@pytest.mark.parametrize(
    ("content", "headers"),
    [
        (EGG, {}),
        (EGG, {"Idempotency-Key": ""}),
        (EGG, {"Idempotency-Key": "k" * 129}),
        (EGG, {"Idempotency-Key": "a b"}),
        ({"name": "egg"}, KEY),
        ({"quantity": 1}, KEY),
        ({**EGG, "quantity": -1}, KEY),
        ({**EGG, "quantity": 2**53}, KEY),
        ({**EGG, "quantity": "1"}, KEY),
        ({**EGG, "quantity": 1.5}, KEY),
        ({**EGG, "quantity": True}, KEY),
        ({**EGG, "name": ""}, KEY),
        ({**EGG, "name": "a/b"}, KEY),
        ({**EGG, "name": ".."}, KEY),
        ({**EGG, "name": "a" * 65}, KEY),
        ({**EGG, "more": 1}, KEY),
        ([], KEY),
    ],
)
def test_an_invalid_creation_is_a_400(
    caller: Caller, content: object, headers: dict[str, str]
) -> None:
    status, body, _ = caller.send("POST", "/foods", content, headers=headers)
    assert (status, body["message"]) == (400, "Invalid request")
    assert caller.send("GET", "/foods")[1]["foods"] == []


@pytest.mark.usefixtures("tag")
def test_a_replacement_needs_to_say_what_it_replaces(caller: Caller) -> None:
    status, body, _ = caller.send("PUT", "/foods/egg", {"quantity": 1})
    assert (status, body["errors"][0]["loc"]) == (400, ["header", "if-match"])


def test_a_food_may_be_sent_back_as_it_was_read(caller: Caller, tag: str) -> None:
    assert caller.send("PUT", "/foods/egg", EGG, headers={"If-Match": tag})[0] == 200


def test_a_list_in_pages(caller: Caller) -> None:
    for name in ("c", "a", "b"):
        food = {"name": name, "quantity": 1}
        assert caller.send("POST", "/foods", food, headers={"Idempotency-Key": name})[0] == 201
    first = caller.send("GET", "/foods", query={"limit": "2"})[1]
    assert [food["name"] for food in first["foods"]] == ["a", "b"]
    last = caller.send("GET", "/foods", query={"cursor": first["next_cursor"]})[1]
    assert ([food["name"] for food in last["foods"]], last["next_cursor"]) == (["c"], None)


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({"limit": "0"}, "Invalid request"),
        ({"limit": "101"}, "Invalid request"),
        ({"limit": "many"}, "Invalid request"),
        ({"limit": "1.5"}, "Invalid request"),
        ({"limit": ""}, "Invalid request"),
        ({"min_quantity": "-1"}, "Invalid request"),
        ({"max_quantity": "x"}, "Invalid request"),
        ({"prefix": "/"}, "Invalid request"),
        ({"min_quantity": "2", "max_quantity": "1"}, "min_quantity is above max_quantity"),
        ({"cursor": "%%%"}, "The cursor is not one of this list"),
        ({"cursor": "YQ", "prefix": "b"}, "The cursor is not one of this list"),
        ({"cursor": "x" * 201}, "Invalid request"),
    ],
)
def test_types_and_ranges_of_filters_are_checked(
    caller: Caller, query: dict[str, str], message: str
) -> None:
    status, body, _ = caller.send("GET", "/foods", query=query)
    assert status == 400
    assert message in body["message"]


def test_what_happened_is_logged_and_counted_by_the_gateway_s_request_id(
    caller: Caller, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # The logger has kept the standard output of when it was made.
    monkeypatch.setattr(handler.logger.registered_handler, "stream", sys.stdout)
    assert caller.send("POST", "/foods", EGG, headers=KEY)[0] == 201
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    [logged] = [line for line in lines if line.get("message") == "food created"]
    [counted] = [line for line in lines if "_aws" in line]
    assert (logged["food"], logged["correlation_id"]) == ("egg", REQUEST_ID)
    assert (counted["FoodsCreated"], counted["correlation_id"]) == ([1.0], REQUEST_ID)
