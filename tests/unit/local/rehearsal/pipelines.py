"""Small pipelines, and runners that note what they were asked to run."""

import threading
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from local.embedded_aws import EmbeddedAws
from local.rehearsal.action_log import ActionLog
from local.rehearsal.actions import ActionContext, ActionFailedError, ActionResult
from local.rehearsal.definition import Action, Definition, Stage
from local.rehearsal.engine import Engine, Revision
from local.rehearsal.execution import ActionExecution, Execution, StageExecution, State

ROLE = "arn:aws:iam::000000000000:role/pipeline"
REVISION = Revision(id="a" * 40, subject="Sell tea")


def action(name: str, *, provider: str = "Fake", **more: Any) -> Action:
    return Action(name=name, category=more.pop("category", "Invoke"), provider=provider, **more)


def pipeline(*stages: Stage, version: int = 1) -> Definition:
    return Definition(
        name="release",
        version=version,
        role_arn=ROLE,
        artifact_buckets={"us-east-1": "artifacts"},
        stages=stages,
    )


def stage(name: str, *actions: Action, **more: Any) -> Stage:
    return Stage(name=name, actions=actions or (action(name),), **more)


@dataclass
class Fake:
    """Runs every action: notes it, and then does what ``does`` says, by its name."""

    does: dict[str, Callable[[Action, ActionContext], ActionResult | None]] = field(
        default_factory=dict
    )
    ran: list[str] = field(default_factory=list)
    seen: dict[str, Mapping[str, str]] = field(default_factory=dict)

    def run(self, action: Action, context: ActionContext) -> ActionResult:
        self.ran.append(f"{context.stage}.{action.name}")
        self.seen[action.name] = action.configuration
        does = self.does.get(action.name)
        result = does(action, context) if does else None
        if result is not None:
            return result
        return ActionResult(
            outputs={name: zipped(context.folder / "made.zip", name) for name in action.outputs}
        )


def fails(reason: str = "it is broken") -> Callable[[Action, ActionContext], ActionResult]:
    def fail(_action: Action, _context: ActionContext) -> ActionResult:
        raise ActionFailedError(reason)

    return fail


def gives(**variables: str) -> Callable[[Action, ActionContext], ActionResult]:
    return lambda _action, _context: ActionResult(variables=variables)


def zipped(file: Path, text: str) -> Path:
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("text", text)
    return file


@dataclass
class Watching:
    """An observer that notes what it is told."""

    told: list[str] = field(default_factory=list)

    def execution_changed(self, execution: Execution) -> None:
        self.told.append(f"{execution.kind} {execution.state}")

    def stage_changed(self, execution: Execution, stage: StageExecution) -> None:  # noqa: ARG002
        self.told.append(f"{stage.name} {stage.state}")

    def action_changed(self, execution: Execution, action: ActionExecution) -> None:  # noqa: ARG002
        self.told.append(f"{action.stage}.{action.name} {action.state}")


class Bucket:
    """S3, as far as artifacts go."""

    def __init__(self) -> None:
        self.objects: dict[tuple[str, str], bytes] = {}

    def put_object(self, *, Bucket: str, Key: str, Body: Any) -> None:  # noqa: N803
        self.objects[Bucket, Key] = Body.read()


@dataclass
class Rehearsal:
    """An engine on fakes. ``definition`` may be replaced while it runs."""

    folder: Path
    definition: Definition
    fake: Fake = field(default_factory=Fake)
    watching: Watching = field(default_factory=Watching)
    bucket: Bucket = field(default_factory=Bucket)

    def run(self, revision: Revision = REVISION) -> list[Execution]:
        engine = Engine(
            aws=aws(self.folder),
            read=lambda: self.definition,
            runners={"Fake": self.fake},
            folder=self.folder,
            observers=[self.watching],
            s3=lambda _account, _region: self.bucket,
        )
        return engine.run(revision)


def aws(folder: Path) -> EmbeddedAws:
    return EmbeddedAws(port=4999, account="000000000000", region="us-east-1", folder=folder)


def context(folder: Path, **more: Any) -> ActionContext:
    """What a runner gets, with a log of its own."""
    execution = Execution(
        id="11111111-2222-3333-4444-555555555555",
        pipeline="release",
        revision=REVISION.id,
        subject=REVISION.subject,
        stages=[],
    )
    return ActionContext(
        **{
            "execution": execution,
            "pipeline": "release",
            "stage": "stage",
            "folder": folder,
            "log": ActionLog(folder / "log.txt"),
            "role_arn": ROLE,
            "account": "000000000000",
            "region": "us-east-1",
            "aws": aws(folder),
            "stopped": threading.Event(),
            **more,
        }
    )


def states(execution: Execution) -> list[State]:
    return [stage.state for stage in execution.stages]
