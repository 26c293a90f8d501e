"""An answer that a function writes line by line, read line by line over HTTP."""

import time
from collections.abc import Iterator

import httpx
import pytest

from tests.local.target import Target


@pytest.fixture(scope="module")
def news(showcase: Target) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=showcase.urls["news-v1"], timeout=30) as client:
        yield client


@pytest.mark.proves("response streaming")
def test_the_first_line_is_here_before_the_last_is_written(news: httpx.Client) -> None:
    arrived, written = [], []
    with news.stream("GET", "ticker") as response:
        assert (response.status_code, response.headers["content-type"]) == (200, "text/plain")
        assert response.headers["x-request"]
        for line in response.iter_lines():
            arrived.append(time.time())
            written.append(line.rpartition(" ")[2])
    assert written[-1] == "end"
    assert arrived[0] < float(written[2])


def test_an_error_before_the_first_byte_is_the_gateways(news: httpx.Client) -> None:
    response = news.get("ticker?fail=first")
    assert response.status_code == 502
    assert response.json()["message"] == "Internal server error"
    assert news.get("ticker").text.endswith("end\n")


def test_an_error_after_it_cuts_the_answer_off(news: httpx.Client) -> None:
    lines: list[str] = []
    with (
        news.stream("GET", "ticker?fail=last") as response,
        pytest.raises(httpx.RemoteProtocolError),
    ):
        lines.extend(line for line in response.iter_lines())
    assert response.status_code == 200
    assert "end" not in lines
