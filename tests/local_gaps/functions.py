"""Functions for the tests of invoking: one that says who it is, and one that authorizes."""

from __future__ import annotations

from tests.local_gaps.running import Aws

SAY = """
import os
def handler(event, context):
    return {"statusCode": 200, "body": "%s " + os.environ["AWS_LAMBDA_FUNCTION_VERSION"]}
"""

AUTHORIZE = """
def handler(event, context):
    return {
        "principalId": "someone",
        "policyDocument": {"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": "*"}]},
    }
"""


def two_releases(aws: Aws, name: str) -> str:
    """The ARN of a function whose aliases `blue` and `green` are its versions 1 and 2."""
    functions = aws.client("lambda")
    arn = aws.function(name, SAY % "first")
    functions.publish_version(FunctionName=name)
    functions.update_function_code(FunctionName=name, ZipFile=zipped(SAY % "second"))
    functions.publish_version(FunctionName=name)
    functions.create_alias(FunctionName=name, Name="blue", FunctionVersion="1")
    functions.create_alias(FunctionName=name, Name="green", FunctionVersion="2")
    return arn


def zipped(code: str) -> bytes:
    import io
    import zipfile

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("handler.py", code)
    return packed.getvalue()
