"""Integrations of the showcase as CloudFormation gets them."""

import json
from pathlib import Path
from typing import Any

import pytest
from cdk_nag import AwsSolutionsChecks
from cfnlint import api as cfnlint
from cfnlint.config import ManualArgs

from gatewright.config import ConfigError
from gatewright.contract import ContractError
from tests.local.showcase import deployable_showcase
from tests.synthesis import (
    Template,
    change_text,
    change_yaml,
    copied_platform,
    only,
    resources,
    synthesise,
)
from tests.templates.test_rules import ACCEPTED

NAME = "000000000000-us-east-1/showcase-local-joined-v1"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return deployable_showcase(tmp_path_factory.mktemp("showcase") / "platform")


@pytest.fixture(scope="module")
def template(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Template:
    # The pack fails the synthesis when a rule is broken and not acknowledged.
    outdir = tmp_path_factory.mktemp("out")
    return synthesise(
        outdir, root=root, only="local", plugins=lambda app: [AwsSolutionsChecks(app)]
    )[NAME]


@pytest.fixture(scope="module")
def body(template: Template) -> dict[str, Any]:
    _, api = only(template, "AWS::ApiGateway::RestApi")
    return dict(api["Properties"]["Body"])


def test_cloudformation_lint_finds_nothing(template: Template) -> None:
    found = cfnlint.lint(
        json.dumps(template), config=ManualArgs(regions=["us-east-1"], ignore_checks=ACCEPTED)
    )
    assert [str(match) for match in found] == []


def test_the_functions_are_those_that_integrations_name(template: Template) -> None:
    functions = resources(template, "AWS::Lambda::Function").values()
    assert {f["Properties"]["Handler"] for f in functions} == {
        "joined.jobs.make",
        "joined.pictures.turn",
    }
    aliases = resources(template, "AWS::Lambda::Alias").values()
    _, stage = only(template, "AWS::ApiGateway::Stage")
    assert {str(a["Properties"]["Name"]) for a in aliases} == {
        str(stage["Properties"]["Variables"]["lambdaAlias"])
    }
    for permission in resources(template, "AWS::Lambda::Permission").values():
        assert permission["Properties"]["SourceArn"]["Fn::Join"][1][-1] == "/live/*/*"


def test_the_role_may_do_what_the_integrations_ask_for_and_nothing_else(
    template: Template,
) -> None:
    roles = [
        name
        for name, role in resources(template, "AWS::IAM::Role").items()
        if "apigateway.amazonaws.com" in json.dumps(role)
    ]
    [policy] = [
        policy["Properties"]["PolicyDocument"]["Statement"]
        for policy in resources(template, "AWS::IAM::Policy").values()
        if policy["Properties"]["Roles"] == [{"Ref": roles[0]}]
    ]
    granted = {
        action: statement["Resource"]
        for statement in policy
        for action in (
            [statement["Action"]] if isinstance(statement["Action"], str) else statement["Action"]
        )
    }
    table = {
        "Fn::ImportValue": "showcase-local-joined-data:"
        "ExportsOutputFnGetAttTablenotesD69DDDE6Arn3559FE36"
    }
    assert granted == {
        "sqs:SendMessage": "arn:aws:sqs:us-east-1:000000000000:showcase-orders",
        "states:StartExecution": "arn:aws:states:us-east-1:000000000000:stateMachine:showcase-runs",
        "events:PutEvents": "arn:aws:events:us-east-1:000000000000:event-bus/showcase-events",
        "dynamodb:GetItem": table,
        "dynamodb:PutItem": table,
        "dynamodb:UpdateItem": table,
        "dynamodb:DeleteItem": table,
        "dynamodb:Query": table,
    }


def test_only_calls_of_services_have_the_role(body: dict[str, Any]) -> None:
    with_role = {
        operation["operationId"]
        for item in body["paths"].values()
        for operation in item.values()
        if "credentials" in operation["x-amazon-apigateway-integration"]
    }
    assert with_role == {
        *("placeOrder", "startRun", "tellEvent"),
        *("listNotes", "getNote", "putNote", "changeNote", "deleteNote"),
    }


@pytest.mark.proves("content handling", "time-outs")
def test_what_a_deployment_snapshots_is_in_the_body(body: dict[str, Any]) -> None:
    assert body["x-amazon-apigateway-minimum-compression-size"] == 1000
    report = body["paths"]["/reports/{id}"]["get"]["x-amazon-apigateway-integration"]
    assert report["timeoutInMillis"] == 5000
    orders = body["paths"]["/orders"]["post"]["x-amazon-apigateway-integration"]
    assert orders["contentHandling"] == "CONVERT_TO_TEXT"
    assert body["x-amazon-apigateway-binary-media-types"] == ["image/png"]
    status = body["paths"]["/status"]["get"]["x-amazon-apigateway-integration"]
    assert status["contentHandling"] == "CONVERT_TO_TEXT"


def test_the_stage_has_the_environments_values(template: Template) -> None:
    _, stage = only(template, "AWS::ApiGateway::Stage")
    variables = stage["Properties"]["Variables"]
    assert variables.keys() == {"lambdaAlias", "endpoint", "edition"}
    assert variables["endpoint"] == "endpoint.example:80"
    assert variables["edition"] == "first"


def test_an_operation_that_is_not_there_is_told_with_its_line(root: Path, tmp_path: Path) -> None:
    change_text(root / "platform.yaml", "          getStatus: {", "          getStats: {")
    with pytest.raises(ConfigError, match="no operation of joined-v1") as caught:
        synthesise(tmp_path / "out", root=root, only="local")
    change_text(root / "platform.yaml", "          getStats: {", "          getStatus: {")
    assert "did you mean 'getStatus'?" in str(caught.value)


def test_a_template_that_is_not_there_is_told_with_its_line(root: Path, tmp_path: Path) -> None:
    change_text(root / "platform.yaml", "joined/v1/job.vtl", "joined/v1/jobs.vtl")
    with pytest.raises(ConfigError, match=r"jobs\.vtl', which cannot be read") as caught:
        synthesise(tmp_path / "out", root=root, only="local")
    change_text(root / "platform.yaml", "joined/v1/jobs.vtl", "joined/v1/job.vtl")
    assert "did you mean 'joined/v1/job.vtl'?" in str(caught.value)


def test_a_template_that_leaks_stops_the_synthesis(root: Path, tmp_path: Path) -> None:
    file = root / "lambda_src" / "joined" / "v1" / "job.vtl"
    kept = file.read_text()
    file.write_text('{"caller":\n"$input.params(\'X-Caller\')"}')
    with pytest.raises(ContractError, match="gets out of its place") as caught:
        synthesise(tmp_path / "out", root=root, only="local")
    file.write_text(kept)
    assert "lambda_src/joined/v1/job.vtl:" in str(caught.value)


def test_a_version_of_mocks_has_no_function_and_no_role(root: Path, tmp_path: Path) -> None:
    def mocked(platform: dict[str, Any]) -> None:
        version = platform["services"]["joined"]["versions"]["v1"]
        mock: dict[str, Any] = {"mock": {"body": {}}}
        version["integrations"] = {name: mock for name in version["integrations"]}  # noqa: C420

    kept = (root / "platform.yaml").read_text()
    change_yaml(root / "platform.yaml", mocked)
    made = synthesise(tmp_path / "out", root=root, only="local")[NAME]
    (root / "platform.yaml").write_text(kept)
    kinds = {resource["Type"] for resource in made["Resources"].values()}
    assert kinds == {
        "AWS::ApiGateway::RestApi",
        "AWS::ApiGateway::Deployment",
        "AWS::ApiGateway::Stage",
        "AWS::Logs::LogGroup",
    }


def test_a_changed_integration_is_a_new_deployment_and_no_new_release(
    root: Path, template: Template, tmp_path: Path
) -> None:
    change_text(root / "platform.yaml", "timeout_ms: 5000", "timeout_ms: 5001")
    made = synthesise(tmp_path / "out", root=root, only="local")[NAME]
    change_text(root / "platform.yaml", "timeout_ms: 5001", "timeout_ms: 5000")
    changed = made["Resources"].keys() ^ template["Resources"].keys()
    assert {name.startswith("ApiDeployment") for name in changed} == {True}


def test_routes_in_code_have_integrations_too(tmp_path: Path) -> None:
    root = copied_platform(tmp_path / "platform")
    mock = {"mock": {"body": ["tea"]}}
    change_yaml(
        root / "platform.yaml",
        lambda p: p["services"]["foods"]["versions"]["v1"].update(
            integrations={"list_foods": mock}
        ),
    )
    made = synthesise(tmp_path / "out", root=root, only="local")
    template = made["000000000000-us-east-1/gatewright-local-foods-v1"]
    _, api = only(template, "AWS::ApiGateway::RestApi")
    types = {
        operation["operationId"]: operation["x-amazon-apigateway-integration"]["type"]
        for item in api["Properties"]["Body"]["paths"].values()
        for operation in item.values()
        if "operationId" in operation
    }
    assert types == {
        "hello": "aws_proxy",
        "list_foods": "mock",
        "check_stock": "aws_proxy",
        "add_food": "aws_proxy",
    }


@pytest.mark.proves("VPC link")
def test_an_endpoint_in_a_vpc_is_reached_by_a_link(root: Path, tmp_path: Path) -> None:
    balancer = "arn:aws:elasticloadbalancing:{}:{}:loadbalancer/app/inside/1"

    def linked(platform: dict[str, Any]) -> None:
        link = {
            "load_balancer": balancer.format("{region}", "{account}"),
            "subnets": ["subnet-0a1b2c3d"],
            "security_groups": ["sg-0a1b2c3d"],
        }
        platform["environments"]["local"]["vpc_links"] = {"inside": link}
        integrations = platform["services"]["joined"]["versions"]["v1"]["integrations"]
        integrations["getCity"] = {
            "http": {"url": "https://inside.example/{city}", "vpc_link": "inside"}
        }

    kept = (root / "platform.yaml").read_text()
    change_yaml(root / "platform.yaml", linked)
    made = synthesise(tmp_path / "out", root=root, only="local")[NAME]
    (root / "platform.yaml").write_text(kept)
    name, link = only(made, "AWS::ApiGatewayV2::VpcLink")
    assert link["Properties"]["SubnetIds"] == ["subnet-0a1b2c3d"]
    assert link["Properties"]["SecurityGroupIds"] == ["sg-0a1b2c3d"]
    _, api = only(made, "AWS::ApiGateway::RestApi")
    call = api["Properties"]["Body"]["paths"]["/cities/{city}"]["get"][
        "x-amazon-apigateway-integration"
    ]
    assert call["connectionType"] == "VPC_LINK"
    assert call["connectionId"] == {"Ref": name}
    assert call["integrationTarget"] == balancer.format("us-east-1", "000000000000")
    found = cfnlint.lint(
        json.dumps(made), config=ManualArgs(regions=["us-east-1"], ignore_checks=ACCEPTED)
    )
    assert [str(match) for match in found] == []


@pytest.mark.proves("container image")
def test_a_container_image_answers_a_contract(root: Path, tmp_path: Path) -> None:
    image = "{}.dkr.ecr.{}.amazonaws.com/joined@sha256:" + "0" * 64

    def packed(platform: dict[str, Any]) -> None:
        version = platform["services"]["joined"]["versions"]["v1"]
        del version["integrations"]["getCity"]
        version["image"] = {"uri": image.format("{account}", "{region}"), "architecture": "x86_64"}

    kept = (root / "platform.yaml").read_text()
    change_yaml(root / "platform.yaml", packed)
    made = synthesise(tmp_path / "out", root=root, only="local")[NAME]
    (root / "platform.yaml").write_text(kept)
    [function] = [
        function["Properties"]
        for function in resources(made, "AWS::Lambda::Function").values()
        if function["Properties"].get("PackageType") == "Image"
    ]
    assert function["Code"] == {"ImageUri": image.format("000000000000", "us-east-1")}
    assert function["Architectures"] == ["x86_64"]
    assert "Runtime" not in function
    assert "Handler" not in function
    assert "GATEWRIGHT_HANDLER" not in function["Environment"]["Variables"]
    assert len(resources(made, "AWS::Lambda::Alias")) == 3
    found = cfnlint.lint(
        json.dumps(made), config=ManualArgs(regions=["us-east-1"], ignore_checks=ACCEPTED)
    )
    assert [str(match) for match in found] == []
