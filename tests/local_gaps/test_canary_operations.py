"""What each patch operation of UpdateStage makes of a canary, and what is refused.

'Patch operations', 'Update a canary release' and 'Promote a canary release':
https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/update-canary-deployment.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/promote-canary-deployment.html
"""

from __future__ import annotations

from typing import Any

import pytest

from local.gaps.canary.patch_operations import changed

DEPLOYMENTS = {"d1", "d2", "d3"}
PLAIN = {"stageName": "live", "deploymentId": "d1", "variables": {"alias": "one", "v": "1"}}
CANARY = {
    "deploymentId": "d2",
    "percentTraffic": 10.0,
    "useStageCache": False,
    "stageVariableOverrides": {"alias": "two"},
}
STARTED = {"deploymentId": "d1", "percentTraffic": 0.0, "useStageCache": False}
Changes = list[dict[str, str]]


def replace(path: str, value: str) -> dict[str, str]:
    return {"op": "replace", "path": path, "value": value}


def remove(path: str) -> dict[str, str]:
    return {"op": "remove", "path": path}


def take(source: str, path: str) -> dict[str, str]:
    return {"op": "copy", "from": source, "path": path}


DEPLOYMENT = "/canarySettings/deploymentId"
PERCENT = "/canarySettings/percentTraffic"
OVERRIDES = "/canarySettings/stageVariableOverrides"
PROMOTE = [take(DEPLOYMENT, "/deploymentId"), take(OVERRIDES, "/variables"), replace(PERCENT, "0")]

# Of a stage without a canary: the operations, and the canary that they start.
STARTS: dict[str, tuple[Changes, dict[str, Any] | None]] = {
    "a share": ([replace(PERCENT, "25.5")], {**STARTED, "percentTraffic": 25.5}),
    "a deployment": ([replace(DEPLOYMENT, "d2")], {**STARTED, "deploymentId": "d2"}),
    "a variable": (
        [replace(f"{OVERRIDES}/alias", "two")],
        {**STARTED, "stageVariableOverrides": {"alias": "two"}},
    ),
    "all in one call": (
        [replace(PERCENT, "10"), replace(DEPLOYMENT, "d2"), replace(f"{OVERRIDES}/alias", "two")],
        CANARY,
    ),
    "removed where there is none": ([remove("/canarySettings")], None),
    "after a move of the stage": (
        [replace("/deploymentId", "d3"), replace(PERCENT, "5")],
        {**STARTED, "deploymentId": "d3", "percentTraffic": 5.0},
    ),
}

# Of the stage with the canary above: the operations, and what of the stage is other than before.
CHANGES: dict[str, tuple[Changes, dict[str, Any]]] = {
    "a share": ([replace(PERCENT, "50.0")], {"canarySettings": {**CANARY, "percentTraffic": 50.0}}),
    "a deployment": (
        [replace(DEPLOYMENT, "d3")],
        {"canarySettings": {**CANARY, "deploymentId": "d3"}},
    ),
    "the cache": (
        [replace("/canarySettings/useStageCache", "true")],
        {"canarySettings": {**CANARY, "useStageCache": True}},
    ),
    "another variable": (
        [replace(f"{OVERRIDES}/v", "2")],
        {"canarySettings": {**CANARY, "stageVariableOverrides": {"alias": "two", "v": "2"}}},
    ),
    "a variable less": (
        [remove(f"{OVERRIDES}/alias")],
        {"canarySettings": {name: CANARY[name] for name in STARTED}},
    ),
    "promoted": (
        PROMOTE,
        {
            "deploymentId": "d2",
            "variables": {"alias": "two", "v": "1"},
            "canarySettings": {**CANARY, "percentTraffic": 0.0},
        },
    ),
    "promoted and removed": (
        [*PROMOTE, remove("/canarySettings")],
        {
            "deploymentId": "d2",
            "variables": {"alias": "two", "v": "1"},
            "canarySettings": None,
        },
    ),
    "removed": ([remove("/canarySettings")], {"canarySettings": None}),
    "removed and moved": (
        [remove("/canarySettings"), replace("/deploymentId", "d3")],
        {"deploymentId": "d3", "canarySettings": None},
    ),
    "moved and removed": (
        [replace("/deploymentId", "d3"), remove("/canarySettings")],
        {"deploymentId": "d3", "canarySettings": None},
    ),
    "moved to the canary's deployment": (
        [replace("/deploymentId", "d2")],
        {"deploymentId": "d2"},
    ),
    "a variable of the stage": (
        [replace("/variables/v", "9"), take(OVERRIDES, "/variables")],
        {"variables": {"alias": "two", "v": "9"}},
    ),
    "a variable of the stage removed": ([remove("/variables/v")], {"variables": {"alias": "one"}}),
}

