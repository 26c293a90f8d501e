"""A changed Body updates the API in place, under the same id.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-restapi.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-import-api-update.html
"""

from __future__ import annotations

import json
import threading
from typing import Any

import pytest

from tests.local_gaps.imported import read
from tests.local_gaps.running import Aws, Stack, document, mock
from tests.local_gaps.whole_document import whole


def resources(
    body: dict[str, Any], deployment: str = "Deployed", **properties: Any
) -> dict[str, Any]:
    """A stack with an API, a deployment with this logical id, a stage and a usage plan on it."""
    api = {"Ref": "Api"}
    stages = [{"ApiId": api, "Stage": {"Ref": "Live"}}]
    return {
        "Api": {
            "Type": "AWS::ApiGateway::RestApi",
            "Properties": {"Body": body, **properties},
        },
        deployment: {"Type": "AWS::ApiGateway::Deployment", "Properties": {"RestApiId": api}},
        "Live": {
            "Type": "AWS::ApiGateway::Stage",
            "Properties": {
                "RestApiId": api,
                "StageName": "live",
                "DeploymentId": {"Ref": deployment},
                "Variables": {"v": "kept"},
            },
        },
        "Plan": {"Type": "AWS::ApiGateway::UsagePlan", "Properties": {"ApiStages": stages}},
    }


def changed() -> dict[str, Any]:
    """The whole document with something taken away, something changed and something new."""
    body = whole()
    del body["paths"]["/proxy/{rest+}"]
    body["paths"]["/new"] = {"get": mock("$stageVariables.v", security=[])}
    body["info"] = {"title": "changed", "version": "3"}
    del body["components"]["securitySchemes"]["custom"]
    body["components"]["schemas"]["Name"]["minLength"] = 5
    body["components"]["schemas"]["Added"] = {"type": "object"}
    body["x-amazon-apigateway-gateway-responses"] = {"THROTTLED": {"statusCode": "420"}}
    body["x-amazon-apigateway-binary-media-types"] = ["audio/ogg"]
    return body


@pytest.fixture(scope="module")
def updated(aws: Aws) -> tuple[dict[str, Any], dict[str, Any], Stack]:
    """The API before and after an update of its Body."""
    stack = aws.stack("body-update", resources(whole()))
    assert stack.status == "CREATE_COMPLETE", stack.reasons
    before = read(aws, stack.physical_id("Api"))
    stack = aws.stack("body-update", resources(changed()), update=True)
    assert stack.status == "UPDATE_COMPLETE", stack.reasons
    return before, read(aws, stack.physical_id("Api")), stack


Updated = tuple[dict[str, Any], dict[str, Any], Stack]


def test_the_id_stays(updated: Updated) -> None:
    before, after, _stack = updated
    assert after["api"]["id"] == before["api"]["id"]
    assert after["api"]["rootResourceId"] == before["api"]["rootResourceId"]


def test_the_definition_is_the_new_document_s(updated: Updated) -> None:
    _before, after, _stack = updated
    assert sorted(after["methods"]) == ["GET /new", "POST /open", "PUT /pets/{id}"]
    assert sorted(after["resource_ids"]) == ["/", "/new", "/open", "/pets", "/pets/{id}"]
    assert sorted(after["authorizers"]) == ["pool"]
    assert sorted(after["gateway_responses"]) == ["THROTTLED"]
    assert after["models"]["Name"]["minLength"] == 5
    assert "Added" in after["models"]
    assert after["api"]["name"] == "changed"
    assert after["api"].get("description", "") == ""
    assert after["api"]["binaryMediaTypes"] == ["audio/ogg"]


def test_ids_stay_with_what_keeps_its_path_or_name(updated: Updated) -> None:
    before, after, _stack = updated
    for path in ("/", "/pets", "/pets/{id}", "/open"):
        assert after["resource_ids"][path] == before["resource_ids"][path]
    assert after["authorizers"]["pool"]["id"] == before["authorizers"]["pool"]["id"]
    assert after["validators"]["all"]["id"] == before["validators"]["all"]["id"]


def test_stage_deployment_and_plan_stay(aws: Aws, updated: Updated) -> None:
    _before, after, stack = updated
    gateway, api_id = aws.client("apigateway"), after["api"]["id"]
    stage = gateway.get_stage(restApiId=api_id, stageName="live")
    assert stage["deploymentId"] == stack.physical_id("Deployed")
    plan = gateway.get_usage_plan(usagePlanId=stack.physical_id("Plan"))
    assert [(on["apiId"], on["stage"]) for on in plan["apiStages"]] == [(api_id, "live")]
    aws.deploy(api_id)
    assert aws.call(api_id, "/new").text == "kept"


def test_a_property_beside_the_body_changes_alone(aws: Aws) -> None:
    body = document({"/a": {"get": mock("a")}})
    aws.stack("property-update", resources(body, Description="one", Name="first"))
    stack = aws.stack("property-update", resources(body, Description="two"), update=True)
    api = aws.client("apigateway").get_rest_api(restApiId=stack.physical_id("Api"))
    assert (api["name"], api["description"]) == ("case", "two")
    assert aws.call(api["id"], "/a").text == "a"


def test_a_rollback_restores_the_old_body(aws: Aws) -> None:
    old = document({"/a": {"get": mock("old")}})
    aws.stack("rolled-back", resources(old))
    new = resources(document({"/b": {"get": mock("new")}}))
    new["Broken"] = {
        "Type": "AWS::ApiGateway::RestApi",
        "DependsOn": "Api",
        "Properties": {"Body": {"openapi": "3.1.0"}},
    }
    stack = aws.stack("rolled-back", new, update=True)
    assert stack.status == "UPDATE_ROLLBACK_COMPLETE"
    api_id = stack.physical_id("Api")
    aws.deploy(api_id)
    assert aws.call(api_id, "/a").text == "old"
    assert aws.call(api_id, "/b").status_code == 403


def test_a_refused_update_changes_nothing(aws: Aws) -> None:
    gateway = aws.client("apigateway")
    api_id = aws.import_api(whole())
    before = read(aws, api_id)
    broken = changed()
    broken["x-amazon-apigateway-request-validator"] = "none"
    with pytest.raises(gateway.exceptions.BadRequestException, match="Invalid request validator"):
        gateway.put_rest_api(restApiId=api_id, mode="overwrite", body=json.dumps(broken).encode())
    after = read(aws, api_id)
    assert {**after, "api": after["api"] | {"ResponseMetadata": 0}} == {
        **before,
        "api": before["api"] | {"ResponseMetadata": 0},
    }


def test_requests_meanwhile_see_the_old_api_or_the_new(aws: Aws) -> None:
    """Whatever the moment, an invalid body is refused and a valid one answered."""
    versions = [whole(), whole()]
    versions[1]["components"]["schemas"]["Other"] = {"type": "string"}
    versions[1]["paths"]["/other"] = {"get": mock("other")}
    api_id = aws.stack("meanwhile", resources(versions[0])).physical_id("Api")
    ended, seen = threading.Event(), set()

    def ask() -> None:
        while not ended.is_set():
            good = aws.call(api_id, "/open", "POST", json=[1]).status_code
            bad = aws.call(api_id, "/open", "POST", json=[1, 2]).status_code
            seen.add((good, bad))

    asking = [threading.Thread(target=ask) for _ in range(3)]
    for thread in asking:
        thread.start()
    for turn in range(1, 7):
        aws.stack("meanwhile", resources(versions[turn % 2], f"Deployed{turn}"), update=True)
    ended.set()
    for thread in asking:
        thread.join()
    assert seen == {(200, 422)}
