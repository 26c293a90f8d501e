"""The policies of docs/guides/policies/ let CloudFormation make what the templates hold."""

import json
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pytest
from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER

ROOT = Path(__file__).parents[2]
POLICIES = ROOT / "docs" / "guides" / "policies"
SNAPSHOTS = ROOT / "tests" / "snapshot" / "__snapshots__" / "test_snapshots"
NAMES = ("environment", "pipeline")

# AWS: "IAM and AWS STS quotas", the characters of a managed policy without white space.
MOST_CHARACTERS = 6144

# What AWS's schemas name for properties that no template of ours has, or for the items in a table
# and the objects in a bucket, which are nothing of CloudFormation's.
NOT_USED = (
    "apigateway:UpdateRestApiPolicy",
    *("dynamodb:*Item", "dynamodb:Query", "dynamodb:Scan"),
    *("dynamodb:ImportTable", "dynamodb:*TableReplica", "dynamodb:*KinesisStreamingDestination"),
    *("iam:*GroupPolicy", "iam:*UserPolicy", "iam:*PermissionsBoundary"),
    *("lambda:AssociateRuntimeAlias", "lambda:PassCapacityProvider"),
    *("logs:*KmsKey", "logs:*ResourcePolicy", "logs:*ResourcePolicies", "logs:CreateLogDelivery"),
    *("logs:PutBearerTokenAuthentication", "logs:PutLogGroupDeletionProtection"),
    *("s3:*Object", "s3:PutObjectAcl", "s3:*BucketMetadata*"),
)
# What environments with canaries have besides: releases.json is for these. A custom resource is no
# permission of its own; it invokes a function.
OF_CANARIES = {
    "AWS::CloudWatch::Alarm",
    "AWS::CloudWatch::Dashboard",
    "AWS::StepFunctions::StateMachine",
}
CUSTOM = "Custom::"
# The roles of the pipeline's account get no managed policy.
NOT_IN = {"environment": (), "pipeline": ("iam:AttachRolePolicy", "iam:DetachRolePolicy")}

# AWS's schema of it names no permissions.
CODEBUILD = ("CreateProject", "UpdateProject", "DeleteProject", "BatchGetProjects")
PREFIXES = {"Cognito": "cognito-idp", "StepFunctions": "states"}

# What templates need besides their resources: the bootstrap's version, the code of functions,
# and the connection of a source.
BESIDES = {"ssm", "s3", "codeconnections", "codestar-connections"}


def resource_types(name: str) -> set[str]:
    """The types in the stacks of the pipeline, or in all the others."""
    others = OF_CANARIES if name == "environment" else set()
    files = [f for f in SNAPSHOTS.glob("*.json") if ("-pipeline" in f.name) == (name == "pipeline")]
    assert files
    found = {
        str(resource["Type"])
        for file in files
        for resource in json.loads(file.read_text())["Resources"].values()
    }
    return {name for name in found - others if not name.startswith(CUSTOM)}


def prefix(resource_type: str) -> str:
    """The service's name in IAM."""
    service = resource_type.split("::")[1]
    return PREFIXES.get(service, service.lower())


def needed(resource_type: str) -> Iterator[str]:
    """The service's own actions that making, reading, changing and removing one takes."""
    if resource_type == "AWS::CodeBuild::Project":
        yield from (f"codebuild:{action}" for action in CODEBUILD)
        return
    schema = PROVIDER_SCHEMA_MANAGER.get_resource_schema("us-east-1", resource_type).schema
    for what in ("create", "read", "update", "delete"):
        for action in schema["handlers"].get(what, {}).get("permissions", ()):
            if action.startswith(f"{prefix(resource_type)}:"):
                yield action


def statements(name: str) -> list[dict[str, Any]]:
    policy = json.loads((POLICIES / f"{name}.json").read_text())
    found: list[dict[str, Any]] = policy["Statement"]
    return found


def allowed(name: str) -> set[str]:
    """The actions of a policy, patterns as they are."""
    actions: set[str] = set()
    for statement in statements(name):
        listed = statement["Action"]
        actions |= {listed} if isinstance(listed, str) else set(listed)
    return actions


def matches(action: str, patterns: set[str] | tuple[str, ...]) -> bool:
    return any(fnmatchcase(action.lower(), pattern.lower()) for pattern in patterns)


@pytest.mark.parametrize("name", NAMES)
def test_every_resource_can_be_made(name: str) -> None:
    wanted = {
        f"{resource_type}: {action}"
        for resource_type in resource_types(name)
        for action in needed(resource_type)
        if not matches(action, (*NOT_USED, *NOT_IN[name])) and not matches(action, allowed(name))
    }
    assert not wanted


@pytest.mark.parametrize("name", NAMES)
def test_no_service_is_allowed_that_no_template_uses(name: str) -> None:
    used = {prefix(resource_type) for resource_type in resource_types(name)}
    assert {action.split(":")[0] for action in allowed(name)} <= used | BESIDES


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_allowed_that_reads_data(name: str) -> None:
    data = (
        *("dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query", "dynamodb:Scan"),
        *("lambda:InvokeFunction", "logs:GetLogEvents", "kms:Decrypt", "s3:PutObject"),
        *("cognito-idp:AdminCreateUser", "cognito-idp:ListUsers", "sns:Publish"),
        "secretsmanager:GetSecretValue",
    )
    assert [action for action in data if matches(action, allowed(name))] == []


@pytest.mark.parametrize("name", NAMES)
def test_roles_are_the_projects_own_and_handed_to_known_services(name: str) -> None:
    for statement in statements(name):
        actions = json.dumps(statement["Action"])
        if "iam:" in actions:
            assert "*" not in actions
            assert statement["Resource"] != "*"
        if "iam:PassRole" in actions:
            assert statement["Condition"]["StringEquals"]["iam:PassedToService"]


@pytest.mark.parametrize("name", NAMES)
def test_it_fits_in_a_managed_policy(name: str) -> None:
    text = (POLICIES / f"{name}.json").read_text()
    assert len("".join(text.split())) <= MOST_CHARACTERS
