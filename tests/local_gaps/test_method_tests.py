"""TestInvokeMethod: the definition of now, without a stage, a caller or a trace.

https://docs.aws.amazon.com/apigateway/latest/api/API_TestInvokeMethod.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-test-method.html
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.local_gaps.functions import two_releases
from tests.local_gaps.running import ACCOUNT, REGION, Aws, Document, document, lambda_proxy, mock

ECHO = """
import json
def handler(event, context):
    kept = {name: event[name] for name in ("path", "httpMethod", "body", "stageVariables")}
    kept["query"] = event["multiValueQueryStringParameters"]
    kept["header"] = event["headers"].get("X-Asked")
    kept["stage"] = event["requestContext"]["stage"]
    kept["authorizer"] = event["requestContext"].get("authorizer")
    return {"statusCode": 201, "headers": {"X-Made": "yes"}, "body": json.dumps(kept)}
"""


def answer_of(
    aws: Aws, api_id: str, path: str, method: str = "GET", **asked: Any
) -> dict[str, Any]:
    """What the gateway answers to a test of the method of a path."""
    gateway = aws.client("apigateway")
    ids = {r["path"]: r["id"] for r in gateway.get_resources(restApiId=api_id)["items"]}
    names = {"restApiId": api_id, "resourceId": ids[path], "httpMethod": method}
    return dict(gateway.test_invoke_method(**names, **asked))


def echo(aws: Aws, name: str, paths: str = "test-invoke-stage/*/*") -> Document:
    """An operation of a function that says what it was asked."""
    arn = aws.function(name, ECHO)
    aws.permit(name, f"arn:aws:execute-api:{REGION}:{ACCOUNT}:*/{paths}")
    return lambda_proxy(arn)


def test_the_function_is_asked_as_by_a_caller_with_the_given_variables(aws: Aws) -> None:
    api_id = aws.import_api(document({"/pets/{id}": {"post": echo(aws, "tested-echo")}}))
    answer = answer_of(
        aws,
        api_id,
        "/pets/{id}",
        "POST",
        pathWithQueryString="/pets/7?tag=a&tag=b%20c",
        headers={"X-Asked": "so"},
        body='{"a": 1}',
        stageVariables={"host": "example.com"},
    )
    assert (answer["status"], answer["headers"]["X-Made"]) == (201, "yes")
    assert answer["latency"] >= 0
    assert "Method completed with status: 201" in answer["log"]
    assert json.loads(answer["body"]) == {
        "path": "/pets/7",
        "httpMethod": "POST",
        "body": '{"a": 1}',
        "query": {"tag": ["a", "b c"]},
        "header": "so",
        "stage": "test-invoke-stage",
        "stageVariables": {"host": "example.com"},
        "authorizer": None,
    }


def test_an_answer_with_headers_of_several_values_has_both_kinds(aws: Aws) -> None:
    code = """
def handler(event, context):
    return {"statusCode": 200, "body": "", "multiValueHeaders": {"X-Many": ["a", "b"]}}
