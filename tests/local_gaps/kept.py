"""What of a service is made before a restart, and how it is looked at before and after."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.local_gaps.functions import SAY, zipped
from tests.local_gaps.pipelines import pipeline
from tests.local_gaps.running import ACCOUNT, Aws

ROLE = f"arn:aws:iam::{ACCOUNT}:role/any"
POLICY = '{"Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}'
KEYS = {"pk": {"S": "a"}, "sk": {"N": "10"}}


@dataclass(frozen=True)
class Kept:
    """`look` finds the same before and after, of what `make` made."""

    make: Callable[[Aws], Any]
    look: Callable[[Aws], Any]


def table(aws: Aws) -> None:
    dynamodb = aws.client("dynamodb")
    names = ("pk", "sk", "by")
    dynamodb.create_table(
        TableName="kept",
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[
            {"AttributeName": name, "AttributeType": "N" if name == "sk" else "S"} for name in names
        ],
        KeySchema=[
            {"AttributeName": "pk", "KeyType": "HASH"},
            {"AttributeName": "sk", "KeyType": "RANGE"},
        ],
        GlobalSecondaryIndexes=[
            {
                "IndexName": "by-by",
                "KeySchema": [{"AttributeName": "by", "KeyType": "HASH"}],
                "Projection": {"ProjectionType": "ALL"},
            }
        ],
    )
    for number in ("2", "10"):
        item = {**KEYS, "sk": {"N": number}, "by": {"S": "z"}, "raw": {"B": b"\x00\xff"}}
        dynamodb.put_item(TableName="kept", Item={**item, "set": {"SS": ["x", "y"]}})
    ttl = {"Enabled": True, "AttributeName": "expires"}
    dynamodb.update_time_to_live(TableName="kept", TimeToLiveSpecification=ttl)


def items(aws: Aws) -> Any:
    dynamodb = aws.client("dynamodb")
    values = {":v": {"S": "z"}}
    found = dynamodb.query(
        TableName="kept",
        IndexName="by-by",
        KeyConditionExpression="#by = :v",
        ExpressionAttributeNames={"#by": "by"},
        ExpressionAttributeValues=values,
    )["Items"]
    ttl = dynamodb.describe_time_to_live(TableName="kept")["TimeToLiveDescription"]
    scanned = dynamodb.scan(TableName="kept")["Items"]
    return found, scanned, dynamodb.get_item(TableName="kept", Key=KEYS)["Item"], ttl


def function(aws: Aws) -> None:
    functions = aws.client("lambda")
    aws.function("kept", SAY % "first")
    functions.publish_version(FunctionName="kept")
    functions.create_alias(FunctionName="kept", Name="live", FunctionVersion="1")
    functions.update_function_code(FunctionName="kept", ZipFile=zipped(SAY % "second"))
    aws.permit("kept", "arn:aws:execute-api:*", "live")


def answers(aws: Aws) -> Any:
    functions = aws.client("lambda")
    said = [
        functions.invoke(FunctionName="kept", Qualifier=name)["Payload"].read()
        for name in ("live", "$LATEST")
    ]
    policy = functions.get_policy(FunctionName="kept", Qualifier="live")["Policy"]
    return said, policy, functions.get_function_configuration(FunctionName="kept")["CodeSha256"]


def stack(aws: Aws) -> None:
    made = aws.stack("kept", {"Topic": {"Type": "AWS::SNS::Topic"}})
    assert made.status == "CREATE_COMPLETE"


def stacks(aws: Aws) -> Any:
    formation = aws.client("cloudformation")
    shown = formation.describe_stacks(StackName="kept")["Stacks"][0]
    resources = formation.describe_stack_resources(StackName="kept")["StackResources"]
    template = formation.get_template(StackName="kept")["TemplateBody"]
    topics = aws.client("sns").list_topics()["Topics"]
    return shown["StackId"], shown["StackStatus"], template, resources, topics


def bucket(aws: Aws) -> None:
    s3 = aws.client("s3")
    s3.create_bucket(Bucket="kept")
    s3.put_bucket_versioning(Bucket="kept", VersioningConfiguration={"Status": "Enabled"})
    s3.put_object(Bucket="kept", Key="a/b", Body=b"\x00old")
    s3.put_object(Bucket="kept", Key="a/b", Body=b"\x00new", ContentType="a/b")


def objects(aws: Aws) -> Any:
    s3 = aws.client("s3")
    versions = s3.list_object_versions(Bucket="kept")["Versions"]
    bodies = [
        s3.get_object(Bucket="kept", Key="a/b", VersionId=version["VersionId"])["Body"].read()
        for version in versions
    ]
    return bodies, s3.get_object(Bucket="kept", Key="a/b")["ContentType"]


def logs(aws: Aws) -> None:
    client = aws.client("logs")
    client.create_log_group(logGroupName="kept", tags={"a": "b"})
    client.put_retention_policy(logGroupName="kept", retentionInDays=7)
    client.create_log_stream(logGroupName="kept", logStreamName="s")
    for number in range(12):
        events = [{"timestamp": number * 100 + n, "message": f"{number} {n}"} for n in range(100)]
        client.put_log_events(logGroupName="kept", logStreamName="s", logEvents=events)


def log_group(aws: Aws) -> Any:
    """The newest thousand lines are kept of the 1,200."""
    client = aws.client("logs")
    pages = client.get_paginator("filter_log_events").paginate(logGroupName="kept", startTime=200)
    lines = [event["message"] for page in pages for event in page["events"]]
    assert len(lines) == 1000
    group = client.describe_log_groups(logGroupNamePrefix="kept")["logGroups"][0]
    return lines, group["retentionInDays"]


def role(aws: Aws) -> None:
    iam = aws.client("iam")
    iam.create_role(RoleName="kept", AssumeRolePolicyDocument='{"Version": "2012-10-17"}')
    iam.put_role_policy(RoleName="kept", PolicyName="p", PolicyDocument=POLICY)


def invoke(aws: Aws) -> None:
    """A function of its own, so that nothing else counts with it."""
    aws.function("kept-metered", SAY % "kept")
    for _ in range(3):
        aws.client("lambda").invoke(FunctionName="kept-metered")


def invocations(aws: Aws) -> list[float]:
    """How often it was invoked. A restart takes seconds, and a day later nobody asks."""
    names = [{"Name": "FunctionName", "Value": "kept-metered"}]
    found = aws.client("cloudwatch").get_metric_statistics(
        Namespace="AWS/Lambda",
        MetricName="Invocations",
        Dimensions=names,
        StartTime=time.time() - 3600,
        EndTime=time.time() + 1,
        Period=60,
        Statistics=["Sum"],
    )["Datapoints"]
    return [sum(point["Sum"] for point in found)]


KEPT: dict[str, Kept] = {
    "dynamodb": Kept(table, items),
    "lambda": Kept(function, answers),
    "cloudformation": Kept(stack, stacks),
    "s3": Kept(bucket, objects),
    "logs": Kept(logs, log_group),
    "iam": Kept(
        role,
        lambda aws: (
            aws.client("iam").get_role(RoleName="kept")["Role"]["RoleId"],
            aws.client("iam").get_role_policy(RoleName="kept", PolicyName="p")["PolicyDocument"],
        ),
    ),
    "ssm": Kept(
        lambda aws: aws.client("ssm").put_parameter(Name="/kept", Value="21", Type="String"),
        lambda aws: aws.client("ssm").get_parameter(Name="/kept")["Parameter"]["Value"],
    ),
    "secretsmanager": Kept(
        lambda aws: aws.client("secretsmanager").create_secret(Name="kept", SecretString="s"),
        lambda aws: aws.client("secretsmanager").get_secret_value(SecretId="kept")["SecretString"],
    ),
    "sqs": Kept(
        lambda aws: aws.client("sqs").create_queue(QueueName="kept"),
        lambda aws: [
            url.rpartition("/")[2] for url in aws.client("sqs").list_queues()["QueueUrls"]
        ],
    ),
    "events": Kept(
        lambda aws: aws.client("events").put_rule(Name="kept", ScheduleExpression="rate(1 day)"),
        lambda aws: aws.client("events").describe_rule(Name="kept")["Arn"],
    ),
    "cloudwatch": Kept(
        lambda aws: aws.client("cloudwatch").put_metric_alarm(
            AlarmName="kept",
            MetricName="m",
            Namespace="n",
            Statistic="Sum",
            Period=60,
            EvaluationPeriods=1,
            Threshold=1,
            ComparisonOperator="GreaterThanThreshold",
        ),
        lambda aws: aws.client("cloudwatch").describe_alarms()["MetricAlarms"][0]["AlarmArn"],
    ),
    "metrics of services": Kept(invoke, invocations),
    "stepfunctions": Kept(
        lambda aws: aws.client("stepfunctions").create_state_machine(
            name="kept",
            roleArn=ROLE,
            definition='{"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}',
        ),
        lambda aws: [
            machine["stateMachineArn"]
            for machine in aws.client("stepfunctions").list_state_machines()["stateMachines"]
        ],
    ),
    "codepipeline": Kept(
        lambda aws: aws.client("codepipeline").create_pipeline(pipeline=pipeline("kept")),
        lambda aws: (
            aws.client("codepipeline").get_pipeline(name="kept")["pipeline"],
            aws.client("codepipeline").get_pipeline(name="kept")["metadata"],
        ),
    ),
    "kms": Kept(
        lambda aws: aws.client("kms").create_alias(
            AliasName="alias/kept",
            TargetKeyId=aws.client("kms").create_key()["KeyMetadata"]["KeyId"],
        ),
        lambda aws: aws.client("kms").describe_key(KeyId="alias/kept")["KeyMetadata"]["Arn"],
    ),
}
