"""SAM templates: who may call what is what SAM would deploy."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from gatewright.contract.imports.imported import Imported
from gatewright.contract.imports.sam import convert
from gatewright.contract.imports.template_text import read_template

POOL = {"Authorizers": {"P": {"UserPoolArn": "arn", "AuthorizationScopes": ["a/b"]}}}
DOOR = {"Authorizers": {"D": {"FunctionArn": "arn"}}}


def converted(tmp_path: Path, auth: dict[str, Any], event: dict[str, Any]) -> Imported:
    file = tmp_path / "template.yaml"
    api = {"Type": "AWS::Serverless::Api", "Properties": {"Auth": auth}}
    properties = {"Path": "/a", "Method": "GET", "RestApiId": {"Ref": "Api"}, "Auth": event}
    events = {"Get": {"Type": "Api", "Properties": properties}}
    function = {"Type": "AWS::Serverless::Function", "Properties": {"Events": events}}
    file.write_text(yaml.dump({"Resources": {"Api": api, "F": function}}))
    return convert(read_template(file), file, None)


@pytest.mark.parametrize(
    ("auth", "event", "security"),
    [
        ({}, {}, []),
        ({"ApiKeyRequired": True}, {}, [{"api_key": []}]),
        ({"ApiKeyRequired": True}, {"ApiKeyRequired": False}, []),
        ({}, {"ApiKeyRequired": True}, [{"api_key": []}]),
        ({**POOL, "DefaultAuthorizer": "P"}, {}, [{"cognito": ["a/b"]}]),
        ({**POOL, "DefaultAuthorizer": "P"}, {"Authorizer": "NONE"}, []),
        (POOL, {"Authorizer": "P", "AuthorizationScopes": ["c/d"]}, [{"cognito": ["c/d"]}]),
        (DOOR, {"Authorizer": "D"}, [{"D": []}]),
        ({**DOOR, "DefaultAuthorizer": "D"}, {}, [{"D": []}]),
        ({}, {"Authorizer": "AWS_IAM"}, [{"iam": []}]),
        ({"DefaultAuthorizer": "Nowhere"}, {}, None),
        ({}, {"Authorizer": "Nowhere"}, None),
    ],
)
def test_an_event_asks_for_what_sam_would(
    tmp_path: Path, auth: dict[str, Any], event: dict[str, Any], security: object
) -> None:
    made = converted(tmp_path, auth, event)
    assert made.document["paths"]["/a"]["get"].get("security") == security
    assert ("GET /a" in made.told.get("open", {})) == (security == [])
    assert bool(made.told.get("closed")) == (security is None)


def test_a_function_that_says_who_may_call_has_to_be_declared(tmp_path: Path) -> None:
    identity = {"Headers": ["X-Tenant"], "ReauthorizeEvery": 0}
    door = {"FunctionArn": {"Fn::GetAtt": "Door.Arn"}, "Identity": identity}
    auth = {"Authorizers": {"D": {**door, "FunctionPayloadType": "REQUEST"}}}
    made = converted(tmp_path, auth, {"Authorizer": "D"})
    told = made.told["platform"]
    assert told[
        "authorizers: {D: {type: request, function: <folder>.<module>:<function>, "
        "identity_sources: [header.X-Tenant], cache_seconds: 0}}"
    ] == ["its function was Door.Arn"]
    assert made.document["components"]["securitySchemes"]["D"]["name"] == "X-Tenant"


def test_a_default_authorizer_guards_the_document_too(tmp_path: Path) -> None:
    template = """\
Resources:
  Api:
    Type: AWS::Serverless::Api
    Properties:
      Auth: {DefaultAuthorizer: D, Authorizers: {D: {FunctionArn: !GetAtt D.Arn}}}
      DefinitionBody: {swagger: "2.0", paths: {/a: {get: {responses: {}}}}}
"""
    file = tmp_path / "template.yaml"
    file.write_text(template)
    made = convert(read_template(file), file, None)
    assert made.document["paths"]["/a"]["get"]["security"] == [{"D": []}]
    assert "D" in made.document["securityDefinitions"]
    assert "open" not in made.told


def test_a_default_authorizer_that_is_nowhere_leaves_no_choice(tmp_path: Path) -> None:
    file = tmp_path / "template.yaml"
    file.write_text("""\
Resources:
  Api:
    Type: AWS::Serverless::Api
    Properties:
      Auth: {DefaultAuthorizer: D}
      DefinitionBody: {swagger: "2.0", paths: {/a: {get: {responses: {}}}}}
""")
    made = convert(read_template(file), file, None)
    assert "security" not in made.document["paths"]["/a"]["get"]
    assert "open" not in made.told


def test_a_resource_policy_stays_for_the_reader_to_refuse(tmp_path: Path) -> None:
    made = converted(tmp_path, {"ResourcePolicy": {"CustomStatements": []}}, {})
    assert "x-amazon-apigateway-policy" in made.document


def test_an_included_document_is_read_from_beside_the_template(tmp_path: Path) -> None:
    (tmp_path / "api.yaml").write_text("openapi: 3.0.1\npaths: {/b: {get: {}}}\n")
    file = tmp_path / "template.yaml"
    file.write_text("""\
Resources:
  Api:
    Type: AWS::Serverless::Api
    Properties:
      DefinitionBody:
        Fn::Transform: {Name: AWS::Include, Parameters: {Location: api.yaml}}
""")
    assert list(convert(read_template(file), file, None).document["paths"]) == ["/b"]
