"""What stands before a function whose contract is a file."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from gatewright.runtime import contract_function
from gatewright.runtime.contract_function import guarded
from gatewright.runtime.variables import (
    ALLOW_ORIGIN_VARIABLE,
    ANY_BODY_VARIABLE,
    HANDLER_VARIABLE,
)

ANSWER = {"statusCode": 200, "headers": {"X-A": "1"}, "body": "{}"}


def event(body: str | None, **headers: str) -> dict[str, Any]:
    return {"body": body, "headers": headers or None, "requestContext": {"requestId": "r-1"}}


def answering(_event: Mapping[str, Any], _context: Any) -> dict[str, Any]:
    return dict(ANSWER)


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (event(None), 200),
        (event(""), 200),
        (event("{}"), 200),
        (event("{}", **{"Content-Type": "application/json"}), 200),
        (event("{}", **{"content-type": "Application/JSON; charset=utf-8"}), 200),
        (event("a", **{"Content-Type": "text/plain"}), 415),
        (event("{}", **{"Content-Type": "application/jsonp"}), 415),
    ],
)
def test_a_body_is_json_and_nothing_else(sent: dict[str, Any], status: int) -> None:
    answer = guarded(answering, any_body=False)(sent, None)
    assert answer["statusCode"] == status
    if status == 415:
        body = json.loads(answer["body"])
        assert body == {
            "message": "Unsupported content type, use application/json",
            "request_id": "r-1",
        }


def test_a_function_that_validates_gets_every_body() -> None:
    sent = event("a", **{"Content-Type": "text/plain"})
    assert guarded(answering, any_body=True)(sent, None) == ANSWER


@pytest.mark.parametrize(
    ("answer", "headers"),
    [
        ({"statusCode": 204}, {"Access-Control-Allow-Origin": "*"}),
        (ANSWER, {"X-A": "1", "Access-Control-Allow-Origin": "*"}),
        ({"headers": {"access-control-allow-origin": "a"}}, {"access-control-allow-origin": "a"}),
        ({"multiValueHeaders": {"Access-Control-Allow-Origin": ["a"]}}, None),
    ],
)
def test_the_origin_is_on_every_answer(
    monkeypatch: pytest.MonkeyPatch, answer: dict[str, Any], headers: dict[str, str] | None
) -> None:
    monkeypatch.setenv(ALLOW_ORIGIN_VARIABLE, "*")
    made = guarded(lambda _event, _context: dict(answer), any_body=False)(event(None), None)
    assert made.get("headers") == headers


def test_an_answer_is_left_alone_where_no_page_may_call(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(ALLOW_ORIGIN_VARIABLE, raising=False)
    assert guarded(answering, any_body=False)(event(None), None) == ANSWER


def test_lambda_gets_the_services_function(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "goods_function.py").write_text(
        "def answer(e, c):\n    return {'statusCode': 201}\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setenv(HANDLER_VARIABLE, "goods_function.answer")
    monkeypatch.setenv(ANY_BODY_VARIABLE, "true")
    try:
        handler = contract_function.handler
        assert handler(event("a", **{"Content-Type": "a/b"}), None) == {"statusCode": 201}
    finally:
        sys.modules.pop("goods_function", None)


def test_there_is_nothing_else_in_it() -> None:
    with pytest.raises(AttributeError, match="no attribute 'handlr'"):
        _ = contract_function.handlr
