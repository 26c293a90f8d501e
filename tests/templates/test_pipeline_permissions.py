"""What the pipeline may do: ours derived from what it calls, the CDK's own listed by path."""

import json
import re
from typing import Any

import pytest

from gatewright.checks.permissions import ACTIONS, ENVIRONMENT, OWN
from tests.synthesis import Template, resources

PIPELINE = "111111111111-us-east-1/gatewright-pipeline"
FUZZ_ROLE = "pipeline/Checks/fuzz/Role"
SDKS_ROLE = "pipeline/Sdks/Role"
OWN_STATEMENTS = {"kms:GenerateDataKey", "kms:Decrypt", "logs:CreateLogStream", "logs:PutLogEvents"}


def actions_of(parts: tuple[str, ...]) -> set[str]:
    return {action for part in parts for action in ACTIONS[part]}


def policies(template: Template) -> dict[str, list[dict[str, Any]]]:
    """The statements of each policy, by the CDK's path of it."""
    return {
        resource["Metadata"]["aws:cdk:path"].removesuffix("/DefaultPolicy/Resource"): resource[
            "Properties"
        ]["PolicyDocument"]["Statement"]
        for resource in resources(template, "AWS::IAM::Policy").values()
    }


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


@pytest.mark.parametrize("kind", ["contract", "smoke", "load"])
def test_a_checks_function_may_do_what_it_calls(release: Template, kind: str) -> None:
    statements = policies(release)[f"pipeline/Checks/{kind}/Role"]
    allowed = {action for s in statements for action in listed(s["Action"])}
    assert allowed == actions_of(OWN[kind]) | OWN_STATEMENTS


@pytest.mark.parametrize(
    ("environment", "kind"),
    [("test", "contract"), ("test", "fuzz"), ("beta", "load"), ("prod", "smoke")],
)
def test_a_checks_role_may_do_what_it_calls(
    templates: dict[str, Template], environment: str, kind: str
) -> None:
    template = templates[f"111111111111-us-east-1/gatewright-{environment}-checks"]
    statements = policies(template)[f"{environment}/checks/{kind}/Role"]
    allowed = {action for s in statements for action in listed(s["Action"])}
    assert allowed == actions_of(ENVIRONMENT[kind])
    for statement in statements:
        assert "*" not in listed(statement["Resource"])


def test_the_build_of_generated_requests_may_act_with_its_role_and_no_more(
    release: Template,
) -> None:
    found = policies(release)
    own, *rest = found[FUZZ_ROLE]
    assert own == {
        "Effect": "Allow",
        "Action": "sts:AssumeRole",
        "Resource": "arn:aws:iam::111111111111:role/gatewright-test-fuzz",
    }
    # The rest is what the CDK gives to any build: the one that makes the assembly has it too.
    any_build = found["pipeline/Release/Pipeline/Build/Synth/CdkBuildProject/Role"]
    allowed = {action for s in any_build for action in listed(s["Action"])}
    assert {action for s in rest for action in listed(s["Action"])} <= allowed
    roles = resources(release, "AWS::IAM::Role").values()
    [role] = [r for r in roles if r["Metadata"]["aws:cdk:path"].startswith(FUZZ_ROLE)]
    assert not {"ManagedPolicyArns", "Policies"} & role["Properties"].keys()
    [trust] = role["Properties"]["AssumeRolePolicyDocument"]["Statement"]
    assert trust["Principal"] == {"Service": "codebuild.amazonaws.com"}


def test_a_checks_role_trusts_one_caller(templates: dict[str, Template]) -> None:
    template = templates["111111111111-us-east-1/gatewright-prod-checks"]
    for role in resources(template, "AWS::IAM::Role").values():
        kind = role["Properties"]["RoleName"].removeprefix("gatewright-prod-")
        [statement] = role["Properties"]["AssumeRolePolicyDocument"]["Statement"]
        assert "111111111111:root" in json.dumps(statement["Principal"])
        caller = json.dumps(statement["Condition"]["ArnEquals"]["aws:PrincipalArn"])
        assert f"111111111111:role/gatewright-pipeline-{kind}" in caller


