"""Integrations of the type AWS with services other than Lambda.

Cases from 'Tutorial: Create a REST API as an Amazon Kinesis/S3 proxy', 'x-amazon-apigateway-
integration' (uri), the API reference of PutIntegration, and each service's own:
https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-integration.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/integrating-api-with-aws-services-s3.html
https://docs.aws.amazon.com/step-functions/latest/dg/tutorial-api-gateway.html
"""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from tests.local_gaps.backend import PIXEL
from tests.local_gaps.running import Aws, document
from tests.local_gaps.service_api import INTEGRATIONS, create, operation

ERROR = {"message": "Internal server error"}


@pytest.fixture(scope="module")
def api_id(aws: Aws) -> str:
    create(aws)
    paths = {f"/{name}/{{id}}": {"post": operation(given)} for name, given in INTEGRATIONS.items()}
    return aws.import_api(
        document(paths, **{"x-amazon-apigateway-binary-media-types": ["image/png"]})
    )


def ask(aws: Aws, api_id: str, name: str, body: Any = None, **options: Any) -> tuple[int, Any]:
    answer = aws.call(api_id, f"/{name}/7", "POST", json=body or {"name": "Rex"}, **options)
    return answer.status_code, answer.json() if answer.content else None


def received(aws: Aws, queue: str = "pets") -> list[str]:
    sqs = aws.client("sqs")
    url = sqs.get_queue_url(QueueName=queue)["QueueUrl"]
    found = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", [])
    for message in found:
        sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
    return [message["Body"] for message in found]


def test_dynamodb(aws: Aws, api_id: str) -> None:
    assert ask(aws, api_id, "put") == (200, {})
    assert ask(aws, api_id, "get") == (200, {"name": "Rex"})
    status, found = ask(aws, api_id, "query")
    assert (status, found["Items"]) == (200, [{"id": {"S": "7"}, "n": {"S": "Rex"}}])
    status, found = ask(aws, api_id, "update", {"name": "Tom"})
    assert (status, found["Attributes"]["n"]) == (200, {"S": "Tom"})
    assert ask(aws, api_id, "by-path")[1]["Item"]["n"] == {"S": "Tom"}
    assert ask(aws, api_id, "delete") == (200, {})
    assert ask(aws, api_id, "get") == (200, {"name": ""})


def test_dynamodb_error(aws: Aws, api_id: str) -> None:
    status, told = ask(aws, api_id, "no-table")
    assert status == 400
    assert told["__type"].endswith("ResourceNotFoundException")


@pytest.mark.parametrize("name", ["sqs", "sqs-action", "sqs-json"])
def test_sqs(aws: Aws, api_id: str, name: str) -> None:
    status, told = ask(aws, api_id, name, {"name": f"a&b of {name}"})
    assert status == 200
    assert received(aws) == [json.dumps({"name": f"a&b of {name}"}, separators=(",", ":"))]
    result = told if name == "sqs-json" else told["SendMessageResponse"]["SendMessageResult"]
    assert len(result["MessageId"]) == 36
    if name != "sqs-json":
        assert result["SequenceNumber"] is None
        assert told["SendMessageResponse"]["ResponseMetadata"]["RequestId"]


@pytest.mark.parametrize(
    ("name", "code"), [("sqs-error", "InvalidAction"), ("sqs-no-form", "MissingAction")]
)
def test_sqs_error(aws: Aws, api_id: str, name: str, code: str) -> None:
    """A form counts only when Content-Type says that it is one."""
    status, told = ask(aws, api_id, name)
    assert (status, told["Error"]["Code"]) == (400, code)


def test_sns(aws: Aws, api_id: str) -> None:
    status, told = ask(aws, api_id, "sns")
    assert (status, told["PublishResponse"]["PublishResult"]["SequenceNumber"]) == (200, None)
    assert [json.loads(body)["Message"] for body in received(aws)] == ['{"name":"Rex"}']


def test_events(aws: Aws, api_id: str) -> None:
    status, told = ask(aws, api_id, "events")
    assert (status, told["FailedEntryCount"], len(told["Entries"])) == (200, 0, 1)


def test_step_functions(aws: Aws, api_id: str) -> None:
    status, told = ask(aws, api_id, "start")
    assert (status, told["executionArn"].split(":")[6]) == (200, "pets"), told
    assert time.time() - 60 < told["startDate"] < time.time() + 60
    status, told = ask(aws, api_id, "start-sync")
    assert (status, told["status"], json.loads(told["output"])) == (
        200, "SUCCEEDED", {"name": "Rex"},
    )  # fmt: skip


def test_s3(aws: Aws, api_id: str) -> None:
    image = {"Content-Type": "image/png", "Accept": "image/png"}
    key: dict[str, Any] = {"params": {"key": "a b/c.png"}, "headers": image}
    put = aws.call(api_id, "/s3-put/7", "POST", content=PIXEL, **key)
    assert put.status_code == 200
    stored = aws.client("s3").get_object(Bucket="pets", Key="a b/c.png")
    assert stored["Body"].read() == PIXEL
    for name in ("s3-get", "s3-subdomain"):
        assert aws.call(api_id, f"/{name}/7", "POST", **key).content == PIXEL
    missing = aws.call(api_id, "/s3-get/7", "POST", params={"key": "none"})
    assert (missing.status_code, "NoSuchKey" in missing.text) == (400, True)


@pytest.mark.parametrize("name", ["unknown", "no-action", "no-role", "other-trust"])
def test_configuration_error(aws: Aws, api_id: str, name: str) -> None:
    assert ask(aws, api_id, name) == (500, ERROR)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("other-table", "is not authorized to perform: dynamodb:GetItem"),
        ("no-permission", "is not authorized to perform: dynamodb:Scan"),
        ("no-sns-permission", "is not authorized to perform: SNS:Publish"),
        ("no-credentials", "is not authorized to perform: dynamodb:GetItem"),
        ("no-queue-policy", "is not authorized to perform: sqs:SendMessage"),
    ],
)
def test_denied(aws: Aws, api_id: str, name: str, words: str) -> None:
    """The service's own refusal, which is a response of the integration like others."""
    answer = aws.call(api_id, f"/{name}/7", "POST", json={"name": "Rex"})
    assert answer.status_code == 400
    assert words.lower() in answer.text.lower()


def test_allowed_by_the_policy_of_a_queue(aws: Aws, api_id: str) -> None:
    assert ask(aws, api_id, "queue-policy")[0] == 200
    assert received(aws, "pets-open") == ['{"name":"Rex"}']
