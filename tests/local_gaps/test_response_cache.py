"""A stage's cache.

'Cache settings for REST APIs in API Gateway':
https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html
"""

from __future__ import annotations

import time
from typing import Any

import pytest

from tests.local_gaps.running import ACCOUNT, REGION, Aws, document, lambda_proxy

ANSWER = """
import uuid
def handler(event, context):
    status = int((event.get("queryStringParameters") or {}).get("status", 200))
    return {"statusCode": status, "body": uuid.uuid4().hex + "x" * (
        1_048_577 if event["path"] == "/large" else 0)}
"""
REFRESH = {"Cache-Control": "max-age=0"}
WARNING = "199 Cache-control headers were ignored because the caller was unauthorized."


@pytest.fixture(scope="module")
def cached(aws: Aws) -> str:
    """An API with a cache at the stage `live`, for every GET."""
    arn = aws.function("caching", ANSWER)
    keys = {"cacheKeyParameters": ["method.request.querystring.page", "method.request.header.X-A"]}
    parameters = [
        {"name": "page", "in": "query", "schema": {"type": "string"}},
        {"name": "X-A", "in": "header", "schema": {"type": "string"}},
    ]
    item = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
    plain = {verb: lambda_proxy(arn) for verb in ("get", "post")}
    keyed = {**lambda_proxy(arn, **keys), "parameters": parameters}
    by_id = {"cacheKeyParameters": ["method.request.path.id"]}
    paths: dict[str, Any] = {
        "/plain": plain,
        "/large": {"get": lambda_proxy(arn)},
        "/off": {"get": lambda_proxy(arn)},
        "/short": {"get": lambda_proxy(arn)},
        "/keyed": {"get": keyed},
        "/items/{id}": {"get": {**lambda_proxy(arn, **by_id), "parameters": [item]}},
        "/things/{id}": {"get": {**lambda_proxy(arn), "parameters": [item]}},
    }
    api = aws.import_api(document(paths))
    aws.permit("caching", f"arn:aws:execute-api:{REGION}:{ACCOUNT}:{api}/*/*/*")
    change(
        aws,
        api,
        {
            "/cacheClusterEnabled": "true",
            "/cacheClusterSize": "0.5",
            "/*/*/caching/enabled": "true",
            "/~1off/GET/caching/enabled": "false",
            "/~1short/GET/caching/enabled": "true",
            "/~1short/GET/caching/ttlInSeconds": "1",
        },
    )
    return api


def change(aws: Aws, api: str, values: dict[str, str]) -> None:
    aws.client("apigateway").update_stage(
        restApiId=api,
        stageName="live",
        patchOperations=[
            {"op": "replace", "path": path, "value": value} for path, value in values.items()
        ],
    )


# Two requests -> whether the second is answered from the cache.
CASES: dict[str, tuple[str, str, str, dict[str, Any], dict[str, Any], bool]] = {
    "the same GET": ("GET", "/plain", "/plain", {}, {}, True),
    "a POST": ("POST", "/plain", "/plain", {}, {}, False),
    "caching off for the method": ("GET", "/off", "/off", {}, {}, False),
    "more than a megabyte": ("GET", "/large", "/large", {}, {}, False),
    "an error": ("GET", "/plain?status=404&e=1", "/plain", {}, {}, True),
    "a parameter that is no key": ("GET", "/plain?page=1", "/plain?page=2", {}, {}, True),
    "the same keys": ("GET", "/keyed?page=1&z=1", "/keyed?page=1&z=2", {}, {}, True),
    "another query key": ("GET", "/keyed?page=3", "/keyed?page=4", {}, {}, False),
    "another header key": ("GET", "/keyed", "/keyed", {"X-A": "1"}, {"X-A": "2"}, False),
    "a header key in other case": ("GET", "/keyed", "/keyed", {"X-A": "3"}, {"x-a": "3"}, True),
    "another path key": ("GET", "/items/1", "/items/2", {}, {}, False),
    "the same path key": ("GET", "/items/3", "/items/3", {}, {}, True),
    "a path parameter that is no key": ("GET", "/things/1", "/things/2", {}, {}, True),
    "max-age=0 without the permission": ("GET", "/plain", "/plain", {}, REFRESH, True),
}


