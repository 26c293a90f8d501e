"""A stage's cache, asked over HTTP: each answer of the function has a number of its own."""

from collections.abc import Iterator

import httpx
import pytest

from tests.local.target import Target, wait_for


@pytest.fixture(scope="module")
def news(showcase: Target) -> Iterator[httpx.Client]:
    """The stage dev, whose cache is empty."""
    api = showcase.deployed.apis["news-v1"]
    showcase.client("apigateway").flush_stage_cache(restApiId=api.rest_api_id, stageName="dev")
    with httpx.Client(base_url=showcase.urls["news-v1"], timeout=30) as client:
        yield client


def answer(news: httpx.Client, path: str, key: str | None = None) -> str:
    response = news.get(path, headers={"x-api-key": key} if key else {})
    assert response.status_code == 200, response.text
    return str(response.json()["answer"])


@pytest.mark.proves("cache with TTL and keys of a method")
def test_an_answer_is_kept_by_its_keys(news: httpx.Client) -> None:
    first = answer(news, "headlines?limit=1&trace=a")
    assert answer(news, "headlines?limit=1&trace=b") == first
    assert answer(news, "headlines?limit=2") != first


def test_the_path_is_a_key_and_an_operation_may_keep_for_less_long(news: httpx.Client) -> None:
    first = answer(news, "headlines/h-1")
    assert answer(news, "headlines/h-2") != first
    wait_for(lambda: answer(news, "headlines/h-1") != first, "the answer of a second ago forgotten")


def test_callers_do_not_get_each_others_answers(news: httpx.Client, showcase: Target) -> None:
    with showcase.key() as one, showcase.key() as other:
        first = answer(news, "saved", one)
        assert answer(news, "saved", other) != first
        assert answer(news, "saved", one) == first
    # The key is still looked at.
    assert news.get("saved").status_code == 403


def test_what_is_not_named_is_not_kept(news: httpx.Client, showcase: Target) -> None:
    with showcase.key() as key:
        assert answer(news, "edition", key) != answer(news, "edition", key)


@pytest.mark.proves("cache invalidation protected")
def test_a_caller_without_the_permission_gets_no_new_answer(news: httpx.Client) -> None:
    first = answer(news, "headlines?limit=9")
    again = news.get("headlines?limit=9", headers={"Cache-Control": "max-age=0"})
    assert again.json()["answer"] == first
    assert again.headers["warning"].startswith("199 Cache-control headers were ignored")


def test_a_flush_forgets_every_answer(news: httpx.Client, showcase: Target) -> None:
    first = answer(news, "headlines?limit=5")
    api = showcase.deployed.apis["news-v1"]
    showcase.client("apigateway").flush_stage_cache(restApiId=api.rest_api_id, stageName="dev")
    assert answer(news, "headlines?limit=5") != first
