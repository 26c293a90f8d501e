"""What is read of an API's releases, by the answers that AWS documents."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import boto3
import pytest
from botocore.stub import Stubber

from gatewright.operations.deployed import NotDeployedError
from gatewright.operations.release_reading import retained
from gatewright.operations.releases import Release, ReleaseError

OURS, THEIRS = "r-0123456789-4", "blue"
MADE = datetime(2026, 1, 1, tzinfo=UTC)


class Aws:
    """Clients whose answers are given, and have to have the documented shapes."""

    def __init__(self) -> None:
        self.clients: dict[str, Any] = {
            name: boto3.client(
                name,
                region_name="us-east-1",
                aws_access_key_id="none",
                aws_secret_access_key="none",
            )
            for name in ("cloudformation", "apigateway", "lambda")
        }
        self.stubs = {name: Stubber(client) for name, client in self.clients.items()}
        for stub in self.stubs.values():
            stub.activate()

    def answers(self, service: str, operation: str, **answer: Any) -> None:
        self.stubs[service].add_response(operation, answer)

    def has(self, *resources: tuple[str, str]) -> None:
        self.answers(
            "cloudformation",
            "list_stack_resources",
            StackResourceSummaries=[
                {
                    "LogicalResourceId": f"Resource{number}",
                    "ResourceType": kind,
                    "PhysicalResourceId": name,
                    "LastUpdatedTimestamp": MADE,
                    "ResourceStatus": "CREATE_COMPLETE",
                }
                for number, (kind, name) in enumerate(resources)
            ],
        )


def test_aliases_of_others_are_no_releases_and_keep_their_versions() -> None:
    aws = Aws()
    aws.has(("AWS::ApiGateway::RestApi", "api"), ("AWS::Lambda::Function", "one"))
    weighed = {"AdditionalVersionWeights": {"2": 0.5}}
    aws.answers(
        "lambda",
        "list_aliases",
        Aliases=[
            {"Name": OURS, "FunctionVersion": "4"},
            {"Name": THEIRS, "FunctionVersion": "3", "RoutingConfig": weighed},
        ],
    )
    made = "2026-01-01T00:00:00.000+0000"
    aws.answers(
        "lambda",
        "list_versions_by_function",
        Versions=[{"Version": name, "LastModified": made} for name in ("$LATEST", "3", "4")],
    )
    deployment = {"id": "d", "createdDate": MADE, "description": OURS}
    aws.answers("apigateway", "get_deployments", items=[deployment])
    variables = {"lambdaAlias": OURS}
    stage = {"stageName": "live", "deploymentId": "d", "variables": variables}
    aws.answers("apigateway", "get_stages", item=[stage])

    found = retained(aws.clients, "stack")
    assert found.releases == [Release(deployment_id="d", alias=OURS)]
    assert found.serving("live") in found.releases
    assert found.others == {"one": frozenset("23")}
    assert found.published == {"one": {"3": MADE, "4": MADE}}


def test_a_stack_that_is_not_deployed() -> None:
    aws = Aws()
    aws.stubs["cloudformation"].add_client_error(
        "list_stack_resources", "ValidationError", "Stack with id stack does not exist"
    )
    with pytest.raises(NotDeployedError, match="Stack stack is not deployed"):
        retained(aws.clients, "stack")


def test_a_stack_without_an_api() -> None:
    aws = Aws()
    aws.has(("AWS::SNS::Topic", "topic"))
    with pytest.raises(ReleaseError, match="stack stack has no API"):
        retained(aws.clients, "stack")
