"""A running embedded AWS, and short ways to put an API on it."""

from __future__ import annotations

import functools
import io
import json
import time
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import boto3
import httpx

REGION, ACCOUNT = "us-east-1", "000000000000"
Document = dict[str, Any]


@dataclass(frozen=True)
class Aws:
    """The server under test."""

    endpoint: str
    http: httpx.Client = field(default_factory=lambda: httpx.Client(timeout=30))

    def client(self, service: str) -> Any:
        """A client of a service; one for each, since making it takes longer than most calls."""
        return _client(self.endpoint, service)

    def call(
        self, api_id: str, path: str, method: str = "GET", stage: str = "live", **options: Any
    ) -> httpx.Response:
        """One request to a stage of an API."""
        url = f"{self.endpoint}/_aws/execute-api/{api_id}/{stage}{path}"
        return self.http.request(method, url, **options)

    def import_api(self, document: Document, variables: Mapping[str, str] | None = None) -> str:
        """The id of a new API made of the document and deployed to the stage `live`."""
        gateway = self.client("apigateway")
        api_id: str = gateway.import_rest_api(body=json.dumps(document).encode())["id"]
        self.deploy(api_id, variables)
        return api_id

    def deploy(self, api_id: str, variables: Mapping[str, str] | None = None) -> None:
        self.client("apigateway").create_deployment(
            restApiId=api_id, stageName="live", variables=dict(variables or {})
        )

    def function(self, name: str, code: str) -> str:
        """The ARN of a new function with this `handler.py`."""
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("handler.py", code)
        made = self.client("lambda").create_function(
            FunctionName=name,
            Runtime="python3.11",
            Role=f"arn:aws:iam::{ACCOUNT}:role/any",
            Handler="handler.handler",
            Code={"ZipFile": packed.getvalue()},
        )
        return str(made["FunctionArn"])

    def permit(
        self, function: str, source_arn: str, qualifier: str | None = None, **more: Any
    ) -> None:
        """Let API Gateway invoke the function, or its alias, from this source."""
        arguments = {
            "Action": "lambda:InvokeFunction",
            "Principal": "apigateway.amazonaws.com",
            "SourceArn": source_arn,
            "StatementId": f"s{time.monotonic_ns()}",
            **({"Qualifier": qualifier} if qualifier else {}),
            **more,
        }
        self.client("lambda").add_permission(FunctionName=function, **arguments)

    def stack(self, name: str, resources: Mapping[str, Any], *, update: bool = False) -> Stack:
        """Create or update a stack and wait for the end of it."""
        formation = self.client("cloudformation")
        send = formation.update_stack if update else formation.create_stack
        send(StackName=name, TemplateBody=json.dumps({"Resources": resources}))
        for _ in range(200):
            status = formation.describe_stacks(StackName=name)["Stacks"][0]["StackStatus"]
            if not status.endswith("_IN_PROGRESS"):
                return Stack(formation, name, status)
            time.sleep(0.05)
        raise AssertionError(f"stack {name} is still {status}")


@dataclass(frozen=True)
class Stack:
    """A stack that has come to rest."""

    formation: Any
    name: str
    status: str

    def physical_id(self, logical_id: str) -> str:
        found = self.formation.describe_stack_resources(
            StackName=self.name, LogicalResourceId=logical_id
        )
        return str(found["StackResources"][0]["PhysicalResourceId"])

    @property
    def reasons(self) -> str:
        events = self.formation.describe_stack_events(StackName=self.name)["StackEvents"]
        return "\n".join(event.get("ResourceStatusReason", "") for event in events)


@functools.cache
def _client(endpoint: str, service: str) -> Any:
    session: Any = boto3.Session(
        aws_access_key_id="test", aws_secret_access_key="test", region_name=REGION
    )
    return session.client(service, endpoint_url=endpoint)


def document(paths: Mapping[str, Any], **more: Any) -> Document:
    """An OpenAPI document with these paths."""
    return {"openapi": "3.0.1", "info": {"title": "case", "version": "1"}, "paths": paths, **more}


def mock(template: str = "", request: str = '{"statusCode": 200}', **more: Any) -> Document:
    """An operation with a mock integration that answers 200 with this response template."""
    return {
        "responses": {"200": {"description": "ok"}},
        "x-amazon-apigateway-integration": {
            "type": "mock",
            "requestTemplates": {"application/json": request},
            "responses": {
                "default": {
                    "statusCode": "200",
                    "responseTemplates": {"application/json": template},
                }
            },
        },
        **more,
    }


def lambda_proxy(function_ref: str, **more: Any) -> Document:
    """An operation that a Lambda function answers."""
    return {
        "responses": {"200": {"description": "ok"}},
        "x-amazon-apigateway-integration": {
            "type": "aws_proxy",
            "httpMethod": "POST",
            "uri": lambda_uri(function_ref),
            "responses": {"default": {"statusCode": "200"}},  # which one that is no proxy needs
            **more,
        },
    }


def lambda_uri(function_ref: str) -> str:
    return (
        f"arn:aws:apigateway:{REGION}:lambda:path/2015-03-31/functions/{function_ref}/invocations"
    )
