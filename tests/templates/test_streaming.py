"""Operations that are streamed: their integration, and the function that answers them."""

import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.showcase_templates import lint_findings, showcase_template
from tests.synthesis import Template, only, resources


@pytest.fixture(scope="module")
def outdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("streams")


@pytest.fixture(scope="module")
def template(outdir: Path) -> Template:
    return showcase_template(outdir, "news")


def stream_function(template: Template) -> tuple[str, Any]:
    [found] = [
        (logical_id, function["Properties"])
        for logical_id, function in resources(template, "AWS::Lambda::Function").items()
        if function["Properties"]["Handler"] == "news.ticker.answer"
    ]
    return found


def test_only_the_operation_that_is_named_is_streamed(template: Template) -> None:
    function_id, _ = stream_function(template)
    _, api = only(template, "AWS::ApiGateway::RestApi")
    integrations = {
        path: item["get"]["x-amazon-apigateway-integration"]
        for path, item in api["Properties"]["Body"]["paths"].items()
    }
    streamed = integrations.pop("/ticker")
    assert streamed["responseTransferMode"] == "STREAM"
    assert streamed["timeoutInMillis"] == 30_000
    parts = streamed["uri"]["Fn::Join"][1]
    assert parts[-3] == ":lambda:path/2021-11-15/functions/"
    assert parts[-2:] == [
        {"Fn::GetAtt": [function_id, "Arn"]},
        ":${stageVariables.lambdaAlias}/response-streaming-invocations",
    ]
    assert not [i for i in integrations.values() if "responseTransferMode" in i]


def test_its_function_is_started_by_the_platforms_runtime(template: Template, outdir: Path) -> None:
    _, function = stream_function(template)
    variables = function["Environment"]["Variables"]
    assert variables["AWS_LAMBDA_EXEC_WRAPPER"] == "/var/task/gatewright/runtime/stream"
    assert function["Timeout"] == 30
    asset = function["Code"]["S3Key"]
    [bundle] = outdir.rglob(f"asset.{asset}")
    with zipfile.ZipFile(bundle) as archive:
        script = archive.getinfo("gatewright/runtime/stream")
        module = archive.getinfo("gatewright/runtime/streaming.py")
    assert (script.external_attr >> 16, module.external_attr >> 16) == (0o755, 0o644)


def test_each_stage_may_call_it_by_the_releases_alias(template: Template) -> None:
    ends = {
        permission["Properties"]["SourceArn"]["Fn::Join"][1][-1]
        for permission in resources(template, "AWS::Lambda::Permission").values()
    }
    assert ends == {"/*/*/*"}
    names = {
        str(alias["Properties"]["Name"])
        for alias in resources(template, "AWS::Lambda::Alias").values()
    }
    assert len(names) == 1


def test_cloudformation_lint_finds_nothing(template: Template) -> None:
    assert lint_findings(template) == []
