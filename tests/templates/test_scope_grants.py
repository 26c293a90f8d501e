"""Groups stand for scopes, and a trigger puts them into access tokens."""

import pytest

from gatewright.runtime.scope_grants import handler
from tests.synthesis import Template, only, resources

LOCAL = "000000000000-us-east-1/gatewright-local-identity"


def test_each_scope_has_a_group_of_its_name(templates: dict[str, Template]) -> None:
    groups = resources(templates[LOCAL], "AWS::Cognito::UserPoolGroup").values()
    assert {group["Properties"]["GroupName"] for group in groups} == {"foods/read", "foods/write"}
    # A group with a role would give users AWS credentials.
    assert all("RoleArn" not in group["Properties"] for group in groups)


def test_the_pool_asks_the_trigger_for_access_tokens(templates: dict[str, Template]) -> None:
    function_id, _ = only(templates[LOCAL], "AWS::Lambda::Function")
    _, pool = only(templates[LOCAL], "AWS::Cognito::UserPool")
    assert pool["Properties"]["LambdaConfig"]["PreTokenGenerationConfig"] == {
        "LambdaArn": {"Fn::GetAtt": [function_id, "Arn"]},
        "LambdaVersion": "V2_0",
    }
    assert pool["Properties"]["UserPoolTier"] == "ESSENTIALS"


def test_only_the_pool_may_invoke_the_trigger(templates: dict[str, Template]) -> None:
    pool_id, _ = only(templates[LOCAL], "AWS::Cognito::UserPool")
    _, permission = only(templates[LOCAL], "AWS::Lambda::Permission")
    assert permission["Properties"]["Principal"] == "cognito-idp.amazonaws.com"
    assert permission["Properties"]["SourceArn"] == {"Fn::GetAtt": [pool_id, "Arn"]}


def test_the_deployed_text_is_the_tested_module(templates: dict[str, Template]) -> None:
    _, function = only(templates[LOCAL], "AWS::Lambda::Function")
    deployed: dict[str, object] = {}
    exec(function["Properties"]["Code"]["ZipFile"], deployed)  # noqa: S102
    event = {"request": {"groupConfiguration": {"groupsToOverride": ["a/b"]}}, "response": {}}
    assert deployed["handler"](event, None) == {  # type: ignore[operator]
        **event,
        "response": granted(["a/b"]),
    }


def granted(scopes: list[str]) -> dict[str, object]:
    return {"claimsAndScopeOverrideDetails": {"accessTokenGeneration": {"scopesToAdd": scopes}}}


@pytest.mark.parametrize(
    ("groups", "scopes"),
    [
        ([], []),
        (None, []),
        (["foods/write"], ["foods/write"]),
        (["staff", "foods/write", "foods/read"], ["foods/write", "foods/read"]),
    ],
)
def test_groups_with_a_slash_are_scopes(groups: list[str] | None, scopes: list[str]) -> None:
    event = {"request": {"groupConfiguration": {"groupsToOverride": groups}}, "response": {}}
    assert handler(event, None)["response"] == granted(scopes)


def test_a_user_without_groups_gets_nothing() -> None:
    assert handler({"request": {}, "response": {}}, None)["response"] == granted([])
