"""What a pipeline relies on to act in other accounts: roles that it assumes, buckets that it reads.

A key of twelve digits is a key of that account.
https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-create-cross-account.html
"""

from __future__ import annotations

import json
import uuid
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from tests.local_gaps.functions import zipped
from tests.local_gaps.running import REGION, Aws

PIPELINE, PROD = "111111111111", "222222222222"


def client(aws: Aws, service: str, account: str, region: str = REGION, **more: Any) -> Any:
    """A client with a key of the account, or with the credentials in ``more``."""
    keys = {"aws_access_key_id": account, "aws_secret_access_key": "local", **more}
    session: Any = boto3.Session(region_name=region, **keys)
    return session.client(service, endpoint_url=aws.endpoint)


def assumed(aws: Aws, service: str, role: str) -> Any:
    """A client of PROD's role, assumed by PIPELINE."""
    arn = f"arn:aws:iam::{PROD}:role/{role}"
    sts = client(aws, "sts", PIPELINE)
    found = sts.assume_role(RoleArn=arn, RoleSessionName="release")["Credentials"]
    return client(
        aws,
        service,
        PROD,
        aws_access_key_id=found["AccessKeyId"],
        aws_secret_access_key=found["SecretAccessKey"],
        aws_session_token=found["SessionToken"],
    )


def artifact_bucket(aws: Aws, policy: bool) -> str:
    """A bucket of PIPELINE with an object, open to PROD if it has a policy."""
    bucket = f"artifacts-{uuid.uuid4().hex[:8]}"
    s3 = client(aws, "s3", PIPELINE)
    s3.create_bucket(Bucket=bucket)
    s3.put_object(Bucket=bucket, Key="assembly", Body=b"zip")
    if policy:
        statement = {
            "Effect": "Allow",
            "Principal": {"AWS": f"arn:aws:iam::{PROD}:root"},
            "Action": ["s3:GetObject*", "s3:GetBucket*", "s3:List*"],
            "Resource": [f"arn:aws:s3:::{bucket}", f"arn:aws:s3:::{bucket}/*"],
        }
        document = {"Version": "2012-10-17", "Statement": [statement]}
        s3.put_bucket_policy(Bucket=bucket, Policy=json.dumps(document))
    return bucket


def test_an_assumed_role_acts_in_its_own_account(aws: Aws) -> None:
    trust = {"Version": "2012-10-17", "Statement": []}
    client(aws, "iam", PROD).create_role(
        RoleName="deploy", AssumeRolePolicyDocument=json.dumps(trust)
    )
    identity = assumed(aws, "sts", "deploy").get_caller_identity()
    assert identity["Account"] == PROD
    assert identity["Arn"] == f"arn:aws:sts::{PROD}:assumed-role/deploy/release"
    assumed(aws, "ssm", "deploy").put_parameter(Name="/released", Value="1", Type="String")
    there = client(aws, "ssm", PROD).get_parameters(Names=["/released"])["Parameters"]
    here = client(aws, "ssm", PIPELINE).get_parameters(Names=["/released"])["Parameters"]
    assert ([found["Value"] for found in there], here) == (["1"], [])


def test_a_stack_of_an_assumed_role_is_in_its_account(aws: Aws) -> None:
    formation = assumed(aws, "cloudformation", "deploy")
    resources = {"Topic": {"Type": "AWS::SNS::Topic", "Properties": {"TopicName": "released"}}}
    formation.create_stack(StackName="released", TemplateBody=json.dumps({"Resources": resources}))
    formation.get_waiter("stack_create_complete").wait(
        StackName="released", WaiterConfig={"Delay": 1, "MaxAttempts": 20}
    )
    topics = client(aws, "sns", PROD).list_topics()["Topics"]
    assert [topic["TopicArn"] for topic in topics] == [f"arn:aws:sns:{REGION}:{PROD}:released"]


@pytest.mark.parametrize("account", [PIPELINE, PROD])
def test_an_artifact_is_read_by_who_may(aws: Aws, account: str) -> None:
    bucket = artifact_bucket(aws, policy=True)
    found = client(aws, "s3", account).get_object(Bucket=bucket, Key="assembly")
    assert found["Body"].read() == b"zip"


def test_an_artifact_is_read_with_an_assumed_role(aws: Aws) -> None:
    bucket = artifact_bucket(aws, policy=True)
    found = assumed(aws, "s3", "deploy").get_object(Bucket=bucket, Key="assembly")
    assert found["Body"].read() == b"zip"


def test_a_bucket_without_a_policy_is_closed_to_other_accounts(aws: Aws) -> None:
    bucket = artifact_bucket(aws, policy=False)
    with pytest.raises(ClientError, match="AccessDenied"):
        client(aws, "s3", PROD).get_object(Bucket=bucket, Key="assembly")


def test_a_bucket_is_reached_from_another_region(aws: Aws) -> None:
    bucket = artifact_bucket(aws, policy=True)
    found = client(aws, "s3", PIPELINE, "eu-west-1").get_object(Bucket=bucket, Key="assembly")
    assert found["Body"].read() == b"zip"


WHOSE = """
import boto3
def handler(event, context):
    identity = boto3.client("sts").get_caller_identity()["Account"]
    return [identity, boto3.session.Session().region_name, context.invoked_function_arn]
"""


@pytest.mark.parametrize("region", [REGION, "eu-west-1"])
def test_a_function_acts_in_its_own_account_and_region(aws: Aws, region: str) -> None:
    """Where it puts the results of its jobs."""
    functions = client(aws, "lambda", PROD, region)
    functions.create_function(
        FunctionName="whose",
        Runtime="python3.11",
        Role=f"arn:aws:iam::{PROD}:role/deploy",
        Handler="handler.handler",
        Code={"ZipFile": zipped(WHOSE)},
    )
    answer = functions.invoke(FunctionName="whose")
    arn = f"arn:aws:lambda:{region}:{PROD}:function:whose"
    assert json.loads(answer["Payload"].read()) == [PROD, region, arn]