NO_CANARY = "Promotion not available. Canary does not exist."
# Whether there is a canary, the operations, and the message.
REFUSED: dict[str, tuple[bool, Changes, str]] = {
    "an unknown deployment": (False, [replace(DEPLOYMENT, "d9")], "Deployment id does not exist"),
    "another deployment for the stage": (
        True,
        [replace("/deploymentId", "d3")],
        "Non canary deployment not supported on stage live because Canary is enabled.",
    ),
    "a canary that starts with a move away": (
        True,
        [replace(DEPLOYMENT, "d2"), replace("/deploymentId", "d3")],
        "Non canary deployment not supported on stage live",
    ),
    "no share": (True, [replace(PERCENT, "some")], "must be between 0.0 and 100.0"),
    "too large a share": (True, [replace(PERCENT, "100.1")], "must be between 0.0 and 100.0"),
    "less than none": (True, [replace(PERCENT, "-1")], "must be between 0.0 and 100.0"),
    "add": (
        False,
        [{"op": "add", "path": DEPLOYMENT, "value": "d2"}],
        "Invalid add operation with path: /canarySettings/deploymentId",
    ),
    "an unknown setting": (
        True,
        [replace("/canarySettings/badPath", "x")],
        "Invalid method setting path: /canarySettings/badPath",
    ),
    "all settings at once": (
        True,
        [replace("/canarySettings", "{}")],
        "Invalid method setting path: /canarySettings",
    ),
    "an unknown setting removed": (
        True,
        [remove("/canarySettings/badPath")],
        "Cannot remove method setting canarySettings/badPath because there is no method setting",
    ),
    "all variables removed": (
        True,
        [remove(OVERRIDES)],
        "Cannot remove method setting canarySettings/stageVariableOverrides",
    ),
    "nothing to promote": (False, PROMOTE, NO_CANARY),
    "removed before it is promoted": (True, [remove("/canarySettings"), *PROMOTE], NO_CANARY),
    "a copy the other way": (
        True,
        [take("/variables", OVERRIDES)],
        "Invalid copy operation with path: /canarySettings/stageVariableOverrides and from "
        "/variables. Valid copy:path are [/deploymentId, /variables] and valid copy:from are "
        "[/canarySettings/deploymentId, /canarySettings/stageVariableOverrides]",
    ),
}


@pytest.mark.parametrize(("changes", "expected"), STARTS.values(), ids=STARTS)
def test_started(changes: Changes, expected: dict[str, Any] | None) -> None:
    assert changed(PLAIN, changes, DEPLOYMENTS).get("canarySettings") == expected


@pytest.mark.parametrize(("changes", "different"), CHANGES.values(), ids=CHANGES)
def test_changed(changes: Changes, different: dict[str, Any]) -> None:
    stage = {**PLAIN, "canarySettings": CANARY}
    kept = {name: value for name, value in stage.items() if name != "stageName"}
    expected = {name: value for name, value in {**kept, **different}.items() if value is not None}
    assert changed(stage, changes, DEPLOYMENTS) == expected
    assert stage == {**PLAIN, "canarySettings": CANARY}


@pytest.mark.parametrize(("canary", "changes", "message"), REFUSED.values(), ids=REFUSED)
def test_refused(canary: bool, changes: Changes, message: str) -> None:
    stage = {**PLAIN, "canarySettings": CANARY} if canary else PLAIN
    with pytest.raises(ValueError, match=r".") as refused:
        changed(stage, changes, DEPLOYMENTS)
    assert str(refused.value).startswith(message) or message in str(refused.value)
