"""What runs one action of a pipeline: a runner for each provider."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol

from local.embedded_aws import EmbeddedAws
from local.rehearsal.action_log import ActionLog
from local.rehearsal.definition import Action
from local.rehearsal.execution import Execution


class ActionFailedError(Exception):
    """The action failed. ``reason`` says why, for people: the stage fails with it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, kw_only=True)
class Location:
    """Where an artifact is, or will be, in the pipeline's artifact bucket."""

    bucket: str
    key: str


@dataclass(frozen=True, kw_only=True)
class ActionContext:
    """What a runner is given besides the action, whose configuration has its variables resolved.

    ``folder`` is the action's own: the runner may keep files there. ``inputs`` are the input
    artifacts by name, as zip files on this machine; ``locations`` says where these and the output
    artifacts are in S3, ``encryption_key`` the KMS key of that bucket, if it has one.
    ``role_arn`` is the action's role, or else the pipeline's; ``account`` is the role's and
    ``region`` the action's; the artifact buckets are in ``pipeline_account``, or in ``account``
    when that is empty. ``stopped`` is set when the rehearsal is interrupted: who waits, waits on
    it, and ends what it started.
    """

    execution: Execution
    pipeline: str
    stage: str
    folder: Path
    log: ActionLog
    role_arn: str
    account: str
    region: str
    aws: EmbeddedAws
    pipeline_account: str = ""
    inputs: Mapping[str, Path] = field(default_factory=dict)
    locations: Mapping[str, Location] = field(default_factory=dict)
    encryption_key: str | None = None
    stopped: threading.Event = field(default_factory=threading.Event)

    def client(
        self,
        service: str,
        *,
        account: str | None = None,
        region: str | None = None,
        config: Any = None,
    ) -> Any:
        """A boto3 client of the embedded AWS, in the action's account and region if not told.

        ``config`` is a botocore ``Config``.
        """
        there = replace(self.aws, account=account or self.account, region=region or self.region)
        return there.session().client(service, endpoint_url=there.socket_url, config=config)


@dataclass(frozen=True, kw_only=True)
class ActionResult:
    """An action that succeeded.

    ``outputs`` are zip files of the output artifacts by name, ``variables`` what its namespace
    gives to later actions, ``summary`` a line for people.
    """

    outputs: Mapping[str, Path] = field(default_factory=dict)
    variables: Mapping[str, str] = field(default_factory=dict)
    summary: str = ""


class Runner(Protocol):
    """Runs the actions of a provider."""

    def run(self, action: Action, context: ActionContext) -> ActionResult:
        """Run it to its end. Raises ActionFailedError."""
