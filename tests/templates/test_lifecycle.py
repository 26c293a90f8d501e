"""A version that is deprecated, and one that is retired, as templates."""

import json
from pathlib import Path
from typing import Any

import pytest
from cdk_nag import AwsSolutionsChecks

from tests.synthesis import Template, change_yaml, copied_platform, only, resources, synthesise

V1 = "000000000000-us-east-1/gatewright-local-foods-v1"
PLANS = "000000000000-us-east-1/gatewright-local-plans"
SUCCESSOR = {"successor": "v2"}


def templates_with(folder: Path, lifecycle: dict[str, str]) -> dict[str, Template]:
    root = copied_platform(folder / "platform")

    def change(content: dict[str, Any]) -> None:
        content["services"]["foods"]["versions"]["v1"]["lifecycle"] = lifecycle
        limits = {"foods-v1": {"list_foods": {"rate": 1, "burst": 1}}}
        content["plans"]["demo"]["methods"] = limits

    change_yaml(root / "platform.yaml", change)
    return synthesise(
        folder / "out", root=root, only="local", plugins=lambda app: [AwsSolutionsChecks(app)]
    )


@pytest.fixture(scope="module")
def deprecated(tmp_path_factory: pytest.TempPathFactory) -> Template:
    lifecycle = {"deprecated": "2026-11-01", **SUCCESSOR}
    return templates_with(tmp_path_factory.mktemp("deprecated"), lifecycle)[V1]


@pytest.fixture(scope="module")
def retired(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Template]:
    return templates_with(
        tmp_path_factory.mktemp("retired"), {"retired": "2026-11-01", **SUCCESSOR}
    )


def test_the_function_is_told_its_headers(deprecated: Template) -> None:
    _, function = only(deprecated, "AWS::Lambda::Function")
    told = json.dumps(function["Properties"]["Environment"]["Variables"]["GATEWRIGHT_LIFECYCLE"])
    assert "@1793491200" in told
    # Without a domain the successor's address is its API's, which its stack tells.
    assert "Fn::ImportValue" in told
    assert "successor-version" in told


def test_it_is_another_release_and_deployment(deprecated: Template, local_api: Template) -> None:
    for kind in ("AWS::ApiGateway::Deployment", "AWS::Lambda::Alias"):
        assert only(deprecated, kind)[0] != only(local_api, kind)[0]


def test_a_retired_version_has_no_function_and_keeps_its_address(
    retired: dict[str, Template], local_api: Template
) -> None:
    kinds = {resource["Type"] for resource in retired[V1]["Resources"].values()}
    assert not {kind for kind in kinds if kind.startswith(("AWS::Lambda", "AWS::IAM"))}
    for kind in ("AWS::ApiGateway::RestApi", "AWS::ApiGateway::Stage"):
        assert only(retired[V1], kind)[0] == only(local_api, kind)[0]
    _, stage = only(retired[V1], "AWS::ApiGateway::Stage")
    assert "Variables" not in stage["Properties"]


def test_its_plans_keep_it_without_limits_of_methods(retired: dict[str, Template]) -> None:
    plans = resources(retired[PLANS], "AWS::ApiGateway::UsagePlan").values()
    for plan in plans:
        assert len(plan["Properties"]["ApiStages"]) == 2
        assert not any("Throttle" in stage for stage in plan["Properties"]["ApiStages"])


def test_its_table_stays(retired: dict[str, Template]) -> None:
    data = retired["000000000000-us-east-1/gatewright-local-foods-data"]
    assert len(resources(data, "AWS::DynamoDB::Table")) == 1
