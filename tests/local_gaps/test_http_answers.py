"""What becomes of the answers of HTTP endpoints, and of endpoints that do not answer.

Cases from 'Set up an integration response', 'Parameter mapping source reference', 'Gateway response
types' and the table of headers in 'Amazon API Gateway important notes':
https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-integration-settings-integration-response.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-parameter-mapping-sources.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.local_gaps import backend
from tests.local_gaps.conftest import free_port
from tests.local_gaps.running import Aws, document

ERROR = '{"message": "Internal server error"}'
BODY = '{"error": {"reason": "none left"}, "pets": ["a"]}'


@dataclass(frozen=True)
class Case:
    """Responses of an integration, and the answer to the caller."""

    status: int
    text: str | None = None
    responses: dict[str, Any] = field(default_factory=dict)
    headers: dict[str, str | None] = field(default_factory=dict)
    uri: str = "http://${stageVariables.host}/error"
    kind: str = "http"
    more: dict[str, Any] = field(default_factory=dict)


def response(status: str, template: str = "", **headers: str) -> dict[str, Any]:
    return {
        "statusCode": status,
        "responseTemplates": {"application/json": template} if template else {},
        "responseParameters": {
            f"method.response.header.{name.replace('_', '-')}": source
            for name, source in headers.items()
        },
    }


GONE = "http://${stageVariables.host}/error?status=404"
SELECTED = {
    "default": response("200", "fine"),
    "4\\d{2}": response("400", "$input.path('$.error.reason')"),
    "5\\d{2}": response("502", "down"),
}

CASES = {
    "default": Case(200, "fine", SELECTED),
    "by status": Case(400, "none left", SELECTED, uri=GONE),
    "by another status": Case(502, "down", SELECTED, uri=GONE.replace("404", "503")),
    "the whole status": Case(200, "fine", {"40": response("500"), **SELECTED}),
    "a redirect is not followed": Case(
        302, BODY, {"3..": response("302", Location="integration.response.header.Location")},
        {"Location": "/elsewhere"}, GONE.replace("404", "302")),
    "none matches": Case(500, ERROR, {"500": response("500")}),
    "no responses": Case(500, ERROR),
    "no template": Case(200, BODY, {"default": response("200")},
                        {"Content-Type": "application/json", "X-App-Id": None}),
    "header": Case(200, None, {"default": response(
        "200", Id="integration.response.header.x-app-id")}, {"Id": "one"}),
    "header with several values": Case(200, None, {"default": response(
        "200", Id="integration.response.multivalueheader.X-Several")}, {"Id": "a,b"}),
    "header from the body": Case(200, None, {"default": response(
        "200", Why="integration.response.body.error.reason",
        Pet="integration.response.body.pets[0]")}, {"Why": "none left", "Pet": "a"}),
    "header from what is absent": Case(200, None, {"default": response(
        "200", Why="integration.response.body.none", Id="integration.response.header.none")},
        {"Why": None, "Id": None}),
    "header from a stage variable": Case(200, None, {"default": response(
        "200", V="stageVariables.v", C="context.stage", S="'s'")},
        {"V": "one", "C": "live", "S": "s"}),
    "header of another content type": Case(200, None, {"default": response(
        "200", Content_Type="integration.response.header.Content-Type")},
        {"Content-Type": "application/json"}),
    "header of several lines": Case(200, None, {"default": response(
        "200", "#set($context.responseOverride.header.A = \"x\ny\")")}, {"A": "x y"}),
    "override that is no status": Case(500, ERROR, {"default": response(
        "200", "#set($context.responseOverride.status = 'many')")}),
    "override of the status by what is in the body": Case(
        400, None, {"default": response("200", (
            "#set($inputRoot = $input.path('$'))\n$input.json(\"$\")\n"
            '#if($inputRoot.toString().contains("error"))\n'
            "#set($context.responseOverride.status = 400)\n#end\n"))}),
    "proxy": Case(404, BODY, headers={
        "X-App-Id": "one", "X-Several": "a, b", "x-amzn-Remapped-WWW-Authenticate": "Basic",
        "WWW-Authenticate": None, "x-amzn-Remapped-Server": "*", "x-amzn-Remapped-Date": "*"},
        uri=GONE, kind="http_proxy"),
    "proxy does not follow a redirect": Case(
        302, BODY, {}, {"Location": "/elsewhere"}, GONE.replace("404", "302"), "http_proxy"),
    "proxy passes an error on": Case(
        503, BODY, {"default": response("200")}, {}, GONE.replace("404", "503"), "http_proxy"),
    "refused": Case(504, '{"message": "Network error communicating with endpoint"}',
                    uri="http://127.0.0.1:${stageVariables.nobody}/", kind="http_proxy"),
    "unknown host": Case(500, ERROR, uri="http://nowhere.invalid/", kind="http_proxy"),
    "no host": Case(500, ERROR, uri="http://:80:80/", kind="http_proxy"),
    "too late": Case(504, '{"message": "Endpoint request timed out"}', kind="http_proxy",
                     uri="http://${stageVariables.host}/?sleep=2", more={"timeoutInMillis": 100}),
}  # fmt: skip


def operation(case: Case) -> dict[str, Any]:
    declared: dict[str, Any] = {}
    for given in case.responses.values():
        names = [target.rpartition(".")[2] for target in given["responseParameters"]]
        declared[given["statusCode"]] = {
            "description": "",
            "headers": {name: {"schema": {"type": "string"}} for name in names},
        }
    integration = {"type": case.kind, "httpMethod": "GET", "uri": case.uri, **case.more}
    return {
        "responses": declared,
        "x-amazon-apigateway-integration": {**integration, "responses": case.responses},
    }


@pytest.fixture(scope="module")
def api_id(aws: Aws) -> Iterator[str]:
    paths = {
        f"/case{number}": {"get": operation(case)} for number, case in enumerate(CASES.values())
    }
    with backend.running() as host:
        variables = {"host": host, "nobody": str(free_port()), "v": "one"}
        yield aws.import_api(document(paths), variables)


@pytest.mark.parametrize("name", CASES)
def test_answer(aws: Aws, api_id: str, name: str) -> None:
    case = CASES[name]
    answer = aws.call(api_id, f"/case{list(CASES).index(name)}")
    assert answer.status_code == case.status, answer.text
    if case.text is not None:
        assert answer.text.replace('":"', '": "') == case.text
    for header, value in case.headers.items():
        if value == "*":
            assert header in answer.headers
        else:
            assert answer.headers.get(header) == value