"""
    operation = lambda_proxy(aws.function("tested-many", code))
    aws.permit("tested-many", f"arn:aws:execute-api:{REGION}:{ACCOUNT}:*/test-invoke-stage/*/*")
    answer = answer_of(aws, aws.import_api(document({"/pets": {"get": operation}})), "/pets")
    assert answer["headers"]["X-Many"] == "b"
    assert answer["multiValueHeaders"]["X-Many"] == ["a", "b"]


def test_it_is_the_definition_and_not_what_was_deployed(aws: Aws) -> None:
    api_id = aws.import_api(document({"/pets": {"get": mock("old")}}))
    body = json.dumps(document({"/pets": {"get": mock("new")}})).encode()
    aws.client("apigateway").put_rest_api(restApiId=api_id, mode="overwrite", body=body)
    assert answer_of(aws, api_id, "/pets")["body"] == "new"
    assert aws.call(api_id, "/pets").text == "old"


def test_the_variables_choose_the_release(aws: Aws) -> None:
    arn = two_releases(aws, "tested-releases")
    source = f"arn:aws:execute-api:{REGION}:{ACCOUNT}:*/test-invoke-stage/*/*"
    for alias in ("blue", "green"):
        aws.permit("tested-releases", source, alias)
    api_id = aws.import_api(
        document({"/": {"get": lambda_proxy(arn + ":${stageVariables.alias}")}}), {"alias": "blue"}
    )
    for alias, said in (("blue", "first 1"), ("green", "second 2")):
        assert answer_of(aws, api_id, "/", stageVariables={"alias": alias})["body"] == said
    # The permission of a test is not one of callers.
    assert aws.call(api_id, "/").status_code == 500


def test_a_stages_permission_is_not_one_of_tests(aws: Aws) -> None:
    api_id = aws.import_api(document({"/": {"get": echo(aws, "tested-no", "live/*/*")}}))
    answer = answer_of(aws, api_id, "/")
    assert answer["status"] == 500
    assert "Invalid permissions on Lambda function" in answer["log"]
    assert aws.call(api_id, "/").status_code == 201


def test_requests_are_validated(aws: Aws) -> None:
    schema = {"type": "object", "required": ["name"]}
    operation = {
        **mock("made"),
        "requestBody": {"required": True, "content": {"application/json": {"schema": schema}}},
        "x-amazon-apigateway-request-validator": "all",
    }
    validators = {"all": {"validateRequestBody": True, "validateRequestParameters": True}}
    api_id = aws.import_api(
        document(
            {"/pets": {"post": operation}}, **{"x-amazon-apigateway-request-validators": validators}
        )
    )
    json_type = {"Content-Type": "application/json"}
    assert answer_of(aws, api_id, "/pets", "POST", headers=json_type, body="{}")["status"] == 400
    named = answer_of(aws, api_id, "/pets", "POST", headers=json_type, body='{"name": "a"}')
    assert (named["status"], named["body"]) == (200, "made")


def test_nobody_is_asked_for_a_key_a_signature_or_by_a_policy(aws: Aws) -> None:
    signed = {"type": "apiKey", "name": "Authorization", "in": "header"}
    schemes = {
        "key": {"type": "apiKey", "name": "x-api-key", "in": "header"},
        "iam": {**signed, "x-amazon-apigateway-authtype": "awsSigv4"},
    }
    nobody = {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Deny",
                "Principal": "*",
                "Action": "execute-api:Invoke",
                "Resource": "execute-api:/*",
            }
        ],
    }
    api_id = aws.import_api(
        document(
            {
                "/key": {"get": mock("a", security=[{"key": []}])},
                "/iam": {"get": mock("b", security=[{"iam": []}])},
            },
            components={"securitySchemes": schemes},
            **{"x-amazon-apigateway-policy": nobody},
        )
    )
    assert aws.call(api_id, "/key").status_code == 403
    assert [answer_of(aws, api_id, path)["body"] for path in ("/key", "/iam")] == ["a", "b"]


def test_it_counts_nowhere(aws: Aws) -> None:
    api_id = aws.import_api(
        {**document({"/": {"get": mock("a")}}), "info": {"title": "uncounted", "version": "1"}}
    )
    answer_of(aws, api_id, "/")
    now = datetime.now(UTC)
    found = aws.client("cloudwatch").get_metric_statistics(
        Namespace="AWS/ApiGateway",
        MetricName="Count",
        Dimensions=[{"Name": "ApiName", "Value": "uncounted"}],
        StartTime=now - timedelta(minutes=5),
        EndTime=now + timedelta(minutes=5),
        Period=60,
        Statistics=["Sum"],
    )
    assert found["Datapoints"] == []


@pytest.mark.parametrize(("resource", "method"), [("none", "GET"), (None, "DELETE")])
def test_what_is_not_there_is_not_found(aws: Aws, resource: str | None, method: str) -> None:
    gateway = aws.client("apigateway")
    api_id = aws.import_api(document({"/pets": {"get": mock("a")}}))
    ids = {r["path"]: r["id"] for r in gateway.get_resources(restApiId=api_id)["items"]}
    with pytest.raises(ClientError, match="NotFoundException"):
        gateway.test_invoke_method(
            restApiId=api_id, resourceId=resource or ids["/pets"], httpMethod=method
        )
