"""A stage, alarms, parameters and a clock, as the controller sees them through boto3's clients."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import SimpleNamespace
from typing import Any

from gatewright.canary.bake import Bake
from gatewright.canary.clients import Clients
from gatewright.canary.record import Record
from gatewright.canary.release import Release

OLD = {"lambdaAlias": "r-old-1", "host": "example.com"}
NEW = {"lambdaAlias": "r-new-2", "host": "example.com"}
RELEASE = Release(
    rest_api_id="api",
    stage_name="live",
    api_name="shop-v1",
    deployment_id="new",
    variables=NEW,
    steps=(10, 50),
    bakes=(60, 120),
    alarms=("5xx", "latency", "theirs"),
    own=("5xx", "latency"),
    period_seconds=10,
    settle_seconds=5,
    parameter="/gatewright/shop",
    alias_variable="lambdaAlias",
)
RECORD, WISH = "/gatewright/shop/release", "/gatewright/shop/wish"


class NotFoundError(Exception):
    """What clients raise for what is not there."""


class Gateway:
    """API Gateway with one stage, or with none."""

    exceptions = SimpleNamespace(NotFoundException=NotFoundError)

    def __init__(self) -> None:
        self.stage: dict[str, Any] | None = {"deploymentId": "old", "variables": dict(OLD)}
        self.updates: list[list[dict[str, str]]] = []

    def get_stage(self, **_names: str) -> dict[str, Any]:
        if self.stage is None:
            raise NotFoundError
        return self.stage

    def update_stage(self, *, patchOperations: list[dict[str, str]], **_names: str) -> None:  # noqa: N803
        assert self.stage is not None
        self.updates.append(patchOperations)
        for operation in patchOperations:
            _root, *path = operation["path"].strip("/").split("/")
            if operation["op"] == "remove":
                del self.stage["canarySettings"]
                continue
            into = self.stage.setdefault("canarySettings", {})
            for name in path[:-1]:
                into = into.setdefault(name, {})
            into[path[-1]] = operation["value"]


class Ssm:
    """Parameters."""

    exceptions = SimpleNamespace(ParameterNotFound=NotFoundError)

    def __init__(self) -> None:
        self.values: dict[str, str] = {}

    def get_parameter(self, *, Name: str) -> dict[str, Any]:  # noqa: N803
        if Name not in self.values:
            raise NotFoundError
        return {"Parameter": {"Value": self.values[Name]}}

    def put_parameter(self, *, Name: str, Value: str, Type: str, Overwrite: bool) -> None:  # noqa: N803
        assert (Type, Overwrite) == ("String", True)
        self.values[Name] = Value

    def delete_parameter(self, *, Name: str) -> None:  # noqa: N803
        if Name not in self.values:
            raise NotFoundError
        del self.values[Name]


class CloudWatch:
    """Alarms by name: their state, and why."""

    def __init__(self) -> None:
        self.alarms = dict.fromkeys(RELEASE.alarms, ("OK", ""))

    def describe_alarms(self, *, AlarmNames: list[str], **_more: Any) -> dict[str, Any]:  # noqa: N803
        return {
            "MetricAlarms": [
                {"AlarmName": name, "StateValue": state, "StateReason": why}
                for name, (state, why) in self.alarms.items()
                if name in AlarmNames
            ]
        }

    def get_metric_data(self, **_query: Any) -> dict[str, Any]:
        return {
            "MetricDataResults": [
                {"Id": "canary_requests", "Values": [40.0, 2.0]},
                {"Id": "canary_latency_p99_ms", "Values": [80.0, 90.0]},
                {"Id": "stage_requests", "Values": []},
            ]
        }


@dataclass
class World:
    """Everything at one time."""

    gateway: Gateway = field(default_factory=Gateway)
    cloudwatch: CloudWatch = field(default_factory=CloudWatch)
    ssm: Ssm = field(default_factory=Ssm)
    now: float = 1000
    decisions: list[str] = field(default_factory=list)

    def bake(self, request_id: str = "first", **changed: Any) -> Bake:
        """The controller, which remembers nothing between two calls of it."""
        clients = Clients(
            gateway=self.gateway,
            cloudwatch=self.cloudwatch,
            ssm=self.ssm,
            formation=None,
            clock=lambda: self.now,
        )

        def tell(decision: str, _record: Record) -> None:
            self.decisions.append(decision)

        return Bake(replace(RELEASE, **changed), request_id, clients, tell)

    def begun(self) -> World:
        """With the canary on the stage."""
        self.bake().begin(going_back=False)
        assert self.canary
        return self

    def look_after(self, seconds: float, request_id: str = "first") -> bool:
        """Whether the release may go on, some time later."""
        self.now += seconds
        return self.bake(request_id).look()

    @property
    def canary(self) -> Mapping[str, Any]:
        """What is on the stage."""
        return (self.gateway.stage or {}).get("canarySettings") or {}

    @property
    def record(self) -> dict[str, Any]:
        """What people read."""
        found = json.loads(self.ssm.values.get(RECORD, "{}"))
        assert isinstance(found, dict)
        return found

    def turn_red(self, name: str, why: str = "1 datapoint [0.2] was greater than 0.01") -> None:
        """An alarm goes off."""
        self.cloudwatch.alarms[name] = ("ALARM", why)

    def wish(self, what: str, release: str = "r-new-2") -> None:
        """An operator wishes."""
        self.ssm.values[WISH] = json.dumps({"wish": what, "release": release, "by": "ada"})