def test_old_releases_are_removed_of_this_environment_alone(templates: dict[str, Template]) -> None:
    template = templates["111111111111-us-east-1/gatewright-prod-checks"]
    [policy] = [
        policy["Properties"]["PolicyDocument"]["Statement"]
        for name, policy in resources(template, "AWS::IAM::Policy").items()
        if name.startswith("sweep")
    ]
    for statement in policy:
        for arn in listed(statement["Resource"]):
            assert (
                ":gatewright-prod-foods-v" in arn
                or "/gatewright-prod-foods-v" in arn
                or (re.search(r"::/restapis/\*/(deployments(/\*)?|stages)$", arn))
            )
    deleting = {a: s["Resource"] for s in policy for a in listed(s["Action"]) if "DELETE" in a}
    assert deleting == {
        "apigateway:DELETE": "arn:aws:apigateway:us-east-1::/restapis/*/deployments/*"
    }


def test_prod_makes_no_users(templates: dict[str, Template]) -> None:
    template = json.dumps(templates["111111111111-us-east-1/gatewright-prod-checks"])
    assert "AdminCreateUser" not in template


# What CDK Pipelines writes by itself: why, and the wildcard actions and resources that it uses.
GRANTED_READ = {"s3:GetObject*", "s3:GetBucket*", "s3:List*"}
GRANTED_WRITE = {"s3:DeleteObject*", "s3:Abort*", "kms:ReEncrypt*", "kms:GenerateDataKey*"}
_HERE = "us-east-1:111111111111"
SELF_UPDATE = {"*", "arn:*:iam::111111111111:role/*", "kms:ReEncrypt*", "kms:GenerateDataKey*"}
ASSETS = {
    "*",
    f"arn:aws:logs:{_HERE}:log-group:/aws/codebuild/*",
    f"arn:aws:codebuild:{_HERE}:report-group/*",
}
GENERATED = {
    # grants of the artifact bucket and its key
    "Pipeline/Role": GRANTED_READ | GRANTED_WRITE,
    "Pipeline/Source/Source/CodePipelineActionRole": GRANTED_READ | GRANTED_WRITE,
    "Pipeline/Build/Synth/CdkBuildProject/Role": GRANTED_READ | GRANTED_WRITE,
    FUZZ_ROLE: GRANTED_READ | {"kms:ReEncrypt*", "kms:GenerateDataKey*"},
    SDKS_ROLE: GRANTED_READ | {"kms:ReEncrypt*", "kms:GenerateDataKey*"},
    "Pipeline/approve/approve-contract-changes/CodePipelineActionRole": GRANTED_READ
    | GRANTED_WRITE,
    # the log groups and reports of builds; the bootstrap's publishing roles; stacks and buckets
    # that the CLI looks at before it assumes one
    "Delivery/UpdatePipeline/SelfMutation/Role": GRANTED_READ | SELF_UPDATE,
    "Delivery/Assets/FileRole": GRANTED_READ | ASSETS,
    # publishing to the approvers' encrypted topic
    "Pipeline/approve/approve-release/CodePipelineActionRole": {"kms:GenerateDataKey*"},
    # lambda:ListFunctions knows no resources
    "Pipeline/test/test-contract/CodePipelineActionRole": GRANTED_READ | {"*"},
    "Pipeline/beta/beta-load/CodePipelineActionRole": GRANTED_READ | {"*"},
    "Pipeline/prod/prod-smoke/CodePipelineActionRole": GRANTED_READ | {"*"},
    "Pipeline/prod/prod-canary/CodePipelineActionRole": {"*"},
    **{
        f"Pipeline/{name}/{name}-sweep/CodePipelineActionRole": GRANTED_READ | {"*"}
        for name in ("test", "beta", "prod")
    },
}


def written_by_the_cdk(path: str) -> bool:
    return path.startswith("pipeline/Release/") or path in (FUZZ_ROLE, SDKS_ROLE)


def test_the_cdks_own_wildcards_are_these(release: Template) -> None:
    found = {
        path.removeprefix("pipeline/Release/"): {
            text
            for statement in statements
            for text in (*listed(statement["Action"]), *listed(statement["Resource"]))
            if isinstance(text, str) and "*" in text
        }
        for path, statements in policies(release).items()
        if written_by_the_cdk(path)
    }
    assert {path: wild for path, wild in found.items() if wild} == GENERATED


def test_no_action_of_ours_is_a_wildcard(release: Template) -> None:
    for path, statements in policies(release).items():
        if not written_by_the_cdk(path):
            for statement in statements:
                assert not [a for a in listed(statement["Action"]) if "*" in a], path
