"""An API of any account answers whoever knows its address.

'Invoke REST APIs in API Gateway':
https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-call-api.html
"""

from __future__ import annotations

import json
from urllib.parse import urlsplit

import boto3
import pytest

from tests.local_gaps.running import REGION, Aws, document, mock

ELSEWHERE = "222222222222"


@pytest.fixture
def api_id(aws: Aws) -> str:
    """An API that answers, in another account than the server's own."""
    gateway = boto3.client(
        "apigateway",
        endpoint_url=aws.endpoint,
        aws_access_key_id=ELSEWHERE,
        aws_secret_access_key="x",
        region_name=REGION,
    )
    body = document({"/": {"get": mock()}})
    made: str = gateway.import_rest_api(body=json.dumps(body).encode())["id"]
    gateway.create_deployment(restApiId=made, stageName="live")
    return made


def test_it_answers_callers_without_an_account(aws: Aws, api_id: str) -> None:
    assert aws.call(api_id, "/").status_code == 200


def test_it_answers_at_its_own_host_name(aws: Aws, api_id: str) -> None:
    host = f"{api_id}.execute-api.localhost:{urlsplit(aws.endpoint).port}"
    answer = aws.http.get(f"{aws.endpoint}/live/", headers={"Host": host})
    assert answer.status_code == 200


def test_what_is_no_api_is_not_found(aws: Aws) -> None:
    assert aws.call("0123456789", "/").status_code in (403, 404)
