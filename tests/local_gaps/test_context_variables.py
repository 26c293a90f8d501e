"""What `$context` tells of a caller and of a deployment.

'Examples using variables for mapping template transformations', its first, and the reference:
https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-variable-examples.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
"""

from __future__ import annotations

from botocore.credentials import Credentials

from tests.local_gaps.running import ACCOUNT, Aws, document, mock
from tests.signing import signed


def test_who_calls(aws: Aws) -> None:
    template = (
        '{"key": "$context.identity.apiKey", "key_id": "$context.identity.apiKeyId", '
        '"account": "$context.identity.accountId", "arn": "$context.identity.userArn", '
        '"deployment": "$context.deploymentId", "trace": "$context.awsEndpointRequestId"}'
    )
    sigv4 = {"type": "apiKey", "name": "Authorization", "in": "header",
             "x-amazon-apigateway-authtype": "awsSigv4"}  # fmt: skip
    api_id = aws.import_api(
        document(
            {
                "/open": {"get": mock(template)},
                "/signed": {"get": mock(template, security=[{"sigv4": []}])},
            },
            components={"securitySchemes": {"sigv4": sigv4}},
        )
    )
    key = aws.client("apigateway").create_api_key(name="who", enabled=True)
    given = {"x-api-key": key["value"]}
    told = aws.call(api_id, "/open", headers=given).json()
    stage = aws.client("apigateway").get_stage(restApiId=api_id, stageName="live")
    assert (told["key"], told["key_id"]) == (key["value"], key["id"])
    assert (told["account"], told["deployment"]) == ("", stage["deploymentId"])
    assert len(told["trace"]) == 36
    url = f"{aws.endpoint}/_aws/execute-api/{api_id}/live/signed"
    told = aws.http.send(signed("GET", url, Credentials("test", "test"))).json()
    assert (told["account"], told["arn"]) == (ACCOUNT, f"arn:aws:iam::{ACCOUNT}:root")
