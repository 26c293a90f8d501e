"""A stage with a canary: which requests the canary gets, and what it answers them with.

'Set up an API Gateway canary release deployment' and 'Create a canary release deployment':
https://docs.aws.amazon.com/apigateway/latest/developerguide/canary-release.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/create-canary-deployment.html
"""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest

from tests.local_gaps.deployable import AUTHORIZER_URI, NEW, Live, create_live
from tests.local_gaps.running import Aws, document, mock


def settings(deployment: str, percent: float, **overrides: str) -> list[dict[str, str]]:
    """The operations that start a canary."""
    changes = {
        "deploymentId": deployment,
        "percentTraffic": str(percent),
        **{f"stageVariableOverrides/{name}": value for name, value in overrides.items()},
    }
    return [
        {"op": "replace", "path": f"/canarySettings/{name}", "value": value}
        for name, value in changes.items()
    ]


def start(live: Live, deployment: str, percent: float, **overrides: str) -> None:
    live.gateway.update_stage(
        restApiId=live.api,
        stageName="live",
        patchOperations=settings(deployment, percent, **overrides),
    )


def stop(live: Live) -> None:
    remove = [{"op": "remove", "path": "/canarySettings"}]
    live.gateway.update_stage(restApiId=live.api, stageName="live", patchOperations=remove)


def stage(live: Live) -> dict[str, Any]:
    found: dict[str, Any] = live.gateway.get_stage(restApiId=live.api, stageName="live")
    return found


def texts(aws: Aws, live: Live, count: int, path: str = "/open") -> Counter[str]:
    return Counter(aws.call(live.api, path).text for _ in range(count))


@pytest.fixture
def changed(live: Live) -> tuple[Live, str]:
    """The API, whose next deployment answers `new`, and that deployment."""
    live.import_again(NEW)
    return live, live.deploy()


def test_the_canary_gets_its_share_at_random(aws: Aws, changed: tuple[Live, str]) -> None:
    """600 requests at 20 %: 120, and in 999,999 of a million times between 73 and 167."""
    live, new = changed
    start(live, new, 20)
    found = texts(aws, live, 600)
    assert set(found) == {"old 1", "new"}
    assert 73 <= found["new"] <= 167


@pytest.mark.parametrize(("percent", "text"), [(0, "old 1"), (100, "new")])
def test_none_and_all(aws: Aws, changed: tuple[Live, str], percent: int, text: str) -> None:
    live, new = changed
    start(live, new, percent)
    assert texts(aws, live, 30) == {text: 30}


def test_the_canary_has_its_own_deployment_and_variables(aws: Aws, live: Live) -> None:
    """Both changed: which routes there are, and what they answer."""
    live.replace("stage", "/variables/other", "kept", stageName="live")
    both = document({"/open": {"get": mock("new ${stageVariables.v} ${stageVariables.other}")}})
    live.import_again(both)
    start(live, live.deploy(), 100, v="2")
    assert aws.call(live.api, "/open").text == "new 2 kept"
    assert aws.call(live.api, "/echo", "POST").status_code == 403
    assert stage(live)["variables"] == {"v": "1", "other": "kept"}
    stop(live)
    assert aws.call(live.api, "/open").text == "old 1"
    assert aws.call(live.api, "/echo", "POST", content="x").status_code == 200


def test_code_alone_goes_by_the_variables(aws: Aws, live: Live) -> None:
    """The canary of the stage's own deployment."""
    start(live, stage(live)["deploymentId"], 100, v="canary")
    assert aws.call(live.api, "/open").text == "old canary"


def test_gateway_responses_are_the_canary_s(aws: Aws, live: Live) -> None:
    live.gateway.put_gateway_response(
        restApiId=live.api, responseType="MISSING_AUTHENTICATION_TOKEN", statusCode="404"
    )
    start(live, live.deploy(), 100)
    assert aws.call(live.api, "/none").status_code == 404
    stop(live)
    assert aws.call(live.api, "/none").status_code == 403


def test_the_canary_asks_its_own_authorizers(aws: Aws, live: Live) -> None:
    """Their answers are cached for 300 seconds, and the authorizer has the same id."""

    def status() -> int:
        return aws.call(live.api, "/guarded", headers={"X-Token": "good"}).status_code

    assert status() == 200
    gone = AUTHORIZER_URI.replace("guard", "gone")
    live.replace("authorizer", "/authorizerUri", gone, authorizerId=live.ids["authorizer"])
    start(live, live.deploy(), 100)
    assert status() == 500
    stop(live)
    assert status() == 200