@pytest.mark.parametrize(
    ("method", "first", "second", "headers", "others", "is_kept"), CASES.values(), ids=CASES
)
def test_cases(
    aws: Aws,
    cached: str,
    method: str,
    first: str,
    second: str,
    headers: dict[str, Any],
    others: dict[str, Any],
    is_kept: bool,
) -> None:
    flush(aws, cached)
    answers = [
        aws.call(cached, first, method, headers=headers),
        aws.call(cached, second, method, headers=others),
    ]
    assert (answers[0].text == answers[1].text) == is_kept
    if is_kept:
        assert answers[0].status_code == answers[1].status_code


def flush(aws: Aws, api: str) -> None:
    aws.client("apigateway").flush_stage_cache(restApiId=api, stageName="live")


def test_an_answer_is_kept_as_long_as_its_method_says(aws: Aws, cached: str) -> None:
    flush(aws, cached)
    first = aws.call(cached, "/short").text
    assert aws.call(cached, "/short").text == first
    time.sleep(1.1)
    assert aws.call(cached, "/short").text != first


def test_a_flushed_cache_is_empty(aws: Aws, cached: str) -> None:
    first = aws.call(cached, "/plain").text
    flush(aws, cached)
    assert aws.call(cached, "/plain").text != first


# What becomes of max-age=0 of a caller without the permission -> status, warning.
STRATEGIES: dict[str, tuple[int, str | None]] = {
    "FAIL_WITH_403": (403, None),
    "SUCCEED_WITH_RESPONSE_HEADER": (200, WARNING),
    "SUCCEED_WITHOUT_RESPONSE_HEADER": (200, None),
}


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_a_caller_without_the_permission(aws: Aws, cached: str, strategy: str) -> None:
    setting = "/~1plain/GET/caching/unauthorizedCacheControlHeaderStrategy"
    change(aws, cached, {setting: strategy, "/~1plain/GET/caching/enabled": "true"})
    first = aws.call(cached, "/plain")
    second = aws.call(cached, "/plain", headers=REFRESH)
    assert (second.status_code, second.headers.get("warning")) == STRATEGIES[strategy]
    assert second.status_code == 403 or second.text == first.text


def test_everybody_may_where_no_authorization_is_required(aws: Aws, cached: str) -> None:
    setting = "/~1short/GET/caching/requireAuthorizationForCacheControl"
    change(aws, cached, {setting: "false", "/~1short/GET/caching/ttlInSeconds": "3600"})
    first = aws.call(cached, "/short").text
    second = aws.call(cached, "/short", headers=REFRESH)
    assert second.text != first
    assert "warning" not in second.headers
    # The new answer takes the place of the one before.
    assert aws.call(cached, "/short").text == second.text


def test_a_cache_of_another_size_is_empty(aws: Aws, cached: str) -> None:
    first = aws.call(cached, "/keyed").text
    change(aws, cached, {"/cacheClusterSize": "1.6"})
    assert aws.call(cached, "/keyed").text != first
    change(aws, cached, {"/cacheClusterEnabled": "false"})
    assert len({aws.call(cached, "/keyed").text for _ in range(3)}) == 3


def kept_for(aws: Aws, api: str) -> str:
    return aws.call(api, "/plain").text


def test_a_canary_has_no_cache_unless_it_is_to(aws: Aws, cached: str) -> None:
    """And then answers of another deployment are kept apart, and those of the same are not."""
    gateway = aws.client("apigateway")
    names = {"restApiId": cached, "stageName": "live"}
    change(aws, cached, {"/cacheClusterEnabled": "true"})
    deployments = {
        "same": gateway.get_stage(**names)["deploymentId"],
        "other": gateway.create_deployment(restApiId=cached)["id"],
    }
    stable = kept_for(aws, cached)
    for which, deployment in deployments.items():
        settings = {"deploymentId": deployment, "percentTraffic": "100", "useStageCache": "false"}
        change(aws, cached, {f"/canarySettings/{name}": text for name, text in settings.items()})
        assert len({stable, kept_for(aws, cached), kept_for(aws, cached)}) == 3
        change(aws, cached, {"/canarySettings/useStageCache": "true"})
        found = {kept_for(aws, cached) for _ in range(3)}
        assert len(found) == 1
        assert (found == {stable}) == (which == "same")
    gateway.update_stage(**names, patchOperations=[{"op": "remove", "path": "/canarySettings"}])
    assert kept_for(aws, cached) == stable
