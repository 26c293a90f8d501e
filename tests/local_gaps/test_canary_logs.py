"""What is logged of a canary's requests, and how they are told from the others.

'Set up an API Gateway canary release deployment' and 'Variables for access logging':
https://docs.aws.amazon.com/apigateway/latest/developerguide/canary-release.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html
"""

from __future__ import annotations

import time

import pytest

from tests.local_gaps.running import ACCOUNT, REGION, Aws, document, mock
from tests.local_gaps.test_canary import settings

GROUP = "/access/canaried"
FORMAT = "$context.requestId $context.isCanaryRequest $context.deploymentId $context.stage"


@pytest.fixture(scope="module")
def api(aws: Aws) -> str:
    """An API that answers whether it is asked by a canary, with access logs."""
    aws.client("logs").create_log_group(logGroupName=GROUP)
    made = aws.import_api(document({"/a": {"get": mock("$context.isCanaryRequest")}}))
    arn = f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:{GROUP}"
    change(
        aws,
        made,
        [
            {"op": "replace", "path": f"/accessLogSettings/{name}", "value": value}
            for name, value in (("destinationArn", arn), ("format", FORMAT))
        ],
    )
    return made


def change(aws: Aws, api: str, operations: list[dict[str, str]]) -> None:
    gateway = aws.client("apigateway")
    gateway.update_stage(restApiId=api, stageName="live", patchOperations=operations)


def call(aws: Aws, api: str) -> tuple[str, str]:
    """The id of a request, and what it was answered."""
    answer = aws.call(api, "/a")
    return answer.headers["x-amzn-RequestId"], answer.text


def lines(aws: Aws, group: str, request: str) -> list[str]:
    """What the group has of a request, of which the stage's group has something soon."""
    logs = aws.client("logs")
    for _ in range(100):
        if request in str(logs.filter_log_events(logGroupName=GROUP)["events"]):
            break
        time.sleep(0.02)
    time.sleep(0.05)
    groups = logs.describe_log_groups(logGroupNamePrefix=group)["logGroups"]
    if group not in {found["logGroupName"] for found in groups}:
        return []
    events = logs.filter_log_events(logGroupName=group)["events"]
    return [event["message"] for event in events if request in event["message"]]


def test_of_a_stage_without_one(aws: Aws, api: str) -> None:
    request, text = call(aws, api)
    assert text == ""
    assert lines(aws, GROUP, request)[0].split()[1] == "-"


def test_of_a_canary_in_both_groups(aws: Aws, api: str) -> None:
    new = aws.client("apigateway").create_deployment(restApiId=api)["id"]
    change(aws, api, settings(new, 100))
    request, text = call(aws, api)
    assert text == "true"
    expected = [f"{request} true {new} live"]
    assert lines(aws, GROUP, request) == expected
    assert lines(aws, f"{GROUP}/Canary", request) == expected


def test_of_the_others_in_one(aws: Aws, api: str) -> None:
    change(aws, api, settings(aws.client("apigateway").create_deployment(restApiId=api)["id"], 0))
    request, text = call(aws, api)
    assert text == "false"
    assert lines(aws, GROUP, request)[0].split()[1] == "false"
    assert lines(aws, f"{GROUP}/Canary", request) == []
