"""API keys that an authorizer names.

'Choose an API key source': HEADER is X-API-Key, AUTHORIZER the key in the authorizer's answer.
'Output from an API Gateway Lambda authorizer': `usageIdentifierKey` is one of the plan's API keys.
https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-key-source.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html
"""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from tests.local_gaps.running import ACCOUNT, REGION, Aws, document, lambda_uri, mock

# The header names the key, and what else the answer is to hold.
AUTHORIZE = """
def handler(event, context):
    key = event["headers"].get("X-Caller") or event["headers"].get("x-caller")
    answer = {
        "principalId": "someone",
        "policyDocument": {"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": "*"}]},
        "context": {"tier": "gold"},
    }
    return answer if key == "none" else {**answer, "usageIdentifierKey": key}
"""
KEY_SCHEME = {"type": "apiKey", "name": "x-api-key", "in": "header"}
SHOW = '{"tier": "$context.authorizer.tier", "key": "$context.identity.apiKey"}'
NUMBERS = itertools.count()


@pytest.fixture(scope="module")
def authorizer(aws: Aws) -> str:
    arn = aws.function("names-keys", AUTHORIZE)
    aws.permit("names-keys", f"arn:aws:execute-api:{REGION}:{ACCOUNT}:*")
    return lambda_uri(arn)


def api(aws: Aws, authorizer: str, source: str, seconds: int = 0) -> str:
    """An API with one method that needs a key, which comes from this source."""
    caller = {
        "type": "apiKey",
        "name": "X-Caller",
        "in": "header",
        "x-amazon-apigateway-authtype": "custom",
        "x-amazon-apigateway-authorizer": {
            "type": "request",
            "identitySource": "method.request.header.X-Caller",
            "authorizerUri": authorizer,
            "authorizerResultTtlInSeconds": seconds,
        },
    }
    schemes = {"api_key": KEY_SCHEME, "caller": caller}
    operation = mock(SHOW, security=[{"api_key": [], "caller": []}])
    content = document({"/a": {"get": operation}}, components={"securitySchemes": schemes})
    return aws.import_api({**content, "x-amazon-apigateway-api-key-source": source})


def key_for(aws: Aws, api_id: str, burst: int = 1000) -> str:
    """The value of a new key on a new plan over the API."""
    gateway = aws.client("apigateway")
    plan = gateway.create_usage_plan(
        name="named",
        apiStages=[{"apiId": api_id, "stage": "live"}],
        throttle={"rateLimit": 0.001, "burstLimit": burst},
    )
    key = gateway.create_api_key(name=f"named-{next(NUMBERS)}", enabled=True)
    gateway.create_usage_plan_key(usagePlanId=plan["id"], keyId=key["id"], keyType="API_KEY")
    return str(key["value"])


def call(aws: Aws, api_id: str, caller: str, key: str = "") -> Any:
    return aws.call(
        api_id, "/a", headers={"X-Caller": caller} | ({"x-api-key": key} if key else {})
    )


@pytest.mark.parametrize("seconds", [0, 300])
def test_the_key_is_the_authorizers(aws: Aws, authorizer: str, seconds: int) -> None:
    api_id = api(aws, authorizer, "AUTHORIZER", seconds)
    key = key_for(aws, api_id)
    for _ in range(2):  # the second time from the cache, where there is one
        answer = call(aws, api_id, key)
        assert (answer.status_code, answer.json()) == (200, {"tier": "gold", "key": key})


@pytest.mark.parametrize("seconds", [0, 300])
def test_the_keys_plan_limits_its_caller(aws: Aws, authorizer: str, seconds: int) -> None:
    api_id = api(aws, authorizer, "AUTHORIZER", seconds)
    small, large = key_for(aws, api_id, burst=2), key_for(aws, api_id)
    assert [call(aws, api_id, small).status_code for _ in range(3)] == [200, 200, 429]
    assert call(aws, api_id, large).status_code == 200


@pytest.mark.parametrize("caller", ["none", "x" * 30], ids=["no key named", "an unknown key"])
def test_without_a_good_key_from_the_authorizer_it_is_a_403(
    aws: Aws, authorizer: str, caller: str
) -> None:
    api_id = api(aws, authorizer, "AUTHORIZER")
    # One in the header is not looked at.
    answer = call(aws, api_id, caller, key_for(aws, api_id))
    assert (answer.status_code, answer.json()) == (403, {"message": "Forbidden"})


def test_with_the_header_as_the_source_the_authorizers_key_is_not_looked_at(
    aws: Aws, authorizer: str
) -> None:
    api_id = api(aws, authorizer, "HEADER")
    key = key_for(aws, api_id)
    assert call(aws, api_id, key).status_code == 403
    assert call(aws, api_id, "none", key).status_code == 200
