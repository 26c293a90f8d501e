"""Access logs of a running stage.

'Set up CloudWatch logging for REST APIs' and 'Variables for access logging for API Gateway':
https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html
"""

from __future__ import annotations

import json
import re
import time
from typing import Any

import pytest

from tests.local_gaps.functions import AUTHORIZE
from tests.local_gaps.running import ACCOUNT, REGION, Aws, document, lambda_proxy, lambda_uri, mock

GROUP = "/access/test"
ARN = f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:{GROUP}"
ANSWER = 'def handler(e, c): return {"statusCode": 201, "body": e["requestContext"]["requestId"]}'

# $context.<variable> -> what a request to /made/{id}, answered by a function, logs of it
MADE: dict[str, str] = {
    "accountId": ACCOUNT,
    "apiId": r"[0-9a-f]{8}",
    "authorizer.principalId": "someone",
    "authorizer.claims.sub": "-",
    "error.message": "-",
    "error.responseType": "-",
    "httpMethod": "GET",
    "identity.caller": "-",
    "identity.sourceIp": r"127\.0\.0\.1",
    "identity.user": "-",
    "identity.userAgent": "python-httpx.*",
    "integration.error": "-",
    "integration.integrationStatus": "200",
    "integration.latency": r"\d+",
    "integration.status": "201",
    "integrationErrorMessage": "-",
    "integrationLatency": r"\d+",
    "integrationStatus": "200",
    "path": "/live/made/7",
    "protocol": r"HTTP/1\.1",
    "requestTime": r"\d\d/\w{3}/\d{4}:\d\d:\d\d:\d\d \+0000",
    "requestTimeEpoch": r"\d{13}",
    "resourceId": r"[0-9a-f]{8}",
    "resourcePath": r"/made/\{id\}",
    "responseLatency": r"\d+",
    "responseLength": "36",
    "stage": "live",
    "status": "201",
    "xrayTraceId": "-",
}
# The same for a request that is refused before any integration.
REFUSED = {
    "error.message": "Unauthorized",
    "error.messageString": '"Unauthorized"',
    "error.responseType": "UNAUTHORIZED",
    "integration.latency": "-",
    "integrationStatus": "-",
    "status": "401",
}
FORMAT = "|".join(
    ["$context.requestId", *(f"{name}=${{context.{name}}}" for name in MADE | REFUSED)]
)


def body(aws: Aws) -> dict[str, Any]:
    for name, code in (("log-made", ANSWER), ("log-guard", AUTHORIZE)):
        arn = aws.function(name, code)
        aws.permit(name, f"arn:aws:execute-api:{REGION}:{ACCOUNT}:*")
    scheme = {
        "type": "apiKey",
        "name": "X-Token",
        "in": "header",
        "x-amazon-apigateway-authorizer": {
            "type": "token",
            "authorizerUri": lambda_uri(arn),
        },
    }
    made = lambda_proxy(arn.replace("guard", "made")) | {"security": [{"guard": []}]}
    return document(
        {"/made/{id}": {"get": made}, "/mock": {"get": mock("m")}},
        components={"securitySchemes": {"guard": scheme}},
    )


def stack(document: dict[str, Any], setting: dict[str, str] | None) -> dict[str, Any]:
    api = {"Ref": "Api"}
    return {
        "Api": {"Type": "AWS::ApiGateway::RestApi", "Properties": {"Body": document}},
        "Deployed": {"Type": "AWS::ApiGateway::Deployment", "Properties": {"RestApiId": api}},
        "Live": {
            "Type": "AWS::ApiGateway::Stage",
            "Properties": {
                "RestApiId": api,
                "StageName": "live",
                "DeploymentId": {"Ref": "Deployed"},
                **({"AccessLogSetting": setting} if setting else {}),
            },
        },
    }


def logged(aws: Aws, request_id: str) -> str:
    """The line of a request, which is there soon."""
    logs = aws.client("logs")
    for _ in range(100):
        events = logs.filter_log_events(logGroupName=GROUP)["events"]
        lines = [event["message"] for event in events if request_id in event["message"]]
        if lines:
            assert len(lines) == 1
            return str(lines[0])
        time.sleep(0.02)
    raise AssertionError(f"no line of request {request_id}")


@pytest.fixture(scope="module")
def api_id(aws: Aws) -> str:
    aws.client("logs").create_log_group(logGroupName=GROUP)
    setting = {"DestinationArn": ARN, "Format": FORMAT}
    made = aws.stack("access-logs", stack(body(aws), setting))
    assert made.status == "CREATE_COMPLETE", made.reasons
    return made.physical_id("Api")


