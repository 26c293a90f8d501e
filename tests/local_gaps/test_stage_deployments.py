"""Stages that name deployments: moved, refused, deleted.

'Set up a stage for a REST API', 'Create a deployment for a REST API', DeleteDeployment:
https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-stages.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-deployments.html
https://docs.aws.amazon.com/apigateway/latest/api/API_DeleteDeployment.html
"""

from __future__ import annotations

import pytest

from tests.local_gaps.deployable import AUTHORIZER_URI, NEW, Live, create_live
from tests.local_gaps.running import Aws

IN_USE = "Active stages pointing to this deployment must be moved or deleted"
UNKNOWN = "Deployment id does not exist"


def deployment_of(live: Live, stage: str = "live") -> str:
    return str(live.gateway.get_stage(restApiId=live.api, stageName=stage)["deploymentId"])


def move(live: Live, deployment: str, stage: str = "live") -> None:
    live.replace("stage", "/deploymentId", deployment, stageName=stage)


def deployments(live: Live) -> set[str]:
    return {item["id"] for item in live.gateway.get_deployments(restApiId=live.api)["items"]}


def test_a_stage_moves_at_once_and_back(aws: Aws, live: Live) -> None:
    old = deployment_of(live)
    live.import_again(NEW)
    new = live.deploy()
    assert aws.call(live.api, "/open").text == "old 1"
    for deployment, text in ((new, "new"), (old, "old 1"), (new, "new")):
        move(live, deployment)
        assert aws.call(live.api, "/open").text == text


def test_stages_serve_each_its_own(aws: Aws, live: Live) -> None:
    old = deployment_of(live)
    live.import_again(NEW)
    live.deploy(stageName="beta")
    live.gateway.create_stage(restApiId=live.api, stageName="older", deploymentId=old)
    assert aws.call(live.api, "/open").text == "old 1"
    assert aws.call(live.api, "/open", stage="beta").text == "new"
    assert aws.call(live.api, "/open", stage="older").text == "old "
    assert aws.call(live.api, "/echo", "POST", stage="beta").status_code == 403


def test_a_deployment_in_use_is_not_deleted(aws: Aws, live: Live) -> None:
    old, new = deployment_of(live), live.deploy()
    delete = live.gateway.delete_deployment
    with pytest.raises(live.gateway.exceptions.BadRequestException, match=IN_USE):
        delete(restApiId=live.api, deploymentId=old)
    assert aws.call(live.api, "/open").text == "old 1"
    move(live, new)
    delete(restApiId=live.api, deploymentId=old)
    assert deployments(live) == {new}
    live.gateway.delete_stage(restApiId=live.api, stageName="live")
    delete(restApiId=live.api, deploymentId=new)
    assert deployments(live) == set()


@pytest.mark.parametrize("deployment", ["0badc0de", "other-api"])
def test_a_stage_needs_a_deployment_of_its_api(aws: Aws, live: Live, deployment: str) -> None:
    if deployment == "other-api":
        deployment = deployment_of(create_live(aws))
    with pytest.raises(live.gateway.exceptions.BadRequestException, match=UNKNOWN):
        live.gateway.create_stage(restApiId=live.api, stageName="new", deploymentId=deployment)
    with pytest.raises(live.gateway.exceptions.BadRequestException, match=UNKNOWN):
        move(live, deployment)
    assert aws.call(live.api, "/open").text == "old 1"
    assert aws.call(live.api, "/open", stage="new").status_code == 403


def test_a_moved_stage_asks_its_authorizers_anew(aws: Aws, live: Live) -> None:
    """Their answers are cached for 300 seconds, and the authorizer's id stays."""

    def status(stage: str = "live") -> int:
        answer = aws.call(live.api, "/guarded", stage=stage, headers={"X-Token": "good"})
        return answer.status_code

    old = deployment_of(live)
    live.gateway.create_stage(restApiId=live.api, stageName="other", deploymentId=old)
    assert (status(), status("other")) == (200, 200)
    gone = AUTHORIZER_URI.replace("guard", "gone")
    live.replace("authorizer", "/authorizerUri", gone, authorizerId=live.ids["authorizer"])
    live.deploy(stageName="live")
    assert (status(), status("other")) == (500, 200)
    move(live, old)
    assert status() == 200
