"""Integrations with AWS services, and the resources and the role that they need."""

from __future__ import annotations

import json
from typing import Any

from tests.local_gaps.roles import policy, role
from tests.local_gaps.running import ACCOUNT, REGION, Aws

GATEWAY = f"arn:aws:apigateway:{REGION}"
TABLE = f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/pets"
QUEUE = f"arn:aws:sqs:{REGION}:{ACCOUNT}:pets"
TOPIC = f"arn:aws:sns:{REGION}:{ACCOUNT}:pets"
MACHINE = f"arn:aws:states:{REGION}:{ACCOUNT}:stateMachine:pets"
FORM = {"integration.request.header.Content-Type": "'application/x-www-form-urlencoded'"}
BY_STATUS = {
    "default": {"statusCode": "200"},
    "4\\d{2}": {"statusCode": "400"},
    "5\\d{2}": {"statusCode": "500"},
}
ITEM = (
    '{"TableName": "pets", "Item": '
    '{"id": {"S": "$input.params(\'id\')"}, "n": {"S": $input.json(\'$.name\')}}}'
)
KEY = '{"TableName": "pets", "Key": {"id": {"S": "$input.params(\'id\')"}}}'
SEND = "Action=SendMessage&MessageBody=$util.urlEncode($input.body)"
EVENT = (
    '{"Entries": [{"Source": "pets", "DetailType": "bought", "EventBusName": "pets", '
    '"Detail": "$util.escapeJavaScript($input.body)"}]}'
)
START = f'{{"input": "$util.escapeJavaScript($input.json(\'$\'))", "stateMachineArn": "{MACHINE}"}}'


def integration(uri: str, template: str = "", **more: Any) -> dict[str, Any]:
    return {
        "type": "aws",
        "httpMethod": "POST",
        "uri": f"{GATEWAY}:{uri}",
        "credentials": f"arn:aws:iam::{ACCOUNT}:role/pets",
        "requestTemplates": {"application/json": template} if template else {},
        "responses": BY_STATUS,
        **more,
    }


def operation(given: dict[str, Any]) -> dict[str, Any]:
    return {
        "parameters": [
            {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}},
            {"name": "key", "in": "query", "schema": {"type": "string"}},
        ],
        "responses": {code: {"description": ""} for code in ("200", "400", "500")},
        "x-amazon-apigateway-integration": given,
    }


QUERY = {"querystring.QueueUrl": f"'https://sqs.{REGION}.amazonaws.com/{ACCOUNT}/pets'",
         "querystring.MessageBody": "method.request.body"}  # fmt: skip
PUBLISH = {"querystring.TopicArn": f"'{TOPIC}'", "querystring.Message": "method.request.body"}
BUCKET_KEY = {"path.key": "method.request.querystring.key"}
TO_SQS = {"header.X-Amz-Target": "'AmazonSQS.SendMessage'",
          "header.Content-Type": "'application/x-amz-json-1.0'"}  # fmt: skip


def mapped(parameters: dict[str, str]) -> dict[str, str]:
    return {f"integration.request.{target}": source for target, source in parameters.items()}


