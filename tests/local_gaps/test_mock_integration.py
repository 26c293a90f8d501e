"""Mock integrations of a running server.

Cases from 'Mock integrations for REST APIs', 'Override your API's request and response parameters'
and 'Parameter mapping examples':
https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-mock-integration.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-override-request-response-parameters.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.local_gaps.running import Aws, document


@dataclass(frozen=True)
class Case:
    """A mock integration, a request and the answer."""

    status: int
    body: str = ""
    integration: dict[str, Any] = field(default_factory=dict)
    request: dict[str, Any] = field(default_factory=dict)
    headers: dict[str, str | None] = field(default_factory=dict)
    method: str = "GET"


BY_SCOPE = (
    '{#if($input.params("scope") == "internal")"statusCode": 200#{else}"statusCode": 500#end}'
)
TWO_ANSWERS = {
    "default": {"statusCode": "200", "responseTemplates": {"application/json": "go ahead"}},
    "5\\d{2}": {"statusCode": "500", "responseTemplates": {"application/json": "not supported"}},
}
ERROR = '{"message": "Internal server error"}'


def one(status: str, template: str = "", parameters: dict[str, str] | None = None) -> Any:
    return {
        "default": {
            "statusCode": status,
            "responseTemplates": {"application/json": template} if template else {},
            "responseParameters": {
                f"method.response.header.{k}": v for k, v in (parameters or {}).items()
            },
        }
    }


def request_template(text: str, content_type: str = "application/json") -> dict[str, str]:
    return {content_type: text}


OK = request_template('{"statusCode": 200}')
JSON: dict[str, Any] = {"json": {}}

CASES = {
    "the template's status selects the default": Case(
        200, "go ahead",
        {"requestTemplates": request_template(BY_SCOPE), "responses": TWO_ANSWERS},
        {"params": {"scope": "internal"}},
    ),
    "the template's status selects by pattern": Case(
        500, "not supported",
        {"requestTemplates": request_template(BY_SCOPE), "responses": TWO_ANSWERS},
        {"params": {"scope": "public"}},
    ),
    "the pattern must match the whole status": Case(
        200, "go ahead",
        {"requestTemplates": OK, "responses": {
            "20": {"statusCode": "500"}, "default": TWO_ANSWERS["default"]}},
    ),
    "nothing selected is a 500": Case(
        500, ERROR, {"requestTemplates": OK, "responses": {"404": {"statusCode": "200"}}},
    ),
    "no statusCode is a 500": Case(
        500, ERROR, {"requestTemplates": request_template("{}"), "responses": one("200")}
    ),
    "no template: the body is the request, and has no statusCode": Case(
        500, ERROR, {"responses": one("200")}, JSON, method="POST"
    ),
    "no template: the body may have the statusCode": Case(
        200, "", {"responses": one("200")}, {"json": {"statusCode": 200}}, method="POST"
    ),
    "a template that cannot be parsed is a 500": Case(
        500, ERROR, {"requestTemplates": request_template("#if("), "responses": one("200")}
    ),
    "preflight without a content type": Case(
        204, "",
        {"requestTemplates": request_template("{ statusCode: 204 }"),
         "responses": one("204", parameters={"Allow-Origin": "'*'"})},
        headers={"Allow-Origin": "*"}, method="OPTIONS",
    ),
    "an empty body template": Case(200, "", {"requestTemplates": OK, "responses": one("200")}),
    "static header": Case(
        200, "", {"requestTemplates": OK, "responses": one("200", parameters={"A": "'b c'"})},
        headers={"A": "b c"},
    ),
    "header from the context": Case(
        200, "",
        {"requestTemplates": OK, "responses": one("200", parameters={"A": "context.httpMethod"})},
        headers={"A": "GET"},
    ),
    "header from a stage variable": Case(
        200, "",
        {"requestTemplates": OK, "responses": one("200", parameters={"A": "stageVariables.v"})},
        headers={"A": "one"},
    ),
    "header without a source is absent": Case(
        200, "",
        {"requestTemplates": OK,
         "responses": one("200", parameters={"A": "integration.response.header.x"})},
        headers={"A": None},
    ),
    "override of the status": Case(
        418, "teapot",
        {"requestTemplates": OK,
         "responses": one("200", "#set($context.responseOverride.status = 418)teapot")},
    ),
    "override of headers": Case(
        200, "x",
        {"requestTemplates": OK, "responses": one(
            "200", '#set($context.responseOverride.header.A = "new")'
            '#set($context.responseOverride.header["B-C"] = "more")x', {"A": "'old'"})},
        headers={"A": "new", "B-C": "more"},
    ),
    "Accept chooses the template": Case(
        200, "<xml/>",
        {"requestTemplates": OK, "responses": {"default": {
            "statusCode": "200",
            "responseTemplates": {"application/json": "{}", "application/xml": "<xml/>"}}}},
        {"headers": {"Accept": "application/xml"}},
        headers={"Content-Type": "application/xml"},
    ),
    "the first of what is accepted counts": Case(
        200, "{}",
        {"requestTemplates": OK, "responses": {"default": {
            "statusCode": "200",
            "responseTemplates": {"application/json": "{}", "application/xml": "<xml/>"}}}},
        {"headers": {"Accept": "text/html,application/xml"}},
    ),
    "without one for JSON the first template counts": Case(
        200, "<xml/>",
        {"requestTemplates": OK, "responses": {"default": {
            "statusCode": "200", "responseTemplates": {"application/xml": "<xml/>"}}}},
        headers={"Content-Type": "application/xml"},
    ),
    "an override with several values": Case(
        200, "x", {"requestTemplates": OK, "responses": one(
            "200", "#set($context.responseOverride.header.A = ['a', 'b'])x")},
        headers={"A": "a,b"},
    ),
    "an override of an override is a 500": Case(
        500, ERROR, {"requestTemplates": OK, "responses": one(
            "200", "#set($context.responseOverride.status = 400)"
            "#set($context.responseOverride.status = 404)")},
    ),
    "params in a response template": Case(
        200, "internal",
        {"requestTemplates": OK, "responses": one("200", "$input.params('scope')")},
        {"params": {"scope": "internal"}},
    ),
}  # fmt: skip


def operation(integration: dict[str, Any]) -> dict[str, Any]:
    """An operation that declares what the integration's responses use."""
    responses = {}
    for response in integration.get("responses", {}).values():
        headers = response.get("responseParameters", {})
        responses[response["statusCode"]] = {
            "description": "",
            "headers": {name.split(".")[-1]: {"schema": {"type": "string"}} for name in headers},
        }
    return {
        "responses": responses,
        "x-amazon-apigateway-integration": {"type": "mock", **integration},
    }


