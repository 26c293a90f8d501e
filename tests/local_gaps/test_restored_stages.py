"""An update that fails after it moved a stage: who was sent to the new alias gets an answer.

'View stack events': "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS", the phase in which what the
update created is deleted, comes after the stack has been restored.
https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from tests.local_gaps.functions import AUTHORIZE
from tests.local_gaps.running import ACCOUNT, REGION, Aws, document, lambda_proxy, lambda_uri

ARN = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function"
SAY = """
import os
def handler(event, context):
    return {"statusCode": 200, "body": os.environ["RELEASE"]}
"""
# Callers wait for it, with the alias known, while the update fails.
SLOWLY = AUTHORIZE.replace("    return", "    import time; time.sleep(0.3)\n    return", 1)
FAIL = """
import json, time, urllib.request
def handler(event, context):
    time.sleep(0.5)
    names = ("StackId", "RequestId", "LogicalResourceId")
    status = "FAILED" if event["RequestType"] == "Create" else "SUCCESS"
    body = {name: event[name] for name in names} | {
        "Status": status, "Reason": "as asked", "PhysicalResourceId": "any"}
    urllib.request.urlopen(urllib.request.Request(
        event["ResponseURL"], json.dumps(body).encode(), {"Content-Type": ""}, method="PUT"))
"""


def resources(release: str) -> dict[str, Any]:
    """An API whose stage names an alias of this release."""
    ref = f"{ARN}:restored-says:${{stageVariables.alias}}"
    version, alias = f"Version{release}", f"Alias{release}"
    environment = {"Variables": {"RELEASE": release}}
    source = f"arn:aws:execute-api:{REGION}:{ACCOUNT}:*"
    return {
        "Says": _resource(
            "Lambda::Function", **function("restored-says", SAY), Environment=environment
        ),
        version: _resource("Lambda::Version", FunctionName={"Ref": "Says"}),
        alias: _resource(
            "Lambda::Alias",
            FunctionName={"Ref": "Says"},
            FunctionVersion={"Fn::GetAtt": [version, "Version"]},
            Name=release,
        ),
        f"Permission{release}": _resource(
            "Lambda::Permission",
            FunctionName={"Ref": alias},
            Action="lambda:InvokeFunction",
            Principal="apigateway.amazonaws.com",
            SourceArn=source,
        ),
        "Api": _resource("ApiGateway::RestApi", Name="restored", Body=guarded(ref)),
        "Deployment": _resource("ApiGateway::Deployment", RestApiId={"Ref": "Api"}),
        "Stage": _resource(
            "ApiGateway::Stage",
            RestApiId={"Ref": "Api"},
            DeploymentId={"Ref": "Deployment"},
            StageName="live",
            Variables={"alias": release},
        )
        | {"DependsOn": [f"Permission{release}"]},
    }


def guarded(function_ref: str) -> dict[str, Any]:
    """An API that asks the slow authorizer for every request."""
    authorizer = {
        "type": "request",
        "authorizerUri": lambda_uri(f"{ARN}:restored-guard"),
        "authorizerResultTtlInSeconds": 0,
    }
    scheme = {"type": "apiKey", "name": "X-Token", "in": "header"}
    guard = {**scheme, "x-amazon-apigateway-authorizer": authorizer}
    return document(
        {"/": {"get": lambda_proxy(function_ref) | {"security": [{"guard": []}]}}},
        components={"securitySchemes": {"guard": guard}},
    )


def function(name: str, code: str) -> dict[str, Any]:
    return {
        "FunctionName": name,
        "Runtime": "python3.11",
        "Role": f"arn:aws:iam::{ACCOUNT}:role/any",
        "Handler": "index.handler",
        "Code": {"ZipFile": code},
    }


def _resource(kind: str, **properties: Any) -> dict[str, Any]:
    return {"Type": f"AWS::{kind}", "Properties": properties}


@contextmanager
def callers(aws: Aws, api: str, answers: Counter[tuple[int, str]]) -> Iterator[None]:
    """Eight that call without a pause."""
    done = threading.Event()

    def call() -> None:
        while not done.wait(0.01):
            answer = aws.call(api, "/")
            answers[answer.status_code, answer.text] += 1

    with ThreadPoolExecutor(8) as pool:
        calls = [pool.submit(call) for _ in range(8)]
        try:
            yield
        finally:
            done.set()
    for ended in calls:
        ended.result()


def test_who_was_sent_to_the_new_alias_gets_an_answer(aws: Aws) -> None:
    fails = _resource("CloudFormation::CustomResource", ServiceToken=f"{ARN}:restored-fails")
    aws.function("restored-guard", SLOWLY)
    aws.permit("restored-guard", f"arn:aws:execute-api:{REGION}:{ACCOUNT}:*")
    old = resources("old") | {
        "Fails": _resource("Lambda::Function", **function("restored-fails", FAIL))
    }
    api = aws.stack("restored", old).physical_id("Api")
    new = (
        resources("old")
        | resources("new")
        | {
            "Fails": old["Fails"],
            "Broken": fails | {"DependsOn": ["Stage"]},
        }
    )
    answers: Counter[tuple[int, str]] = Counter()
    with callers(aws, api, answers):
        updated = aws.stack("restored", new, update=True)
    assert (updated.status, "as asked" in updated.reasons) == ("UPDATE_ROLLBACK_COMPLETE", True)
    assert {status for status, _text in answers} == {200}
    assert answers[200, "new"]
    after = aws.call(api, "/")
    assert (after.status_code, after.text) == (200, "old")
