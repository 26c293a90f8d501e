"""Authorizers in the templates: functions of their own, released with the API, and no more."""

import json
from pathlib import Path
from zipfile import ZipFile

import cfnlint.api
import pytest
from cdk_nag import AwsSolutionsChecks

from gatewright.config import load_platform
from gatewright.contract import ContractError, public_document
from stacks.contracts import read_contracts
from tests.guarded import API, add_guarded
from tests.synthesis import Template, change_text, copied_platform, only, resources, synthesise

NAME = f"000000000000-us-east-1/gatewright-local-{API}"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return add_guarded(copied_platform(tmp_path_factory.mktemp("guarded") / "platform"))


@pytest.fixture(scope="module")
def outdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("out")


@pytest.fixture(scope="module")
def template(root: Path, outdir: Path) -> Template:
    # The pack fails the synthesis when a rule is broken and not acknowledged.
    return synthesise(
        outdir, root=root, only="local", plugins=lambda app: [AwsSolutionsChecks(app)]
    )[NAME]


def test_each_has_a_function_a_role_and_logs_of_its_own(template: Template) -> None:
    functions = [f["Properties"] for f in resources(template, "AWS::Lambda::Function").values()]
    assert {f["Handler"] for f in functions} == {
        "guarded.handler.app",
        "guarded.callers.partner",
        "guarded.callers.tenant",
        "gatewright.runtime.jwt_authorizer.function.handler",
    }
    for of_its_own in ("Role", "LoggingConfig"):
        assert len({str(f[of_its_own]) for f in functions}) == 4


def test_all_have_the_releases_alias(template: Template) -> None:
    aliases = resources(template, "AWS::Lambda::Alias").values()
    _, stage = only(template, "AWS::ApiGateway::Stage")
    assert len(aliases) == 4
    assert {str(alias["Properties"]["Name"]) for alias in aliases} == {
        str(stage["Properties"]["Variables"]["lambdaAlias"])
    }


@pytest.mark.proves("in authorizers")
def test_only_authorizers_of_the_api_may_ask_their_alias(template: Template) -> None:
    found = [p["Properties"] for p in resources(template, "AWS::Lambda::Permission").values()]
    ends = sorted(
        (
            permission["FunctionName"]["Ref"].partition("Alias")[0],
            permission["SourceArn"]["Fn::Join"][1][-1],
        )
        for permission in found
    )
    assert ends == [
        ("ApiReleaseAuthorizerlogin", "/authorizers/*"),
        ("ApiReleaseAuthorizerpartner", "/authorizers/*"),
        ("ApiReleaseAuthorizertenant", "/authorizers/*"),
        ("ApiReleaseFunction", "/live/*/*"),
    ]


def test_the_gateway_asks_the_stages_alias(template: Template) -> None:
    _, api = only(template, "AWS::ApiGateway::RestApi")
    schemes = api["Properties"]["Body"]["components"]["securitySchemes"]
    for name in ("login", "partner", "tenant"):
        uri = schemes[name]["x-amazon-apigateway-authorizer"]["authorizerUri"]["Fn::Join"][1]
        assert uri[-1] == ":${stageVariables.lambdaAlias}/invocations"
        assert uri[-2]["Fn::GetAtt"][0].startswith(f"ApiAuthorizer{name}")


@pytest.mark.proves("resource policy")
def test_the_resource_policy(template: Template) -> None:
    _, api = only(template, "AWS::ApiGateway::RestApi")
    statements = api["Properties"]["Body"]["x-amazon-apigateway-policy"]["Statement"]
    always = {"Action": "execute-api:Invoke", "Resource": "execute-api:/*"}
    assert statements == [
        {"Effect": "Allow", "Principal": {"AWS": ["111111111111"]}, **always},
        {
            "Effect": "Allow",
            "Principal": "*",
            **always,
            "Condition": {"IpAddress": {"aws:SourceIp": ["203.0.113.0/24"]}},
        },
        {
            "Effect": "Deny",
            "Principal": "*",
            **always,
            "Condition": {
                "IpAddress": {"aws:VpcSourceIp": ["203.0.113.9"]},
                "StringEquals": {"aws:SourceVpce": ["vpce-0123456789abcdef0"]},
            },
        },
    ]


def test_cloudformation_takes_it(outdir: Path, template: Template, tmp_path: Path) -> None:
    assert outdir.exists()
    file = tmp_path / "template.json"
    file.write_text(json.dumps(template))
    found = cfnlint.api.lint_file(file)
    assert [match for match in found if match.rule.id.startswith("E")] == []


def test_the_bundle_of_an_authorizer_has_the_operations(root: Path, template: Template) -> None:
    assert template
    tables = []
    for file in sorted((root / ".gatewright" / "bundles").glob("*.zip")):
        with ZipFile(file) as bundle:
            names = bundle.namelist()
            if "gatewright/runtime/authorizer.json" in names:
                tables.append(json.loads(bundle.read("gatewright/runtime/authorizer.json")))
                # What is bundled with one is not in the others.
                assert ("jwt/__init__.py" in names) == file.name.startswith("jwt-authorizer")
    assert {operation["pattern"] for table in tables for operation in table["operations"]} == {
        "/partner",
        "/tenant",
        "/notes",
    }


def test_callers_are_told_what_to_send(root: Path) -> None:
    contracts = read_contracts(load_platform(root / "platform.yaml"), root)
    assert public_document(contracts[API])["components"]["securitySchemes"] == {
        "api_key": {"type": "apiKey", "in": "header", "name": "x-api-key"},
        "iam": {
            "type": "apiKey",
            "name": "Authorization",
            "in": "header",
            "x-amazon-apigateway-authtype": "awsSigv4",
        },
        "login": {
            "type": "openIdConnect",
            "openIdConnectUrl": "https://login.example.com/.well-known/openid-configuration",
        },
        "partner": {"type": "http", "scheme": "bearer"},
        "tenant": {"type": "apiKey", "in": "header", "name": "X-Tenant"},
    }


def test_a_changed_scope_is_a_new_release_of_its_authorizer_s_api(
    root: Path, template: Template, tmp_path: Path
) -> None:
    handler = root / "lambda_src" / "guarded" / "handler.py"
    change_text(handler, "partners:read", "partners:list")
    changed = synthesise(tmp_path / "out", root=root, only="local")[NAME]
    change_text(handler, "partners:list", "partners:read")
    aliases = [set(resources(found, "AWS::Lambda::Alias")) for found in (template, changed)]
    assert aliases[0].isdisjoint(aliases[1])


def test_a_function_that_is_not_there_stops_the_synthesis(root: Path, tmp_path: Path) -> None:
    change_text(root / "platform.yaml", "callers:partner", "callers:partners")
    with pytest.raises(ContractError, match=r"authorizer partner guarded\.callers:par") as caught:
        synthesise(tmp_path / "out", root=root, only="local")
    change_text(root / "platform.yaml", "callers:partners", "callers:partner")
    assert "did you mean 'partner'?" in str(caught.value)