@pytest.fixture(scope="module")
def api_id(aws: Aws) -> str:
    paths = {
        f"/case{number}": {case.method.lower(): operation(case.integration)}
        for number, case in enumerate(CASES.values())
    }
    return aws.import_api(document(paths), {"v": "one"})


@pytest.mark.parametrize("name", CASES)
def test_mock(aws: Aws, api_id: str, name: str) -> None:
    case = CASES[name]
    answer = aws.call(api_id, f"/case{list(CASES).index(name)}", case.method, **case.request)
    assert answer.status_code == case.status
    assert answer.text.replace(": ", ":").replace(":  ", ":") == case.body.replace(": ", ":")
    for header, value in case.headers.items():
        assert answer.headers.get(header) == value


def test_a_put_mock_answers_too(aws: Aws) -> None:
    """Made with PutIntegration instead of an import."""
    gateway = aws.client("apigateway")
    api = gateway.create_rest_api(name="made by hand")
    place = {
        "restApiId": api["id"],
        "resourceId": api["rootResourceId"],
        "httpMethod": "GET",
    }
    gateway.put_method(**place, authorizationType="NONE")
    gateway.put_method_response(**place, statusCode="200")
    gateway.put_integration(**place, type="MOCK", requestTemplates=OK)
    gateway.put_integration_response(
        **place, statusCode="200", responseTemplates={"application/json": "$context.stage"}
    )
    aws.deploy(api["id"])
    assert aws.call(api["id"], "/").text == "live"
