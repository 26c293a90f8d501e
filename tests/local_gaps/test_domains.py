"""A custom domain name of a running server: mappings, rules in stacks, modes, default endpoints.

https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mappings.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-routing-mode.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-disable-default-endpoint.html
"""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.local_gaps.running import Aws, document, mock


@pytest.fixture(scope="module")
def apis(aws: Aws) -> dict[str, str]:
    """The ids of two APIs, which say who they are on every path of one word, and on none."""
    return {
        name: aws.import_api(document({"/": {"get": mock(name)}, "/{a}": {"get": mock(name)}}))
        for name in ("one", "two")
    }


def domain(name: str, mode: str) -> dict[str, Any]:
    settings = {"DomainName": name, "RoutingMode": mode}
    return {"Type": "AWS::ApiGateway::DomainName", "Properties": settings}


def mapping(api: str, key: str) -> dict[str, Any]:
    target = {"ApiId": api, "Stage": "live", "ApiMappingKey": key}
    return {
        "Type": "AWS::ApiGatewayV2::ApiMapping",
        "Properties": {"DomainName": {"Ref": "Domain"}, **target},
    }


def rule(api: str, priority: int, *conditions: dict[str, Any]) -> dict[str, Any]:
    action = {"InvokeApi": {"ApiId": api, "Stage": "live", "StripBasePath": True}}
    return {
        "Type": "AWS::ApiGatewayV2::RoutingRule",
        "Properties": {
            "DomainNameArn": {"Fn::GetAtt": ["Domain", "DomainNameArn"]},
            "Priority": priority,
            "Conditions": list(conditions),
            "Actions": [action],
        },
    }


def told(aws: Aws, host: str, path: str, **headers: str) -> str:
    answer = aws.http.get(f"{aws.endpoint}{path}", headers={"Host": host, **headers})
    return answer.text if answer.status_code == 200 else str(answer.status_code)


@pytest.fixture(scope="module")
def mapped(aws: Aws, apis: dict[str, str]) -> str:
    """A domain name with base paths of several lengths."""
    name = "mapped.localhost"
    stack = aws.stack(
        "mapped",
        {
            "Domain": domain(name, "BASE_PATH_MAPPING_ONLY"),
            "Root": mapping(apis["one"], ""),
            "Orders": mapping(apis["two"], "orders"),
            "Items": mapping(apis["one"], "orders/v1/items"),
        },
    )
    assert stack.status == "CREATE_COMPLETE", stack.reasons
    return name


# "Mapping API requests": the longest path wins, and the rest goes to the empty one.
@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("/orders", "two"),
        ("/orders/1", "two"),
        ("/orders/v1/items", "one"),
        ("/orders/v1/items/1", "one"),
        ("/other", "one"),
        ("/", "one"),
    ],
)
def test_the_longest_base_path_wins(aws: Aws, mapped: str, path: str, answer: str) -> None:
    assert told(aws, mapped, path) == answer


HELLO = {"MatchHeaders": {"AnyOf": [{"Header": "Hello", "ValueGlob": "World"}]}}


@pytest.mark.parametrize(
    ("mode", "with_header", "without"),
    [
        ("BASE_PATH_MAPPING_ONLY", "two", "two"),
        ("ROUTING_RULE_ONLY", "one", "403"),
        ("ROUTING_RULE_THEN_BASE_PATH_MAPPING", "one", "two"),
    ],
)
def test_the_mode_says_who_is_asked(
    aws: Aws, apis: dict[str, str], mode: str, with_header: str, without: str
) -> None:
    name = f"{mode.lower().replace('_', '-')}.localhost"
    stack = aws.stack(
        mode.lower().replace("_", "-"),
        {
            "Domain": domain(name, mode),
            "Mapping": mapping(apis["two"], ""),
            "Rule": rule(apis["one"], 10, HELLO),
        },
    )
    assert stack.status == "CREATE_COMPLETE", stack.reasons
    assert told(aws, name, "/", hello="World") == with_header
    assert told(aws, name, "/") == without


def test_a_rule_changes_in_place_and_goes(aws: Aws, apis: dict[str, str]) -> None:
    name = "changed.localhost"
    here = {"Domain": domain(name, "ROUTING_RULE_ONLY")}
    made = aws.stack("changed", {**here, "Rule": rule(apis["one"], 10)})
    assert told(aws, name, "/") == "one"
    changed = aws.stack("changed", {**here, "Rule": rule(apis["two"], 20)}, update=True)
    assert told(aws, name, "/") == "two"
    assert changed.physical_id("Rule") == made.physical_id("Rule")
    aws.stack("changed", here, update=True)
    assert told(aws, name, "/") == "403"


def test_two_rules_cannot_have_one_priority(aws: Aws, apis: dict[str, str]) -> None:
    stack = aws.stack(
        "twice",
        {
            "Domain": domain("twice.localhost", "ROUTING_RULE_ONLY"),
            "One": rule(apis["one"], 10),
            "Two": rule(apis["two"], 10, HELLO),
        },
    )
    assert stack.status == "ROLLBACK_COMPLETE"
    assert "has the priority 10" in stack.reasons


@pytest.mark.parametrize(("disabled", "status"), [("true", 403), ("false", 200)])
def test_a_default_endpoint_may_be_disabled(
    aws: Aws, apis: dict[str, str], disabled: str, status: int
) -> None:
    change = {"op": "replace", "path": "/disableExecuteApiEndpoint", "value": disabled}
    aws.client("apigateway").update_rest_api(restApiId=apis["one"], patchOperations=[change])
    host = {"Host": f"{apis['one']}.execute-api.localhost"}
    answer: httpx.Response = aws.http.get(f"{aws.endpoint}/live/", headers=host)
    assert answer.status_code == status
    # The embedded AWS's own address is none of AWS's, and stays.
    assert aws.call(apis["one"], "/").status_code == 200
