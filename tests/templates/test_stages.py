"""Several stages of one API: what each is bound to, and what it may call."""

import pytest

from gatewright.config.promotions import Promotion, promotions_file, write_promotions
from tests.showcase_templates import lint_findings, showcase_copy, showcase_template
from tests.synthesis import Template, only, resources

PROD = Promotion(deployment="abc123", alias="r-0123456789-7")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    """The showcase's API of three stages, of which prod has a release and beta has none."""
    folder = tmp_path_factory.mktemp("stages")
    root = showcase_copy(folder / "platform")
    write_promotions(promotions_file(root, "local"), {"news-v1": {"prod": PROD}})
    # One function is enough to see what a release is.
    return showcase_template(folder, "news", lambda version: version.pop("streams"))


def stage(template: Template, name: str) -> dict[str, object]:
    [found] = [
        resource
        for resource in resources(template, "AWS::ApiGateway::Stage").values()
        if resource["Properties"]["StageName"] == name
    ]
    return dict(found)


def test_a_stage_without_a_release_is_left_out(template: Template) -> None:
    found = resources(template, "AWS::ApiGateway::Stage").values()
    assert [resource["Properties"]["StageName"] for resource in found] == ["dev", "prod"]


def test_a_promoted_stage_names_its_release_and_waits_for_no_other(template: Template) -> None:
    prod = stage(template, "prod")
    assert prod["Properties"]["DeploymentId"] == "abc123"  # type: ignore[index]
    assert prod["Properties"]["Variables"] == {"lambdaAlias": "r-0123456789-7"}  # type: ignore[index]
    assert not [name for name in prod["DependsOn"] if "Release" in name]  # type: ignore[attr-defined]


def test_the_first_stage_takes_the_newest_release(template: Template) -> None:
    deployment, _ = only(template, "AWS::ApiGateway::Deployment")
    _, alias = only(template, "AWS::Lambda::Alias")
    dev = stage(template, "dev")["Properties"]
    assert dev["DeploymentId"] == {"Fn::GetAtt": [deployment, "DeploymentId"]}  # type: ignore[index]
    assert dev["Variables"] == {  # type: ignore[index]
        "greeting": "hello",
        "lambdaAlias": alias["Properties"]["Name"],
    }


def test_a_release_may_be_called_by_each_stage_of_its_api_and_no_other(template: Template) -> None:
    api, _ = only(template, "AWS::ApiGateway::RestApi")
    _, permission = only(template, "AWS::Lambda::Permission")
    assert permission["Properties"]["SourceArn"]["Fn::Join"][1][-2:] == [{"Ref": api}, "/*/*/*"]


def test_the_outputs_name_each_stage(template: Template) -> None:
    outputs = {name: output["Value"] for name, output in template["Outputs"].items()}
    assert outputs["StageName"] == "dev"
    urls = {name: value["Fn::Join"][1] for name, value in outputs.items() if "StageUrl" in name}
    assert {parts[0].partition("=")[0] for parts in urls.values()} == {"dev", "prod"}


def test_cloudformation_lint_finds_nothing(template: Template) -> None:
    assert lint_findings(template) == []
