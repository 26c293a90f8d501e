"""The two entries that the provider of the custom resource calls.

AWS CDK: "custom_resources.Provider", asynchronous providers. CloudFormation sends an update with
old and new properties exchanged when it rolls a stack back.
"""

from __future__ import annotations

import json
import logging
import os
import time
from collections.abc import Callable, Mapping
from typing import Any

from gatewright.canary.bake import Bake, BakeFailedError
from gatewright.canary.clients import Clients, own_clients
from gatewright.canary.record import Record
from gatewright.canary.release import Release, release_of

NAMESPACE_VARIABLE = "METRICS_NAMESPACE"
DECISIONS = ("started", "shifted", "promoted", "rolled-back", "aborted", "refused")
"""What the metric ReleaseDecisions counts, by API."""
_log = logging.getLogger("canary")
_log.setLevel(logging.INFO)
# A policy that the stack has just made is known everywhere only after a while.
# AWS: "Changes that I make are not always immediately visible" (IAM troubleshooting).
_SECONDS_TO_BE_ALLOWED = 60
_PAUSE_SECONDS = 3
_NOT_ALLOWED = ("AccessDenied", "AccessDeniedException", "UnauthorizedOperation")


def on_event(event: Mapping[str, Any], _context: object) -> dict[str, Any]:
    """Begin a release, or end with the resource. Raises BakeFailedError."""
    clients = own_clients()
    release = release_of(event["ResourceProperties"])
    bake = _bake(event, release, clients)
    if event["RequestType"] == "Delete":
        bake.end()
        return {"PhysicalResourceId": event["PhysicalResourceId"]}
    going_back = _going_back(clients, event["StackId"])
    _when_allowed(lambda: bake.begin(going_back=going_back))
    return {"PhysicalResourceId": f"{release.rest_api_id}/{release.stage_name}"}


def is_complete(event: Mapping[str, Any], _context: object) -> dict[str, bool]:
    """Look at a release again. Raises BakeFailedError when it must not go on."""
    if event["RequestType"] == "Delete":
        return {"IsComplete": True}
    bake = _bake(event, release_of(event["ResourceProperties"]), own_clients())
    try:
        return {"IsComplete": bake.look()}
    except BakeFailedError:
        raise
    except Exception as problem:
        _log.exception("the controller failed")
        bake.give_up(problem)
        raise BakeFailedError(f"the controller failed: {problem}") from problem


def _bake(event: Mapping[str, Any], release: Release, clients: Clients) -> Bake:
    def tell(decision: str, record: Record) -> None:
        _log.info(json.dumps({"decision": decision, "api": release.api_name, **record}))
        print(json.dumps(_metric(decision, release)))

    return Bake(release, event["RequestId"], clients, tell)


def _going_back(clients: Clients, stack_id: str) -> bool:
    """Whether CloudFormation is undoing an update."""
    [stack] = clients.formation.describe_stacks(StackName=stack_id)["Stacks"]
    return "ROLLBACK" in stack["StackStatus"]


def _when_allowed(action: Callable[[], None]) -> None:
    from botocore.exceptions import ClientError

    until = time.monotonic() + _SECONDS_TO_BE_ALLOWED
    while True:
        try:
            return action()
        except ClientError as problem:
            refused = problem.response["Error"]["Code"] in _NOT_ALLOWED
            if not refused or time.monotonic() > until:
                raise
            time.sleep(_PAUSE_SECONDS)


def _metric(decision: str, release: Release) -> dict[str, Any]:
    """One count by API. AWS: "Embedding metrics within logs"."""
    directive = {
        "Namespace": os.environ.get(NAMESPACE_VARIABLE, "gatewright"),
        "Dimensions": [["api", "decision"]],
        "Metrics": [{"Name": "ReleaseDecisions", "Unit": "Count"}],
    }
    return {
        "_aws": {"Timestamp": round(time.time() * 1000), "CloudWatchMetrics": [directive]},
        "api": release.api_name,
        "decision": decision,
        "ReleaseDecisions": 1,
    }
