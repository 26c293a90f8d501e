"""Usage plans in stacks: limits of a key, and lower ones of a single method.

'AWS::ApiGateway::UsagePlan ApiStage': Throttle holds limits by path and method.
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-apigateway-usageplan-apistage.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.local_gaps.running import Aws, Stack, document, mock

KEY_SCHEME = {"type": "apiKey", "name": "x-api-key", "in": "header"}
SLOW = {"RateLimit": 0.01, "BurstLimit": 2}


def resources(methods: dict[str, Any]) -> dict[str, Any]:
    """An API of three methods that need a key, a plan over it with these limits, and a key."""
    needs_key = mock("{}", security=[{"api_key": []}])
    body = document(
        {"/": {"get": needs_key}, "/a": {"get": needs_key, "post": needs_key}},
        components={"securitySchemes": {"api_key": KEY_SCHEME}},
    )
    stage = {"ApiId": {"Ref": "Api"}, "Stage": "live", "Throttle": methods}
    made: dict[str, tuple[str, dict[str, Any]]] = {
        "Api": ("RestApi", {"Body": body}),
        "Deployment": ("Deployment", {"RestApiId": {"Ref": "Api"}, "StageName": "live"}),
        "Plan": (
            "UsagePlan",
            {"ApiStages": [stage], "Throttle": {"RateLimit": 1000, "BurstLimit": 1000}},
        ),
        "Key": ("ApiKey", {"Enabled": True}),
        "OnPlan": (
            "UsagePlanKey",
            {"KeyId": {"Ref": "Key"}, "KeyType": "API_KEY", "UsagePlanId": {"Ref": "Plan"}},
        ),
    }
    return {
        name: {"Type": f"AWS::ApiGateway::{kind}", "Properties": properties}
        | ({"DependsOn": "Deployment"} if name == "Plan" else {})
        for name, (kind, properties) in made.items()
    }


def statuses(aws: Aws, stack: Stack, method: str, path: str, count: int = 4) -> list[int]:
    key = aws.client("apigateway").get_api_key(apiKey=stack.physical_id("Key"), includeValue=True)
    headers = {"x-api-key": key["value"]}
    api = stack.physical_id("Api")
    return [aws.call(api, path, method, headers=headers).status_code for _ in range(count)]


@pytest.mark.parametrize(
    ("limited", "method", "path"), [("/a/GET", "GET", "/a"), ("//GET", "GET", "/")]
)
def test_a_method_of_a_plan_is_limited_and_no_other(
    aws: Aws, limited: str, method: str, path: str
) -> None:
    stack = aws.stack(f"limits-{limited.count('a')}", resources({limited: SLOW}))
    assert statuses(aws, stack, method, path) == [200, 200, 429, 429]
    assert statuses(aws, stack, "POST", "/a") == [200] * 4


def test_an_updated_limit_holds(aws: Aws) -> None:
    stack = aws.stack("limits-updated", resources({"/a/GET": SLOW}))
    assert 429 in statuses(aws, stack, "GET", "/a")
    stack = aws.stack("limits-updated", resources({"/a/POST": SLOW}), update=True)
    assert statuses(aws, stack, "GET", "/a") == [200] * 4
    assert statuses(aws, stack, "POST", "/a") == [200, 200, 429, 429]