def fields(line: str) -> dict[str, str]:
    return dict(part.split("=", 1) for part in line.split("|")[1:])


@pytest.fixture(scope="module")
def made(aws: Aws, api_id: str) -> dict[str, str]:
    """What is logged of a request whose function answers with the id that it was given."""
    answer = aws.call(api_id, "/made/7", headers={"X-Token": "t"})
    assert answer.headers["x-amzn-RequestId"] == answer.text
    return fields(logged(aws, answer.text))


@pytest.fixture(scope="module")
def refused(aws: Aws, api_id: str) -> dict[str, str]:
    answer = aws.call(api_id, "/made/7")
    return fields(logged(aws, answer.headers["x-amzn-RequestId"]))


@pytest.mark.parametrize("name", MADE)
def test_variable(made: dict[str, str], name: str) -> None:
    assert re.fullmatch(MADE[name], made[name]), made[name]


@pytest.mark.parametrize("name", REFUSED)
def test_variable_of_a_refused_request(refused: dict[str, str], name: str) -> None:
    assert refused[name] == REFUSED[name]


def test_the_stage_shows_and_changes_the_setting(aws: Aws, api_id: str) -> None:
    gateway = aws.client("apigateway")

    def shown() -> Any:
        stage = gateway.get_stage(restApiId=api_id, stageName="live")
        return stage.get("accessLogSettings") or {}

    assert shown() == {"destinationArn": ARN, "format": FORMAT}
    document = json.loads(json.dumps(document_of(aws)))
    changed = {"DestinationArn": ARN, "Format": '{"id":"$context.requestId"}'}
    aws.stack("access-logs", stack(document, changed), update=True)
    assert shown() == {"destinationArn": ARN, "format": changed["Format"]}
    identity = aws.call(api_id, "/mock").headers["x-amzn-RequestId"]
    assert logged(aws, identity) == f'{{"id":"{identity}"}}'
    aws.stack("access-logs", stack(document, None), update=True)
    assert shown() == {}


def integrations(function: str) -> dict[str, Any]:
    """Integrations of the other kinds; the HTTP one has nobody to answer it."""
    responses = {"default": {"statusCode": "200"}}
    mapped = {"default": {"statusCode": "202"}}
    queue = f"arn:aws:apigateway:{REGION}:sqs:path/{ACCOUNT}/logged"
    return {
        "custom": {"type": "aws", "uri": lambda_uri(function), "responses": mapped},
        "sqs": {"type": "aws", "uri": queue, "responses": responses},
        "http": {"type": "http_proxy", "uri": "http://127.0.0.1:9/", "httpMethod": "GET"},
    }


LOGGED = {
    "custom": r"202 \d+ 200 -",
    "sqs": r"200 \d+ 400 -",
    "http": r"504 \d+ - Network error communicating with endpoint",
}


@pytest.mark.usefixtures("api_id")
@pytest.mark.parametrize("kind", LOGGED)
def test_every_kind_of_integration_is_timed(aws: Aws, kind: str) -> None:
    function = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:log-made"
    operation = {
        "responses": {code: {"description": "ok"} for code in ("200", "202")},
        "x-amazon-apigateway-integration": integrations(function)[kind],
    }
    other = aws.import_api(document({"/a": {"get": operation}}))
    log_format = "$context.requestId $context.status $context.integrationLatency "
    log_format += "$context.integrationStatus $context.integrationErrorMessage"
    settings = {"destinationArn": ARN, "format": log_format}
    aws.client("apigateway").update_stage(
        restApiId=other,
        stageName="live",
        patchOperations=[
            {"op": "replace", "path": f"/accessLogSettings/{key}", "value": value}
            for key, value in settings.items()
        ],
    )
    identity = aws.call(other, "/a").headers["x-amzn-RequestId"]
    assert re.fullmatch(f"{identity} {LOGGED[kind]}", logged(aws, identity))


def document_of(aws: Aws) -> Any:
    """The Body of the stack as it is."""
    template = aws.client("cloudformation").get_template(StackName="access-logs")["TemplateBody"]
    content = json.loads(template) if isinstance(template, str) else template
    return content["Resources"]["Api"]["Properties"]["Body"]


def test_a_format_without_an_id_is_refused(aws: Aws) -> None:
    setting = {"DestinationArn": ARN, "Format": "$context.status"}
    made = aws.stack("no-id", stack(document({"/m": {"get": mock("m")}}), setting))
    assert made.status == "ROLLBACK_COMPLETE"
    assert "must contain $context.requestId" in made.reasons
