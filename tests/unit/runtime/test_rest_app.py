"""Errors in one shape, and CORS on every answer."""

import json

import pytest
from aws_lambda_powertools import Metrics
from aws_lambda_powertools.event_handler.exceptions import NotFoundError

from gatewright.runtime import RestApp
from gatewright.runtime.variables import ALLOW_ORIGIN_VARIABLE
from tests.unit.proxy_events import proxy_event

FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def app() -> RestApp:
    app = RestApp()

    @app.get("/missing")
    def missing() -> dict[str, str]:
        raise NotFoundError("no such thing")

    @app.get("/broken")
    def broken() -> dict[str, str]:
        raise RuntimeError("secret detail")

    @app.get("/double/<number>")
    def double(number: int) -> dict[str, int]:
        return {"double": 2 * number}

    @app.get("/wrong-answer")
    def wrong_answer() -> int:
        return "secret"  # type: ignore[return-value]

    @app.get("/said/<word>")
    def said(word: str) -> dict[str, str]:
        return {"word": word}

    @app.post("/echo")
    def echo(body: dict[str, str]) -> dict[str, str]:
        return body

    return app


@pytest.mark.parametrize(
    ("event", "status", "message"),
    [
        (proxy_event("GET", "/missing"), 404, "no such thing"),
        (proxy_event("GET", "/nowhere"), 404, "Not found"),
        (proxy_event("GET", "/broken"), 500, "Internal server error"),
        (proxy_event("GET", "/wrong-answer"), 500, "Internal server error"),
        (proxy_event("GET", "/double/x"), 400, "Invalid request"),
        (proxy_event("POST", "/echo", "x", "text/plain"), 415, "Unsupported content type"),
        (proxy_event("POST", "/echo", "a=b", FORM), 415, "Unsupported content type"),
        (proxy_event("POST", "/echo", "a=b", "multipart/form-data"), 415, "Unsupported"),
        (proxy_event("POST", "/echo", "{}", "application/jsonx"), 415, "Unsupported content type"),
        (proxy_event("POST", "/echo", "{"), 400, "Invalid request"),
    ],
    ids=[
        "service-error",
        "no-route",
        "unexpected",
        "wrong-answer",
        "parameter",
        "content-type",
        "form",
        "form-of-no-parts",
        "nearly-json",
        "not-json",
    ],
)
def test_errors_have_one_shape(
    app: RestApp, event: dict[str, object], status: int, message: str
) -> None:
    response = app(event, None)
    body = json.loads(response["body"])
    assert response["statusCode"] == status
    assert body["message"].startswith(message)
    assert body["request_id"] == "request-1"
    assert "secret" not in response["body"]


@pytest.mark.parametrize("content_type", ["Application/JSON; charset=utf-8", ""])
def test_json_is_json_however_it_is_written(app: RestApp, content_type: str) -> None:
    response = app(proxy_event("POST", "/echo", '{"a": "b"}', content_type), None)
    assert (response["statusCode"], response["body"]) == (200, '{"a":"b"}')


@pytest.mark.parametrize("word", ["plain", 'a "b"', "\\", "`", "#?", "\t\n", "·", "\U000253ad"])
def test_a_path_takes_every_value(app: RestApp, word: str) -> None:
    response = app(proxy_event("GET", f"/said/{word}"), None)
    assert response["statusCode"] == 200
    assert json.loads(response["body"]) == {"word": word}


def test_an_unexpected_error_is_logged_with_its_cause(
    app: RestApp, caplog: pytest.LogCaptureFixture
) -> None:
    app(proxy_event("GET", "/broken"), None)
    [record] = caplog.records
    assert record.exc_info is not None
    assert str(record.exc_info[1]) == "secret detail"


@pytest.mark.parametrize("path", ["/double/2", "/missing", "/nowhere", "/broken", "/double/x"])
def test_the_allowed_origin_is_on_every_answer(
    app: RestApp, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(ALLOW_ORIGIN_VARIABLE, "https://shop.example")
    headers = app(proxy_event("GET", path), None)["multiValueHeaders"]
    assert headers["Access-Control-Allow-Origin"] == ["https://shop.example"]


def test_without_an_allowed_origin_browsers_are_kept_out(
    app: RestApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(ALLOW_ORIGIN_VARIABLE, raising=False)
    headers = app(proxy_event("GET", "/double/2"), None)["multiValueHeaders"]
    assert "Access-Control-Allow-Origin" not in headers


def test_a_metric_that_cannot_be_written_spoils_no_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    metrics = Metrics(service="test")
    monkeypatch.setattr(metrics.provider, "namespace", None)
    app = RestApp(metrics=metrics)

    @app.get("/counted")
    def counted() -> dict[str, str]:
        metrics.add_metric(name="Counted", unit="Count", value=1)
        return {"done": "yes"}

    assert app(proxy_event("GET", "/counted"), None)["statusCode"] == 200
    assert not metrics.metric_set
