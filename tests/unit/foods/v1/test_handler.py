"""Version 1's routes, called with the events that API Gateway sends."""

import json

import pytest

from foods.v1.handler import app
from tests.unit.proxy_events import proxy_event

CHOICES = "Valid choices are: hamburger, hotdog"


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "answer"),
    [
        ("GET", "/", None, 200, {"hello": "world"}),
        ("GET", "/list_foods", None, 200, ["hamburger", "hotdog"]),
        ("GET", "/check_stock/hamburger", None, 200, {"in_stock": "yes"}),
        ("GET", "/check_stock/hotdog", None, 200, {"in_stock": "no"}),
        ("PUT", "/add_food/hotdog", '{"quantity": 1}', 200, {"status": "ok"}),
    ],
)
def test_answers(method: str, path: str, body: str | None, status: int, answer: object) -> None:
    response = app(proxy_event(method, path, body), None)
    assert (response["statusCode"], json.loads(response["body"])) == (status, answer)


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [("GET", "/check_stock/pizza", None), ("PUT", "/add_food/pizza", '{"quantity": 1}')],
)
def test_unknown_food_is_a_400_with_the_choices(method: str, path: str, body: str | None) -> None:
    response = app(proxy_event(method, path, body), None)
    assert response["statusCode"] == 400
    assert json.loads(response["body"])["message"] == f"Unknown food 'pizza'. {CHOICES}"


@pytest.mark.parametrize(
    "body", ['{"quantity": 0}', '{"quantity": "1"}', '{"quantity": 1, "x": 1}', "{}", "[]", "{", ""]
)
def test_invalid_delivery_is_a_400(body: str) -> None:
    response = app(proxy_event("PUT", "/add_food/hotdog", body), None)
    assert response["statusCode"] == 400
    assert json.loads(response["body"])["message"] == "Invalid request"
