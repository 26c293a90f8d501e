"""Users must survive every deployment: their pool keeps its logical id, and prod protects it."""

import pytest

from tests.synthesis import Template, only, resources

LOCAL = "000000000000-us-east-1/gatewright-local-identity"
PROD = "111111111111-us-east-1/gatewright-prod-identity"

# A changed logical id replaces the resource, and with it every user. Change these lines only
# together with a plan to move the users.
STATEFUL = {
    "AWS::Cognito::UserPool": {"UsersPoolBFC35D3B"},
    "AWS::Cognito::UserPoolClient": {
        "UsersPoolMachineClient4238DD9C",
        "UsersPoolUserClientB38BE082",
    },
    "AWS::Cognito::UserPoolDomain": {"UsersPoolDomainEEA57DAC"},
    "AWS::Cognito::UserPoolResourceServer": {"UsersPoolResourceServerfoodsD38AE648"},
}


@pytest.mark.parametrize("stack", [LOCAL, PROD])
@pytest.mark.parametrize("kind", STATEFUL)
def test_logical_ids_stay(templates: dict[str, Template], stack: str, kind: str) -> None:
    assert set(resources(templates[stack], kind)) == STATEFUL[kind]


def test_prod_retains_and_protects_users(templates: dict[str, Template]) -> None:
    _, pool = only(templates[PROD], "AWS::Cognito::UserPool")
    assert (pool["DeletionPolicy"], pool["UpdateReplacePolicy"]) == ("Retain", "Retain")
    assert pool["Properties"]["DeletionProtection"] == "ACTIVE"


def test_local_leaves_nothing_behind(templates: dict[str, Template]) -> None:
    _, pool = only(templates[LOCAL], "AWS::Cognito::UserPool")
    assert pool["DeletionPolicy"] == "Delete"
    assert pool["Properties"]["DeletionProtection"] == "INACTIVE"


def test_stateless_stacks_hold_no_state(templates: dict[str, Template]) -> None:
    stateful = {"AWS::Cognito::UserPool", "AWS::DynamoDB::Table", "AWS::S3::Bucket"}
    for name, template in templates.items():
        kinds = {resource["Type"] for resource in template["Resources"].values()}
        assert name in (LOCAL, PROD) or not kinds & stateful, name
