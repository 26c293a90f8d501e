"""HTTP and HTTP_PROXY integrations.

Cases from 'Set up HTTP integrations', 'Parameter mapping source reference', 'Parameter mapping
examples', 'Override your API's request and response parameters', and the table of headers in
'Amazon API Gateway important notes':
https://docs.aws.amazon.com/apigateway/latest/developerguide/setup-http-integrations.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-parameter-mapping-sources.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest

from tests.local_gaps import backend
from tests.local_gaps.running import Aws, document

OK = {"default": {"statusCode": "200"}}
PETS = {"petstore": {"pets": [{"name": "Rex"}, {"name": "Tom"}]}}


@dataclass(frozen=True)
class Sent:
    """What is mapped, and what of it arrives: `method`, `path`, `query`, `body` or a header."""

    maps: dict[str, str]
    expected: dict[str, Any]
    uri: str = "http://${stageVariables.host}/to"
    template: str | None = None
    integration: dict[str, Any] = field(default_factory=dict)
    request: dict[str, Any] = field(default_factory=dict)


SENT = {
    "path": Sent({"path.p": "method.request.path.id"}, {"path": "/to/7%208/x"},
                 "http://${stageVariables.host}/to/{p}/x"),
    "path from a header": Sent({"path.p": "method.request.header.X-One"}, {"path": "/1"},
                               "http://${stageVariables.host}/{p}"),
    "path from the body": Sent(
        {"path.p": "method.request.body.petstore.pets[0].name"}, {"path": "/Rex"},
        "http://${stageVariables.host}/{p}"),
    "path that is not mapped": Sent({}, {"status": 500}, "http://${stageVariables.host}/{p}"),
    "stage variable in the path": Sent({}, {"path": "/where"},
                                       "http://${stageVariables.host}/${stageVariables.place}"),
    "query": Sent({"querystring.q": "method.request.querystring.one"}, {"query": [["q", "b"]]}),
    "query, all its values": Sent({"querystring.q": "method.request.multivaluequerystring.one"},
                                  {"query": [["q", "a"], ["q", "b"]]}),
    "query that is absent": Sent({"querystring.q": "method.request.querystring.none"},
                                 {"query": []}),
    "query beside that of the uri": Sent(
        {"querystring.q": "method.request.querystring.two"}, {"query": [["a", "1"], ["q", "c d"]]},
        "http://${stageVariables.host}/to?a=1"),
    "header": Sent({"header.Y": "method.request.header.X-One"}, {"y": "1"}),
    "header, all its values": Sent({"header.Y": "method.request.multivalueheader.X-Two"},
                                   {"y": "2, 3"}),
    "header that is not mapped": Sent({}, {"x-one": None}),
    "whole body in a header": Sent({"header.Y": "method.request.body"}, {"y": json.dumps(PETS)}),
    "list of the body in a header": Sent({"header.Y": "method.request.body.petstore.pets[*].name"},
                                         {"y": '["Rex","Tom"]'}),
    "value of several lines, and of more than ASCII": Sent(
        {}, {"y": "a \u00c3\u00a9"},  # the endpoint reads UTF-8 as Latin-1
        template="#set($context.requestOverride.header.Y = \"a\n\u00e9\"){}"),
    "static value": Sent({"header.Y": "'b c'"}, {"y": "b c"}),
    "stage variable": Sent({"header.Y": "stageVariables.place"}, {"y": "where"}),
    "context": Sent({"header.Y": "context.httpMethod", "querystring.s": "context.stage"},
                    {"y": "POST", "query": [["s", "live"]]}),
    "context in depth": Sent({"header.Y": "context.identity.sourceIp"}, {"y": "127.0.0.1"}),
    "integration's own method": Sent({}, {"method": "PUT"}, integration={"httpMethod": "PUT"}),
    "body goes through": Sent({}, {"body": json.dumps(PETS), "content-type": "application/json"}),
    "template": Sent({}, {"body": '{"n": "Rex", "id": "7 8"}'}, template=(
        '{"n": "$input.path(\'$.petstore.pets[0].name\')", "id": "$input.params(\'id\')"}')),
    "override of a header": Sent(
        {"header.Y": "method.request.header.X-One"}, {"y": "12", "body": "{}"},
        template="#set($v = \"$input.params('X-One')2\")"
                 "#set($context.requestOverride.header.Y = $v){}"),
    "override with several values": Sent(
        {}, {"y": "a,b"}, template="#set($context.requestOverride.header.Y = ['a', 'b']){}"),
    "override of a query parameter": Sent(
        {}, {"query": [["q", "new"]]},
        template='#set($context.requestOverride.querystring.q = "new"){}'),
    "override of a path parameter": Sent(
        {"path.p": "'old'"}, {"path": "/new"}, "http://${stageVariables.host}/{p}",
        template='#set($context.requestOverride.path.p = "new"){}'),
    "who calls": Sent({}, {"user-agent": "AmazonAPIGateway_{api}", "accept": "application/json",
                           "x-amzn-apigateway-api-id": "{api}"}),
    "template for another media type": Sent(
        {}, {"body": "<x/>", "content-type": "application/xml"}, template="{}",
        request={"content": "<x/>", "headers": {"Content-Type": "application/xml"}}),
}  # fmt: skip

PROXY = {
    "everything goes through": Sent(
        {}, {"method": "POST", "path": "/to", "body": json.dumps(PETS), "x-one": "1",
             "query": [["one", "a"], ["one", "b"], ["two", "c d"]]},
        integration={"httpMethod": "ANY"}),
    "but for headers of the connection": Sent(
        {}, {"max-forwards": None, "via": None, "te": None}, request={
            "headers": {"Max-Forwards": "3", "Via": "1.1 x", "TE": "trailers"}}),
    "a signature of AWS does not": Sent({}, {"authorization": None}, request={
        "headers": {"Authorization": "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/"
                                     "execute-api/aws4_request, SignedHeaders=host, Signature=0"}}),
    "another authorization does": Sent({}, {"authorization": "Bearer x"},
                                       request={"headers": {"Authorization": "Bearer x"}}),
    "mapped in the place of the caller's": Sent(
        {"header.X-One": "'mapped'", "querystring.one": "'mapped'"},
        {"x-one": "mapped", "query": [["one", "mapped"], ["two", "c d"]]}),
    "templates do not count": Sent({}, {"body": json.dumps(PETS)}, template="{}"),
    "greedy path": Sent({"path.proxy": "method.request.path.id"}, {"path": "/7%208"},
                        "http://${stageVariables.host}/{proxy}"),
}  # fmt: skip


def operation(case: Sent, kind: str) -> dict[str, Any]:
    integration = {
        "type": kind,
        "httpMethod": "POST",
        "uri": case.uri,
        "requestParameters": {f"integration.request.{k}": v for k, v in case.maps.items()},
        "responses": OK,
        **({} if case.template is None else {
            "requestTemplates": {"application/json": case.template}}),
        **case.integration,
    }  # fmt: skip
    places = {"header": ("X-One", "X-Two"), "query": ("one", "two", "none"), "path": ("id",)}
    return {
        "parameters": [
            {"name": name, "in": place, "required": place == "path", "schema": {"type": "string"}}
            for place, names in places.items()
            for name in names
        ],
        "responses": {"200": {"description": "ok"}},
        "x-amazon-apigateway-integration": integration,
    }


@pytest.fixture(scope="module")
def host() -> Iterator[str]:
    with backend.running() as host:
        yield host


@pytest.fixture(scope="module")
def api_id(aws: Aws, host: str) -> str:
    paths = {
        f"/{kind}{number}/{{id}}": {"post": operation(case, kind)}
        for kind, cases in (("http", SENT), ("http_proxy", PROXY))
        for number, case in enumerate(cases.values())
    }
    return aws.import_api(document(paths), {"host": host, "place": "where"})


@pytest.mark.parametrize("name", SENT)
def test_sent(aws: Aws, api_id: str, name: str) -> None:
    check(aws, api_id, f"/http{list(SENT).index(name)}", SENT[name])


@pytest.mark.parametrize("name", PROXY)
def test_sent_by_a_proxy(aws: Aws, api_id: str, name: str) -> None:
    check(aws, api_id, f"/http_proxy{list(PROXY).index(name)}", PROXY[name])


def check(aws: Aws, api_id: str, path: str, case: Sent) -> None:
    headers = httpx.Headers([("X-One", "1"), ("X-Two", "2"), ("X-Two", "3")])
    headers.update(case.request.get("headers") or {})
    content = case.request.get("content", json.dumps(PETS))
    headers.setdefault("Content-Type", "application/json")
    answer = aws.call(
        api_id, f"{path}/7%208?one=a&one=b&two=c+d", "POST", content=content, headers=headers
    )
    assert answer.status_code == case.expected.get("status", 200), answer.text
    if answer.status_code != 200:
        return
    told = answer.json()
    told["body"] = base64.b64decode(told["body"]).decode()
    for place, value in case.expected.items():
        wanted = value.replace("{api}", api_id) if isinstance(value, str) else value
        assert told.get(place, told["headers"].get(place)) == wanted, place
