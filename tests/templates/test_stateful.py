"""What callers and users hold on to keeps its logical id, and prod protects it.

A changed logical id replaces the resource: a pool with all its users, an API with its address, a
key with its value. Change these lines only together with a plan to move what depends on them.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.synthesis import (
    Template,
    change_text,
    change_yaml,
    copied_platform,
    only,
    resources,
    synthesise,
)

LOCAL = "000000000000-us-east-1/gatewright-local"
PROD = "111111111111-us-east-1/gatewright-prod"
STATEFUL = {
    "identity": {
        "AWS::Cognito::UserPool": {"UsersPoolBFC35D3B"},
        "AWS::Cognito::UserPoolClient": {
            "UsersPoolMachineClient4238DD9C",
            "UsersPoolUserClientB38BE082",
        },
        "AWS::Cognito::UserPoolDomain": {"UsersPoolDomainEEA57DAC"},
        "AWS::Cognito::UserPoolResourceServer": {"UsersPoolResourceServerfoodsD38AE648"},
    },
    "foods-data": {"AWS::DynamoDB::Table": {"Tablestock1E731DDE"}},
    "foods-v1": {
        "AWS::ApiGateway::RestApi": {"ApiRestApiE35FEAFE"},
        "AWS::ApiGateway::Stage": {"ApiStage4697DF29"},
        "AWS::Lambda::Function": {"ApiFunction52E267E3"},
        "AWS::Logs::LogGroup": {
            "ApiFunctionLogs058AFA0D",
            "ApiStageAccessLogsC18AA4AA",
            "ApiStageExecutionLogsD111DD23",
        },
    },
}
LOCAL_PLANS = {
    "AWS::ApiGateway::UsagePlan": {"Plandemo19CE1958", "PlantinyD97C6A78"},
    "AWS::ApiGateway::ApiKey": {
        "Keydemo7B9CE72E",
        "KeydemodisabledD6E540F6",
        "Keytiny77C09A9B",
    },
}


@pytest.mark.parametrize("environment", [LOCAL, PROD])
@pytest.mark.parametrize(
    ("stack", "kind"), [(stack, kind) for stack, kinds in STATEFUL.items() for kind in kinds]
)
def test_logical_ids_stay(
    templates: dict[str, Template], environment: str, stack: str, kind: str
) -> None:
    assert set(resources(templates[f"{environment}-{stack}"], kind)) >= STATEFUL[stack][kind]


@pytest.mark.parametrize("kind", LOCAL_PLANS)
def test_logical_ids_of_plans_and_keys_stay(templates: dict[str, Template], kind: str) -> None:
    assert set(resources(templates[f"{LOCAL}-plans"], kind)) >= LOCAL_PLANS[kind]


def test_prod_retains_and_protects_users(templates: dict[str, Template]) -> None:
    _, pool = only(templates[f"{PROD}-identity"], "AWS::Cognito::UserPool")
    # ExceptOnCreate: a first deployment that fails leaves no protected pool behind.
    assert (pool["DeletionPolicy"], pool["UpdateReplacePolicy"]) == (
        "RetainExceptOnCreate",
        "Retain",
    )
    assert pool["Properties"]["DeletionProtection"] == "ACTIVE"


def test_prod_keeps_the_plans_that_operators_put_keys_on(templates: dict[str, Template]) -> None:
    for plan in resources(templates[f"{PROD}-plans"], "AWS::ApiGateway::UsagePlan").values():
        assert plan["DeletionPolicy"] == "RetainExceptOnCreate"


def test_prods_stacks_refuse_to_be_deleted(templates: dict[str, Template], outdir: Path) -> None:
    protected = {
        artifact["properties"]["stackName"]
        for manifest in outdir.rglob("manifest.json")
        for artifact in json.loads(manifest.read_text())["artifacts"].values()
        if artifact.get("properties", {}).get("terminationProtection")
    }
    deployed = {name.split("/")[1] for name in templates if name.startswith(PROD)}
    assert protected == deployed


def test_local_leaves_nothing_behind(templates: dict[str, Template]) -> None:
    _, pool = only(templates[f"{LOCAL}-identity"], "AWS::Cognito::UserPool")
    assert pool["DeletionPolicy"] == "Delete"
    assert pool["Properties"]["DeletionProtection"] == "INACTIVE"


def test_a_key_that_moves_to_another_plan_keeps_its_value(
    templates: dict[str, Template], tmp_path: Path
) -> None:
    def move(platform: dict[str, Any]) -> None:
        platform["keys"]["demo"]["plans"] = ["tiny"]

    root = copied_platform(tmp_path / "platform")
    change_yaml(root / "platform.yaml", move)
    moved = synthesise(tmp_path / "out", root=root, only="local")[f"{LOCAL}-plans"]
    before = resources(templates[f"{LOCAL}-plans"], "AWS::ApiGateway::ApiKey")
    assert resources(moved, "AWS::ApiGateway::ApiKey") == before


def test_what_was_exported_stays_exported(templates: dict[str, Template], tmp_path: Path) -> None:
    # An export that goes with its last importer could not be taken away: the stack that still
    # imports it is deployed later.
    root = copied_platform(tmp_path / "platform")
    change_yaml(root / "platform.yaml", _without_plans_and_checks)
    handler = root / "lambda_src/foods/v1/handler.py"
    change_text(handler, 'security=[{"cognito": []}]', "security=[{}]")
    without = synthesise(tmp_path / "out", root=root, only="local")
    assert f"{LOCAL}-plans" not in without
    for stack in ("identity", "foods-v1"):
        before = _exports(templates[f"{LOCAL}-{stack}"])
        assert before
        assert _exports(without[f"{LOCAL}-{stack}"]) == before


def _without_plans_and_checks(platform: dict[str, Any]) -> None:
    for environment in platform["environments"].values():
        environment.update(plans=[])
    del platform["pipeline"]


def _exports(template: Template) -> set[str]:
    outputs = template.get("Outputs", {}).values()
    return {output["Export"]["Name"] for output in outputs if "Export" in output}
