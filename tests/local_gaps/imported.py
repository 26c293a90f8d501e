"""What an API consists of, read back over its own API."""

from __future__ import annotations

import json
from typing import Any

from tests.local_gaps.running import Aws


def read(aws: Aws, api_id: str) -> dict[str, Any]:
    """The API with its methods by path, models, validators, authorizers and gateway responses."""
    gateway = aws.client("apigateway")
    items = gateway.get_resources(restApiId=api_id, embed=["methods"], limit=500)["items"]
    validators = gateway.get_request_validators(restApiId=api_id)["items"]
    authorizers = gateway.get_authorizers(restApiId=api_id)["items"]
    responses = gateway.get_gateway_responses(restApiId=api_id)["items"]
    return {
        "api": gateway.get_rest_api(restApiId=api_id),
        "resource_ids": {item["path"]: item["id"] for item in items},
        "methods": {
            f"{verb} {item['path']}": method
            for item in items
            for verb, method in item.get("resourceMethods", {}).items()
        },
        "models": {
            model["name"]: json.loads(model["schema"])
            for model in gateway.get_models(restApiId=api_id)["items"]
        },
        "validators": {record["name"]: record for record in validators},
        "authorizers": {record["name"]: record for record in authorizers},
        "gateway_responses": {
            record["responseType"]: record for record in responses if not record["defaultResponse"]
        },
    }


def at(value: Any, path: str) -> Any:
    """The value at `a|b|0` of nested maps and lists."""
    for key in path.split("|"):
        value = value[int(key)] if isinstance(value, list) else value[key]
    return value
