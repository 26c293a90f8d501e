"""The function that names callers' API keys: released with the API, called by its authorizer."""

from pathlib import Path

import pytest
from cdk_nag import AwsSolutionsChecks

from gatewright.contract import ContractError
from tests.partners import API, add_partners
from tests.synthesis import Template, change_text, copied_platform, only, resources, synthesise

NAME = f"000000000000-us-east-1/gatewright-local-{API}"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return add_partners(copied_platform(tmp_path_factory.mktemp("partners") / "platform"))


@pytest.fixture(scope="module")
def template(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Template:
    # The pack fails the synthesis when a rule is broken and not acknowledged.
    outdir = tmp_path_factory.mktemp("out")
    return synthesise(
        outdir, root=root, only="local", plugins=lambda app: [AwsSolutionsChecks(app)]
    )[NAME]


def test_it_has_a_function_role_and_logs_of_its_own(template: Template) -> None:
    functions = resources(template, "AWS::Lambda::Function").values()
    handlers = {f["Properties"]["Handler"] for f in functions}
    assert handlers == {"partners.handler.app", "partners.callers.authorize"}
    assert len({str(f["Properties"]["Role"]) for f in functions}) == 2
    assert len({str(f["Properties"]["LoggingConfig"]["LogGroup"]) for f in functions}) == 2


def test_both_functions_have_the_releases_alias(template: Template) -> None:
    aliases = resources(template, "AWS::Lambda::Alias").values()
    _, stage = only(template, "AWS::ApiGateway::Stage")
    assert len(aliases) == 2
    assert {str(a["Properties"]["Name"]) for a in aliases} == {
        str(stage["Properties"]["Variables"]["lambdaAlias"])
    }


def test_only_authorizers_of_the_api_may_ask_it(template: Template) -> None:
    ends = {
        permission["Properties"]["FunctionName"]["Ref"].partition("Alias")[0]:
        permission["Properties"]["SourceArn"]["Fn::Join"][1][-1]
        for permission in resources(template, "AWS::Lambda::Permission").values()
    }  # fmt: skip
    assert ends == {
        "ApiReleaseFunction": "/live/*/*",
        "ApiReleaseKeyAuthorizer": "/authorizers/*",
    }


def test_the_authorizer_calls_the_stages_alias(template: Template) -> None:
    _, api = only(template, "AWS::ApiGateway::RestApi")
    body = api["Properties"]["Body"]
    scheme = body["components"]["securitySchemes"]["key_authorizer"]
    parts = scheme["x-amazon-apigateway-authorizer"]["authorizerUri"]["Fn::Join"][1]
    assert parts[-1] == ":${stageVariables.lambdaAlias}/invocations"
    assert parts[-2]["Fn::GetAtt"][0].startswith("ApiKeyAuthorizer")
    assert body["x-amazon-apigateway-api-key-source"] == "AUTHORIZER"


def test_a_function_that_is_not_there_stops_the_synthesis(root: Path, tmp_path: Path) -> None:
    change_text(root / "platform.yaml", "callers:authorize", "callers:authorise")
    with pytest.raises(
        ContractError, match=r"key_authorizer partners\.callers:authorise"
    ) as caught:
        synthesise(tmp_path / "out", root=root, only="local")
    change_text(root / "platform.yaml", "callers:authorise", "callers:authorize")
    assert "did you mean 'authorize'?" in str(caught.value)