def test_the_canary_is_shown(live: Live) -> None:
    new = live.deploy()
    start(live, new, 12.5, v="2")
    expected = {
        "deploymentId": new,
        "percentTraffic": 12.5,
        "stageVariableOverrides": {"v": "2"},
        "useStageCache": False,
    }
    assert stage(live)["canarySettings"] == expected
    stop(live)
    assert "canarySettings" not in stage(live)


def test_promoted_by_copy(aws: Aws, changed: tuple[Live, str]) -> None:
    live, new = changed
    start(live, new, 50, v="2")
    copies = (("deploymentId", "deploymentId"), ("stageVariableOverrides", "variables"))
    operations = [
        {"op": "copy", "from": f"/canarySettings/{source}", "path": f"/{path}"}
        for source, path in copies
    ]
    share = {"op": "replace", "path": "/canarySettings/percentTraffic", "value": "0.0"}
    shown = live.gateway.update_stage(
        restApiId=live.api, stageName="live", patchOperations=[*operations, share]
    )
    assert (shown["deploymentId"], shown["variables"]) == (new, {"v": "2"})
    assert shown["canarySettings"]["percentTraffic"] == 0
    assert texts(aws, live, 20) == {"new": 20}


def test_a_refused_update_changes_nothing(live: Live) -> None:
    new = live.deploy()
    start(live, new, 10)
    before = stage(live)
    operations = [*settings(new, 90), {"op": "replace", "path": "/variables/v", "value": "9"}]
    refused = [*operations, *settings("0badc0de", 1)]
    with pytest.raises(live.gateway.exceptions.BadRequestException, match="does not exist"):
        live.gateway.update_stage(restApiId=live.api, stageName="live", patchOperations=refused)
    assert stage(live)["canarySettings"] == before["canarySettings"]
    assert stage(live)["variables"] == before["variables"]


def test_the_stage_does_not_move_while_it_has_a_canary(live: Live) -> None:
    start(live, live.deploy(), 10)
    third = live.deploy()
    with pytest.raises(live.gateway.exceptions.BadRequestException, match="Canary is enabled"):
        live.replace("stage", "/deploymentId", third, stageName="live")
    with pytest.raises(live.gateway.exceptions.BadRequestException, match="Canary is enabled"):
        live.deploy(stageName="live")
    stop(live)
    live.replace("stage", "/deploymentId", third, stageName="live")


def test_what_the_canary_serves_is_not_deleted(live: Live) -> None:
    new = live.deploy()
    start(live, new, 10)
    delete = live.gateway.delete_deployment
    with pytest.raises(live.gateway.exceptions.BadRequestException, match="Active stages"):
        delete(restApiId=live.api, deploymentId=new)
    stop(live)
    delete(restApiId=live.api, deploymentId=new)


def test_a_deployment_may_come_as_the_canary_s(aws: Aws, live: Live) -> None:
    old = stage(live)["deploymentId"]
    live.import_again(NEW)
    canary = {"percentTraffic": 100, "stageVariableOverrides": {"v": "2"}}
    new = live.deploy(stageName="live", canarySettings=canary)
    shown = stage(live)
    assert (shown["deploymentId"], shown["canarySettings"]["deploymentId"]) == (old, new)
    assert aws.call(live.api, "/open").text == "new"


REFUSED = {
    "no stage": ({}, "must be provided for canary deployment. Provided value is null"),
    "a new stage": ({"stageName": "other"}, "Stage other must already be created before making"),
}


@pytest.mark.parametrize(("names", "message"), REFUSED.values(), ids=REFUSED)
def test_a_canary_needs_its_stage(live: Live, names: dict[str, str], message: str) -> None:
    with pytest.raises(live.gateway.exceptions.BadRequestException, match=message):
        live.deploy(canarySettings={"percentTraffic": 10}, **names)


def test_a_stage_may_come_with_a_canary(aws: Aws, changed: tuple[Live, str]) -> None:
    live, new = changed
    old = stage(live)["deploymentId"]
    names = {"restApiId": live.api, "stageName": "beta", "deploymentId": old}
    canary = {"deploymentId": new, "percentTraffic": 100.0}
    made = live.gateway.create_stage(**names, canarySettings=canary)
    assert made["canarySettings"] == {**canary, "useStageCache": False}
    assert aws.call(live.api, "/open", stage="beta").text == "new"


def test_an_export_is_of_the_stage(changed: tuple[Live, str]) -> None:
    live, new = changed
    start(live, new, 100)
    export = live.gateway.get_export(restApiId=live.api, stageName="live", exportType="oas30")
    assert "/echo" in json.loads(export["body"].read())["paths"]


def test_stages_have_each_its_own_canary(aws: Aws, changed: tuple[Live, str]) -> None:
    live, new = changed
    other = create_live(aws)
    start(live, new, 100)
    assert aws.call(other.api, "/open").text == "old 1"
