"""Lambda custom integrations.

Cases from 'Set up Lambda custom integrations', 'Handle Lambda errors' and 'Set up asynchronous
invocation of the backend Lambda function':
https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-custom-integrations.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/handle-errors-in-lambda-integration.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-integration-async.html
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.local_gaps.roles import role
from tests.local_gaps.running import ACCOUNT, REGION, Aws, document, lambda_uri

HANDLER = """
import json, time
def handler(event, context):
    if isinstance(event, dict) and event.get("sleep"):
        time.sleep(event["sleep"])
    if isinstance(event, dict) and event.get("fail"):
        raise ValueError(event["fail"])
    if isinstance(event, dict) and event.get("custom"):
        raise Exception(json.dumps(event["custom"]))
    if isinstance(event, dict) and "greeter" in event and event["greeter"] is None:
        return None
    return {"event": event}
"""
FUNCTION = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:greeting"
ERRORS = {
    "default": {"statusCode": "200"},
    "Malformed.*": {"statusCode": "400", "responseTemplates": {
        "application/json": "{\"why\": \"$input.path('$.errorMessage')\"}"}},
    ".*InternalError.*": {"statusCode": "500", "responseTemplates": {"application/json": (
        "#set ($errorMessageObj = $util.parseJson($input.path('$.errorMessage')))"
        '{"type": "$errorMessageObj.errorType", "id": "$errorMessageObj.requestId"}')}},
}  # fmt: skip
GREETER = '{"greeter": "$input.params(\'greeter\')"}'


@dataclass(frozen=True)
class Case:
    """An integration, a request and the answer; a text that is JSON is compared as JSON."""

    status: int
    answer: Any
    template: str | None = None
    body: Any = None
    integration: dict[str, Any] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)


def event(value: Any) -> dict[str, Any]:
    return {"event": value}


ASYNC = {"integration.request.header.X-Amz-Invocation-Type": "'Event'"}
BY_CALLER = {"integration.request.header.X-Amz-Invocation-Type":
             "method.request.header.InvocationType"}  # fmt: skip
ERROR = {"message": "Internal server error"}

CASES = {
    "template": Case(200, event({"greeter": "Ada"}), GREETER),
    "body goes through": Case(200, event({"a": [1]}), body={"a": [1]}),
    "no body is an empty event": Case(200, event({})),
    "a list": Case(200, event([1, 2]), "[1, 2]"),
    "null": Case(200, None, '{"greeter": null}'),
    "a template that is no JSON": Case(400, ..., "{greeter}"),
    "an error without a pattern is a 200": Case(
        200, ..., '{"fail": "x"}', integration={"responses": {"default": {"statusCode": "200"}}}),
    "an error by its message": Case(400, {"why": "Malformed input ..."},
                                    '{"fail": "Malformed input ..."}', integration={}),
    "an error in several lines, which a dot does not match": Case(
        200, ..., '{"fail": "Malformed\\ninput"}'),
    "an error in several lines that its pattern allows for": Case(
        400, {"why": "Malformed\ninput"}, '{"fail": "Malformed\\ninput"}',
        integration={"responses": {**ERRORS, "Malformed[\\s\\S]*": {
            "statusCode": "400", "responseTemplates": {"application/json":
                "{\"why\": $input.json('$.errorMessage')}"}}}}),
    "another error": Case(200, ..., '{"fail": "not Malformed"}'),
    "a custom error": Case(500, {"type": "InternalError", "id": "7"},
                           '{"custom": {"errorType": "InternalError", "requestId": "7"}}'),
    "no response is a 500": Case(500, ERROR, integration={"responses": {}}),
    "a response that no success selects": Case(
        500, ERROR, integration={"responses": {"Malformed.*": {"statusCode": "400"}}}),
    "response template": Case(200, {"said": {"greeter": "Ada"}}, GREETER, integration={
        "responses": {"default": {"statusCode": "200", "responseTemplates": {
            "application/json": "{\"said\": $input.json('$.event')}"}}}}),
    "asynchronous": Case(200, "", '{"n": 1}', integration={"requestParameters": ASYNC}),
    "asynchronous with a template": Case(202, {"taken": True}, '{"n": 1}', integration={
        "requestParameters": ASYNC, "responses": {"default": {
            "statusCode": "202", "responseTemplates": {"application/json": '{"taken": true}'}}}}),
    "asynchronous when the caller says so": Case(
        200, "", "{}", integration={"requestParameters": BY_CALLER},
        headers={"InvocationType": "Event"}),
    "synchronous when the caller says so": Case(
        200, event({}), "{}", integration={"requestParameters": BY_CALLER},
        headers={"InvocationType": "RequestResponse"}),
    "synchronous when the caller says nothing": Case(
        200, event({}), "{}", integration={"requestParameters": BY_CALLER}),
    "an unknown invocation type": Case(
        500, ERROR, "{}", integration={"requestParameters": BY_CALLER},
        headers={"InvocationType": "Later"}),
    "a function that is not there": Case(500, ERROR, integration={
        "uri": lambda_uri(FUNCTION + "-none")}),
    "a role that may invoke it": Case(200, event({}), integration={
        "uri": lambda_uri(f"{FUNCTION}:closed"),
        "credentials": f"arn:aws:iam::{ACCOUNT}:role/greeter"}),
    "a role that may not": Case(500, ERROR, integration={
        "credentials": f"arn:aws:iam::{ACCOUNT}:role/no-greeter"}),
    "a role that is not there": Case(500, ERROR, integration={
        "credentials": f"arn:aws:iam::{ACCOUNT}:role/nobody"}),
    "too late": Case(504, {"message": "Endpoint request timed out"}, '{"sleep": 2}',
                     integration={"timeoutInMillis": 100}),
    "too much": Case(413, {"message": "Request Too Long"}, (
        "#set($x = \"$input.body$input.body$input.body$input.body\"){\"x\": \"$x$x\"}"),
        body="a" * 1_000_000),
}  # fmt: skip


def operation(case: Case) -> dict[str, Any]:
    integration = {
        "type": "aws",
        "httpMethod": "POST",
        "uri": lambda_uri(FUNCTION),
        "requestTemplates": {} if case.template is None else {"application/json": case.template},
        "responses": ERRORS,
        **case.integration,
    }
    names = {"InvocationType": "header", "greeter": "query"}
    return {
        "parameters": [
            {"name": name, "in": place, "schema": {"type": "string"}}
            for name, place in names.items()
        ],
        "responses": {code: {"description": ""} for code in ("200", "202", "400", "500")},
        "x-amazon-apigateway-integration": integration,
    }


@pytest.fixture(scope="module")
def api_id(aws: Aws) -> str:
    aws.function("greeting", HANDLER)
    functions = aws.client("lambda")
    functions.publish_version(FunctionName="greeting")
    functions.create_alias(FunctionName="greeting", Name="closed", FunctionVersion="1")
    aws.permit("greeting", f"arn:aws:execute-api:{REGION}:{ACCOUNT}:*")
    role(aws, "greeter", ("lambda:InvokeFunction", f"{FUNCTION}:closed"))
    role(aws, "no-greeter", ("lambda:InvokeFunction", f"{FUNCTION}-other"))
    paths = {
        f"/case{number}": {"post": operation(case)} for number, case in enumerate(CASES.values())
    }
    return aws.import_api(document(paths))


@pytest.mark.parametrize("name", CASES)
def test_answer(aws: Aws, api_id: str, name: str) -> None:
    case = CASES[name]
    sent = {} if case.body is None else {"json": case.body}
    answer = aws.call(
        api_id, f"/case{list(CASES).index(name)}", "POST",
        params={"greeter": "Ada"}, headers=case.headers, **sent,
    )  # fmt: skip
    assert answer.status_code == case.status, answer.text
    if case.answer is ...:
        assert set(answer.json()) <= {"errorMessage", "errorType", "stackTrace", "message",
                                      "requestId"}  # fmt: skip
    else:
        assert (answer.json() if answer.content else "") == case.answer


def test_an_asynchronous_call_is_made(aws: Aws) -> None:
    """The function writes what it was sent, later."""
    queue = aws.client("sqs").create_queue(QueueName="later")["QueueUrl"]
    code = (
        "import json, os, urllib.request, urllib.parse\n"
        "def handler(event, context):\n"
        "    data = {'Action': 'SendMessage', 'MessageBody': json.dumps(event)}\n"
        f"    urllib.request.urlopen({queue!r}, urllib.parse.urlencode(data).encode()).read()\n"
    )
    arn = aws.function("later", code)
    aws.permit("later", f"arn:aws:execute-api:{REGION}:{ACCOUNT}:*")
    case = Case(200, "", '{"n": 1}', integration={
        "uri": lambda_uri(arn), "requestParameters": ASYNC})  # fmt: skip
    api_id = aws.import_api(document({"/a": {"post": operation(case)}}))
    assert aws.call(api_id, "/a", "POST").status_code == 200
    for _ in range(100):
        found = aws.client("sqs").receive_message(QueueUrl=queue).get("Messages", [])
        if found:
            break
        time.sleep(0.1)
    assert [json.loads(message["Body"]) for message in found] == [{"n": 1}]
