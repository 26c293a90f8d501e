"""A change of the API is served after the next deployment, a change of the stage at once.

'Updates to REST APIs that require redeployment' and 'Create a deployment for a REST API':
https://docs.aws.amazon.com/apigateway/latest/developerguide/updating-api.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-deployments.html
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.local_gaps.deployable import NEW, Live, body
from tests.local_gaps.running import Aws, document, mock

Answer = tuple[int, str]


@dataclass(frozen=True)
class Case:
    """A request, and what it is answered before and after the change."""

    change: Callable[[Live], Any]
    request: str
    before: Answer
    after: Answer
    headers: Mapping[str, str] = field(default_factory=dict)


def add_resource(live: Live) -> None:
    made = live.gateway.create_resource(restApiId=live.api, parentId=live.ids["/"], pathPart="new")[
        "id"
    ]
    names = {"restApiId": live.api, "httpMethod": "GET", "resourceId": made}
    templates = {"application/json": '{"statusCode": 200}'}
    live.gateway.put_method(**names, authorizationType="NONE")
    live.gateway.put_integration(**names, type="MOCK", requestTemplates=templates)
    live.gateway.put_integration_response(**names, statusCode="200")


OPEN = (200, "old 1")
MISSING = (403, '{"message":"Missing Authentication Token"}')
INVALID = (400, '{"message": "Invalid request body"}')
JSON, PNG = {"Content-Type": "application/json"}, {"Content-Type": "image/png"}

NEED_DEPLOYMENT: dict[str, Case] = {
    "resource-added": Case(add_resource, "GET /new", MISSING, (200, "")),
    "resource-deleted": Case(
        lambda live: live.gateway.delete_resource(
            restApiId=live.api, resourceId=live.ids["/open"]),
        "GET /open", OPEN, MISSING),
    "method": Case(
        lambda live: live.replace("method", "/apiKeyRequired", "true", **live.get_of("/open")),
        "GET /open", OPEN, (403, '{"message":"Forbidden"}')),
    "integration": Case(
        lambda live: live.gateway.put_integration(
            **live.get_of("/open"), type="MOCK", requestTemplates={"application/json": "{}"}),
        "GET /open", OPEN, (500, '{"message": "Internal server error"}')),
    "integration-response": Case(
        lambda live: live.gateway.put_integration_response(
            **live.get_of("/open"), statusCode="200",
            responseTemplates={"application/json": "new"}),
        "GET /open", OPEN, (200, "new")),
    "model": Case(
        lambda live: live.replace("model", "/schema", '{"type": "array"}', modelName="M"),
        "POST /validated", INVALID, (200, "valid"), JSON),
    "request-validator": Case(
        lambda live: live.replace(
            "request_validator", "/validateRequestBody", "false",
            requestValidatorId=live.ids["validator"]),
        "POST /validated", INVALID, (200, "valid"), JSON),
    "authorizer": Case(
        lambda live: live.replace(
            "authorizer", "/identityValidationExpression", "better",
            authorizerId=live.ids["authorizer"]),
        "GET /guarded", (200, "in"), (401, '{"message":"Unauthorized"}'), {"X-Token": "good"}),
    "gateway-response": Case(
        lambda live: live.gateway.put_gateway_response(
            restApiId=live.api, responseType="MISSING_AUTHENTICATION_TOKEN", statusCode="404"),
        "GET /none", MISSING, (404, MISSING[1])),
    "binary-media-type": Case(
        lambda live: live.import_again(
            {**body(), "x-amazon-apigateway-binary-media-types": ["image/png"]}),
        "POST /echo", (200, "text"), (200, "base64"), PNG),
    "whole-definition": Case(
        lambda live: live.import_again(NEW), "GET /open", OPEN, (200, "new")),
}  # fmt: skip


def answer(aws: Aws, live: Live, case: Case) -> Answer:
    method, path = case.request.split()
    content = "[]" if method == "POST" else ""
    response = aws.call(live.api, path, method, content=content, headers=dict(case.headers))
    return response.status_code, response.text


@pytest.mark.parametrize("case", NEED_DEPLOYMENT.values(), ids=NEED_DEPLOYMENT)
def test_served_after_the_next_deployment(aws: Aws, live: Live, case: Case) -> None:
    assert answer(aws, live, case) == case.before
    case.change(live)
    assert answer(aws, live, case) == case.before
    aws.deploy(live.api)
    assert answer(aws, live, case) == case.after


def test_a_stage_variable_is_served_at_once(aws: Aws, live: Live) -> None:
    live.replace("stage", "/variables/v", "2", stageName="live")
    assert aws.call(live.api, "/open").text == "old 2"


def test_an_export_is_of_what_is_deployed(aws: Aws, live: Live) -> None:
    def paths() -> list[str]:
        export = live.gateway.get_export(restApiId=live.api, stageName="live", exportType="oas30")
        return sorted(json.loads(export["body"].read())["paths"])

    live.import_again(NEW)
    assert paths() == ["/echo", "/guarded", "/open", "/validated"]
    aws.deploy(live.api)
    assert paths() == ["/open"]


def test_deploying_a_thousand_routes_takes_no_time(aws: Aws) -> None:
    api = aws.import_api(document({f"/r{n}": {"get": mock(str(n))} for n in range(1000)}))
    began = time.perf_counter()
    aws.deploy(api)
    assert time.perf_counter() - began < 0.5
    assert aws.call(api, "/r999").text == "999"
