"""What API Gateway answers when a function fails, takes too long, or a payload is too large.

'Handling Lambda errors with an API Gateway API', 'Set up Lambda proxy integrations' (its output
format), 'Gateway response types' (INTEGRATION_TIMEOUT, REQUEST_TOO_LARGE), and both quotas:
https://docs.aws.amazon.com/lambda/latest/dg/services-apigateway-errors.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
https://repost.aws/knowledge-center/malformed-502-api-gateway
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.local_gaps.running import ACCOUNT, REGION, Aws, document, lambda_proxy

pytestmark = pytest.mark.long

INTERNAL = {"message": "Internal server error"}
GOOD = (
    '{"statusCode": 200, "body": "x"}',
    '{"statusCode": "200", "body": "x", "isBase64Encoded": False}',
    '{"statusCode": 200, "body": "x", "headers": None, "multiValueHeaders": {}}',
    '{"statusCode": 200, "body": "x", "headers": {"a": "b"}}',
)
# By the function's last line: what makes a 502 of it.
FAILED = {
    "raises": "raise ValueError('secret')",
    "exits": "os._exit(1)",
    "too-slow": "time.sleep(9)",
    "nothing": "return None",
    "text": "return 'secret'",
    "json-text": "return '{\"statusCode\": 200}'",
    "list": "return [{'statusCode': 200}]",
    "no-status": "return {'body': 'secret'}",
    "empty": "return {}",
    "status-null": "return {'statusCode': None, 'body': 'x'}",
    "status-true": "return {'statusCode': True, 'body': 'x'}",
    "status-text": "return {'statusCode': 'OK', 'body': 'x'}",
    "status-out-of-range": "return {'statusCode': 1000, 'body': 'x'}",
    "body-object": "return {'statusCode': 200, 'body': {'a': 'secret'}}",
    "body-number": "return {'statusCode': 200, 'body': 1}",
    "headers-list": "return {'statusCode': 200, 'headers': ['a']}",
    "answer-too-large": "return {'statusCode': 200, 'body': 'x' * 6_291_456}",
}


def serve(aws: Aws, name: str, line: str, more: Any = None, **integration: Any) -> str:
    """An API whose only method is answered by a function that ends with this line."""
    code = f"import os, time\ndef handler(event, context):\n    {line}\n"
    arn = aws.function(name, code)
    aws.client("lambda").update_function_configuration(FunctionName=name, Timeout=1)
    aws.permit(name, f"arn:aws:execute-api:{REGION}:{ACCOUNT}:*")
    operation = lambda_proxy(arn, **integration)
    return aws.import_api(document({"/": {"get": operation, "post": operation}}, **(more or {})))


@pytest.mark.parametrize("output", GOOD)
def test_the_format_of_the_documentation_is_good(aws: Aws, output: str) -> None:
    api = serve(aws, f"good-{GOOD.index(output)}", f"return {output}")
    response = aws.call(api, "/")
    assert (response.status_code, response.text) == (200, "x")


def test_a_502_of_the_function_is_its_own(aws: Aws) -> None:
    api = serve(aws, "own-502", "return {'statusCode': 502, 'body': 'mine'}")
    assert aws.call(api, "/").text == "mine"


@pytest.mark.parametrize("name", FAILED)
def test_a_failure_is_a_502_that_says_nothing(aws: Aws, name: str, log: Path) -> None:
    response = aws.call(serve(aws, f"failed-{name}", FAILED[name]), "/")
    assert (response.status_code, response.json()) == (502, INTERNAL)
    assert response.headers["x-amzn-errortype"] == "InternalServerErrorException"
    assert f"failed-{name}" in log.read_text()


def test_a_rejected_invocation_is_a_500(aws: Aws) -> None:
    api = serve(aws, "rejected", "return {'statusCode': 200}")
    aws.client("lambda").put_function_concurrency(
        FunctionName="rejected", ReservedConcurrentExecutions=0
    )
    response = aws.call(api, "/")
    assert (response.status_code, response.json()) == (500, INTERNAL)


def responses(name: str, **more: str) -> dict[str, Any]:
    template = {"application/json": '{"why":"$context.error.responseType"}'}
    found = {"responseTemplates": template, **more}
    return {"x-amazon-apigateway-gateway-responses": {name: found}}


@pytest.mark.parametrize(
    ("name", "more", "status"),
    [("template", {}, 502), ("status", {"statusCode": "500"}, 500)],
    ids=["template", "status"],
)
def test_a_failure_goes_through_the_gateway_response(
    aws: Aws, name: str, more: dict[str, str], status: int
) -> None:
    api = serve(aws, f"custom-{name}", "os._exit(1)", responses("DEFAULT_5XX", **more))
    response = aws.call(api, "/")
    assert (response.status_code, response.json()) == (status, {"why": "DEFAULT_5XX"})


SLOW = "time.sleep(.6); open(%r, 'w').close(); return {'statusCode': 200}"


def test_an_integration_that_takes_too_long_is_a_504(aws: Aws, tmp_path: Path) -> None:
    done = tmp_path / "done"
    api = serve(aws, "slow", SLOW % str(done), timeoutInMillis=100)
    began = time.monotonic()
    response = aws.call(api, "/")
    assert time.monotonic() - began < 5
    assert (response.status_code, response.json()) == (
        504,
        {"message": "Endpoint request timed out"},
    )
    for _ in range(100):
        if done.exists():
            return
        time.sleep(0.1)
    raise AssertionError("the function did not go on")


def test_one_that_takes_less_is_served(aws: Aws, tmp_path: Path) -> None:
    api = serve(aws, "less-slow", SLOW % str(tmp_path / "done"), timeoutInMillis=20_000)
    assert aws.call(api, "/").status_code == 200


def test_a_504_goes_through_its_gateway_response(aws: Aws, tmp_path: Path) -> None:
    more = responses("INTEGRATION_TIMEOUT", statusCode="503")
    api = serve(aws, "slow-custom", SLOW % str(tmp_path / "done"), more, timeoutInMillis=100)
    response = aws.call(api, "/")
    assert (response.status_code, response.json()) == (503, {"why": "INTEGRATION_TIMEOUT"})


ECHO = "return {'statusCode': 200, 'body': str(len(event['body']))}"


def send(aws: Aws, api: str, content: bytes) -> httpx.Response:
    return aws.call(api, "/", "POST", content=content)


def test_a_request_above_10_mb_is_a_413(aws: Aws) -> None:
    response = send(aws, serve(aws, "huge", ECHO), b"x" * (10 * 1024 * 1024 + 1))
    assert response.status_code == 413
    assert response.text == "HTTP content length exceeded 10485760 bytes."


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"x" * 6_000_000, 200),
        (b"x" * 6_300_000, 413),
        (b"x" * 10 * 1024 * 1024, 413),
        (b'"' * 3_000_000, 200),
        (b'"' * 3_200_000, 413),
    ],
    ids=["6mb", "more", "10mb", "quotes", "more-quotes"],
)
def test_an_event_above_6_mb_is_a_413(
    aws: Aws, request: pytest.FixtureRequest, content: bytes, status: int
) -> None:
    name = request.node.callspec.id
    response = send(aws, serve(aws, f"event-{name}", ECHO), content)
    expected = str(len(content)) if status == 200 else '{"message":"Request Too Long"}'
    assert (response.status_code, response.text) == (status, expected)
