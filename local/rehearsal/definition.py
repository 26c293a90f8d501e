"""A pipeline as CodePipeline describes it (AWS: "CodePipeline pipeline structure reference")."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Action:
    """One action of a stage. ``run_order`` starts at 1; equal ones run at the same time."""

    name: str
    category: str
    provider: str
    run_order: int = 1
    configuration: Mapping[str, str] = field(default_factory=dict)
    inputs: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    role_arn: str | None = None
    region: str | None = None
    namespace: str | None = None
    timeout_minutes: int | None = None


@dataclass(frozen=True, kw_only=True)
class Stage:
    """One stage. ``on_failure`` is ``ROLLBACK``, ``FAIL`` or ``RETRY``, as in its ``result``.

    ``retry_mode`` is ``FAILED_ACTIONS`` or ``ALL_ACTIONS``. ``conditions`` names the fields of the
    stage that hold conditions, which a rehearsal cannot evaluate.
    """

    name: str
    actions: tuple[Action, ...]
    on_failure: str = "FAIL"
    retry_mode: str = "FAILED_ACTIONS"
    conditions: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Definition:
    """A whole pipeline; ``version`` is CodePipeline's own count of its changes.

    ``artifact_buckets`` has the bucket of each region that an action runs in, ``encryption_keys``
    the KMS key of a bucket that has one, ``variables`` the pipeline's own with their defaults.
    """

    name: str
    version: int
    role_arn: str
    artifact_buckets: Mapping[str, str]
    stages: tuple[Stage, ...]
    encryption_keys: Mapping[str, str] = field(default_factory=dict)
    variables: Mapping[str, str] = field(default_factory=dict)

    @property
    def structure(self) -> str:
        """A hash of what the pipeline is made of, whatever its version."""
        text = json.dumps([self.name, [_plain(stage) for stage in self.stages]], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


def read_definition(pipeline: Mapping[str, Any], region: str) -> Definition:
    """Read ``pipeline`` of the answer of GetPipeline; ``region`` is the pipeline's own."""
    stores = pipeline.get("artifactStores") or {region: pipeline["artifactStore"]}
    return Definition(
        name=pipeline["name"],
        version=int(pipeline["version"]),
        role_arn=pipeline["roleArn"],
        artifact_buckets={name: store["location"] for name, store in stores.items()},
        stages=tuple(_stage(stage) for stage in pipeline["stages"]),
        encryption_keys={
            name: store["encryptionKey"]["id"]
            for name, store in stores.items()
            if "encryptionKey" in store
        },
        variables={
            variable["name"]: variable["defaultValue"]
            for variable in pipeline.get("variables", ())
            if "defaultValue" in variable
        },
    )


def _stage(stage: Mapping[str, Any]) -> Stage:
    failure = stage.get("onFailure", {})
    return Stage(
        name=stage["name"],
        actions=tuple(_action(action) for action in stage["actions"]),
        on_failure=failure.get("result", "FAIL"),
        retry_mode=failure.get("retryConfiguration", {}).get("retryMode", "FAILED_ACTIONS"),
        conditions=tuple(
            name
            for name in ("beforeEntry", "onSuccess", "onFailure")
            if stage.get(name, {}).get("conditions")
        ),
    )


def _action(action: Mapping[str, Any]) -> Action:
    kind = action["actionTypeId"]
    return Action(
        name=action["name"],
        category=kind["category"],
        provider=kind["provider"],
        run_order=int(action.get("runOrder", 1)),
        configuration=dict(action.get("configuration", {})),
        inputs=tuple(item["name"] for item in action.get("inputArtifacts", ())),
        outputs=tuple(item["name"] for item in action.get("outputArtifacts", ())),
        role_arn=action.get("roleArn"),
        region=action.get("region"),
        namespace=action.get("namespace"),
        timeout_minutes=action.get("timeoutInMinutes"),
    )


def _plain(stage: Stage) -> Any:
    return [
        stage.name,
        stage.on_failure,
        [{**vars(action), "configuration": dict(action.configuration)} for action in stage.actions],
    ]