INTEGRATIONS = {
    "put": integration("dynamodb:action/PutItem", ITEM),
    "get": integration("dynamodb:action/GetItem", KEY, responses={
        **BY_STATUS, "default": {"statusCode": "200", "responseTemplates": {
            "application/json": "{\"name\": \"$input.path('$.Item.n.S')\"}"}}}),
    "query": integration("dynamodb:action/Query", (
        '{"TableName": "pets", "KeyConditionExpression": "id = :id", '
        '"ExpressionAttributeValues": {":id": {"S": "$input.params(\'id\')"}}}')),
    "update": integration("dynamodb:action/UpdateItem", KEY[:-1] + (
        ', "UpdateExpression": "SET n = :n", "ReturnValues": "ALL_NEW", '
        '"ExpressionAttributeValues": {":n": {"S": $input.json(\'$.name\')}}}')),
    "delete": integration("dynamodb:action/DeleteItem", KEY),
    "no-table": integration("dynamodb:action/PutItem", ITEM.replace("pets", "none")),
    "by-path": integration("dynamodb:path/", KEY, requestParameters=mapped({
        "header.X-Amz-Target": "'DynamoDB_20120810.GetItem'",
        "header.Content-Type": "'application/x-amz-json-1.0'"})),
    "sqs": integration(f"sqs:path/{ACCOUNT}/pets", SEND, requestParameters=FORM),
    "sqs-action": integration("sqs:action/SendMessage", requestParameters=mapped(QUERY)),
    "sqs-json": integration("sqs:path/", json.dumps({
        "QueueUrl": f"https://sqs.{REGION}.amazonaws.com/{ACCOUNT}/pets",
        "MessageBody": "$util.escapeJavaScript($input.body)"}),
        requestParameters=mapped(TO_SQS)),
    "sqs-no-form": integration(f"sqs:path/{ACCOUNT}/pets", SEND),
    "sqs-error": integration(f"sqs:path/{ACCOUNT}/pets", "Action=Nothing", requestParameters=FORM),
    "sns": integration("sns:action/Publish", requestParameters=mapped(PUBLISH)),
    "events": integration("events:action/PutEvents", EVENT),
    "start": integration("states:action/StartExecution", START),
    "start-sync": integration("states:action/StartSyncExecution", START),
    "s3-put": integration("s3:path/pets/{key}", httpMethod="PUT",
                          requestParameters=mapped(BUCKET_KEY)),
    "s3-get": integration("s3:path/pets/{key}", httpMethod="GET",
                          requestParameters=mapped(BUCKET_KEY)),
    "s3-subdomain": integration("pets.s3:path/{key}", httpMethod="GET",
                                requestParameters=mapped(BUCKET_KEY)),
    "unknown": integration("nothing:action/Do"),
    "no-action": integration("s3:action/GetObject"),
    "no-role": integration("dynamodb:action/GetItem", KEY,
                           credentials=f"arn:aws:iam::{ACCOUNT}:role/none"),
    "other-trust": integration("dynamodb:action/GetItem", KEY,
                               credentials=f"arn:aws:iam::{ACCOUNT}:role/pets-of-lambda"),
    "other-table": integration("dynamodb:action/GetItem", KEY.replace("pets", "others")),
    "no-permission": integration("dynamodb:action/Scan", '{"TableName": "pets"}'),
    "no-sns-permission": integration("sns:action/Publish", requestParameters=mapped(PUBLISH),
                                     credentials=f"arn:aws:iam::{ACCOUNT}:role/pets-reader"),
    "no-credentials": integration("dynamodb:action/GetItem", KEY, credentials=None),
    "queue-policy": integration(f"sqs:path/{ACCOUNT}/pets-open", SEND, requestParameters=FORM,
                                credentials=None),
    "no-queue-policy": integration(f"sqs:path/{ACCOUNT}/pets", SEND, requestParameters=FORM,
                                   credentials=None),
}  # fmt: skip


def create(aws: Aws) -> None:
    """The resources, and the role that may use them, with two that may not."""
    aws.client("dynamodb").create_table(
        TableName="pets",
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    queues = aws.client("sqs")
    queues.create_queue(QueueName="pets")
    allowed = {"Effect": "Allow", "Principal": {"Service": "apigateway.amazonaws.com"},
               "Action": "sqs:SendMessage", "Resource": f"{QUEUE}-open"}  # fmt: skip
    queues.create_queue(QueueName="pets-open", Attributes={"Policy": policy(allowed)})
    topic = aws.client("sns").create_topic(Name="pets")["TopicArn"]
    aws.client("sns").subscribe(TopicArn=topic, Protocol="sqs", Endpoint=QUEUE)
    aws.client("events").create_event_bus(Name="pets")
    aws.client("s3").create_bucket(Bucket="pets")
    definition = {"StartAt": "Say", "States": {"Say": {"Type": "Pass", "End": True}}}
    aws.client("stepfunctions").create_state_machine(
        name="pets",
        definition=json.dumps(definition),
        roleArn=f"arn:aws:iam::{ACCOUNT}:role/any",
        type="EXPRESS",
    )
    role(aws, "pets-reader", ("sns:ListTopics", "*"))
    role(aws, "pets-of-lambda", ("dynamodb:*", TABLE), trusts="lambda")
    role(
        aws,
        "pets",
        *((f"dynamodb:{name}Item", TABLE) for name in ("Get", "Put", "Update", "Delete")),
        ("dynamodb:Query", TABLE),
        ("dynamodb:PutItem", TABLE.replace("pets", "none")),
        ("sqs:*", QUEUE),
        ("sns:Publish", TOPIC),
        ("events:PutEvents", f"arn:aws:events:{REGION}:{ACCOUNT}:event-bus/pets"),
        ("states:Start*", MACHINE),
        ("s3:*", "arn:aws:s3:::pets/*"),
    )
