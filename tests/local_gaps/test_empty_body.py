"""Proxy answers without a body.

'Lambda proxy integrations in API Gateway', output format for proxy integration:
https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
"""

from __future__ import annotations

import pytest

from tests.local_gaps.running import Aws, document, lambda_proxy

ANSWERS = {
    "null": '{"statusCode": 204, "body": None}',
    "absent": '{"statusCode": 204}',
    "empty": '{"statusCode": 204, "body": ""}',
    "null with headers": '{"statusCode": 204, "body": None, "multiValueHeaders": {"X-A": ["b"]}}',
}


@pytest.mark.parametrize("kind", ANSWERS)
def test_an_answer_without_a_body(aws: Aws, kind: str) -> None:
    name = f"empty-body-{list(ANSWERS).index(kind)}"
    arn = aws.function(name, f"def handler(event, context):\n    return {ANSWERS[kind]}\n")
    aws.permit(name, "arn:aws:execute-api:*")
    api_id = aws.import_api(document({"/": {"delete": lambda_proxy(arn)}}))
    answer = aws.call(api_id, "/", "DELETE")
    assert (answer.status_code, answer.content) == (204, b"")
