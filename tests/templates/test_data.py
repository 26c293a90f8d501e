"""A service's tables: apart, protected, and open to those who are named."""

from pathlib import Path
from typing import Any

import pytest

from tests.synthesis import (
    Template,
    change_yaml,
    copied_platform,
    only,
    resources,
    synthesise,
)

LOCAL = "000000000000-us-east-1/gatewright-local"
PROD = "111111111111-us-east-1/gatewright-prod"
READ = {"BatchGetItem", "ConditionCheckItem", "DescribeTable", "GetItem", "Query", "Scan"}
WRITE = {"BatchWriteItem", "DeleteItem", "PutItem", "UpdateItem"}


def table_statement(template: Template) -> dict[str, Any]:
    [statement] = [
        statement
        for policy in resources(template, "AWS::IAM::Policy").values()
        for statement in policy["Properties"]["PolicyDocument"]["Statement"]
        if str(statement["Action"]).count("dynamodb:")
    ]
    return dict(statement)


def test_a_table_is_billed_by_request_encrypted_and_restorable(
    templates: dict[str, Template],
) -> None:
    _, table = only(templates[f"{LOCAL}-foods-data"], "AWS::DynamoDB::Table")
    properties = table["Properties"]
    assert properties["BillingMode"] == "PAY_PER_REQUEST"
    assert properties["SSESpecification"] == {"SSEEnabled": True}
    assert properties["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
    assert properties["TimeToLiveSpecification"] == {
        "AttributeName": "expires_at",
        "Enabled": True,
    }
    assert {key["AttributeName"]: key["KeyType"] for key in properties["KeySchema"]} == {
        "collection": "HASH",
        "id": "RANGE",
    }


@pytest.mark.parametrize(
    ("environment", "protected", "policies"),
    [(LOCAL, False, ("Delete", "Delete")), (PROD, True, ("RetainExceptOnCreate", "Retain"))],
)
def test_prod_protects_its_data(
    templates: dict[str, Template], environment: str, protected: bool, policies: tuple[str, str]
) -> None:
    _, table = only(templates[f"{environment}-foods-data"], "AWS::DynamoDB::Table")
    assert table["Properties"]["DeletionProtectionEnabled"] is protected
    assert (table["DeletionPolicy"], table["UpdateReplacePolicy"]) == policies


def test_a_function_may_use_the_items_of_its_table_and_no_more(
    templates: dict[str, Template],
) -> None:
    statement = table_statement(templates[f"{LOCAL}-foods-v2"])
    assert set(statement["Action"]) == {f"dynamodb:{action}" for action in READ | WRITE}
    assert statement["Resource"]["Fn::ImportValue"].startswith("gatewright-local-foods-data:")


def test_a_function_without_tables_may_use_none(templates: dict[str, Template]) -> None:
    assert "dynamodb" not in str(templates[f"{LOCAL}-foods-v1"])


def test_a_function_is_told_its_table(templates: dict[str, Template]) -> None:
    _, function = only(templates[f"{LOCAL}-foods-v2"], "AWS::Lambda::Function")
    table = function["Properties"]["Environment"]["Variables"]["TABLE_STOCK"]
    assert table["Fn::ImportValue"].startswith("gatewright-local-foods-data:")


def test_who_reads_does_not_write(tmp_path: Path) -> None:
    root = copied_platform(tmp_path / "platform")
    change_yaml(
        root / "platform.yaml",
        lambda p: p["services"]["foods"]["versions"]["v2"].update(tables={"stock": "read"}),
    )
    template = synthesise(tmp_path / "out", root=root, only="local")[f"{LOCAL}-foods-v2"]
    assert set(table_statement(template)["Action"]) == {f"dynamodb:{action}" for action in READ}


def test_a_table_that_nobody_uses_any_more_stays_exported(
    templates: dict[str, Template], tmp_path: Path
) -> None:
    root = copied_platform(tmp_path / "platform")
    change_yaml(
        root / "platform.yaml", lambda p: p["services"]["foods"]["versions"]["v2"].pop("tables")
    )
    name = f"{LOCAL}-foods-data"
    unused = synthesise(tmp_path / "out", root=root, only="local")[name]
    assert unused["Outputs"] == templates[name]["Outputs"]
