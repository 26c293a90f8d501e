"""API keys: reading without values, disabling, tags.

https://docs.aws.amazon.com/apigateway/latest/api/API_GetApiKeys.html: includeValues is `false`
unless said. https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html: the value of a
patch is text. https://docs.aws.amazon.com/apigateway/latest/api/API_TagResource.html
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.local_gaps.running import REGION, Aws, document, mock

KEY_SCHEME = {"type": "apiKey", "name": "x-api-key", "in": "header"}


@pytest.fixture
def gateway(aws: Aws) -> Any:
    return aws.client("apigateway")


@pytest.fixture
def key(gateway: Any) -> Iterator[dict[str, Any]]:
    made = gateway.create_api_key(name="case", enabled=True, tags={"team": "a"})
    yield made
    gateway.delete_api_key(apiKey=made["id"])


def test_a_value_is_told_at_creation_and_when_asked_for(gateway: Any, key: dict[str, Any]) -> None:
    value, key_id = key["value"], key["id"]
    assert "value" not in gateway.get_api_key(apiKey=key_id)
    assert "value" not in gateway.get_api_key(apiKey=key_id, includeValue=False)
    assert gateway.get_api_key(apiKey=key_id, includeValue=True)["value"] == value
    assert [k.get("value") for k in gateway.get_api_keys()["items"] if k["id"] == key_id] == [None]
    listed = gateway.get_api_keys(includeValues=True)["items"]
    assert [k["value"] for k in listed if k["id"] == key_id] == [value]


def test_a_disabled_key_is_refused_until_it_is_enabled(
    aws: Aws, gateway: Any, key: dict[str, Any]
) -> None:
    operation = mock("{}", security=[{"api_key": []}])
    api_id = aws.import_api(
        document(
            {"/a": {"get": operation}}, components={"securitySchemes": {"api_key": KEY_SCHEME}}
        )
    )
    stages = [{"apiId": api_id, "stage": "live"}]
    plan = gateway.create_usage_plan(name="case", apiStages=stages)
    gateway.create_usage_plan_key(usagePlanId=plan["id"], keyId=key["id"], keyType="API_KEY")
    statuses = []
    for enabled in ("false", "true"):
        patch = [{"op": "replace", "path": "/enabled", "value": enabled}]
        changed = gateway.update_api_key(apiKey=key["id"], patchOperations=patch)
        assert changed["enabled"] is (enabled == "true")
        statuses.append(aws.call(api_id, "/a", headers={"x-api-key": key["value"]}).status_code)
    assert statuses == [403, 200]


def test_enabled_is_true_or_false(gateway: Any, key: dict[str, Any]) -> None:
    patch = [{"op": "replace", "path": "/enabled", "value": "no"}]
    with pytest.raises(ClientError, match="BadRequestException"):
        gateway.update_api_key(apiKey=key["id"], patchOperations=patch)


def test_tags_are_the_keys(gateway: Any, key: dict[str, Any]) -> None:
    arn = f"arn:aws:apigateway:{REGION}::/apikeys/{key['id']}"
    gateway.tag_resource(resourceArn=arn, tags={"until": "tomorrow", "team": "b"})
    tags = {"until": "tomorrow", "team": "b"}
    assert gateway.get_api_key(apiKey=key["id"])["tags"] == tags
    gateway.untag_resource(resourceArn=arn, tagKeys=["until"])
    assert gateway.get_api_key(apiKey=key["id"])["tags"] == {"team": "b"}


def test_tags_of_a_key_that_is_gone_are_refused(gateway: Any) -> None:
    arn = f"arn:aws:apigateway:{REGION}::/apikeys/none"
    with pytest.raises(ClientError, match="NotFoundException"):
        gateway.tag_resource(resourceArn=arn, tags={"a": "b"})
