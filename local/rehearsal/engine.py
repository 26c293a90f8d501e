"""Runs a pipeline on this machine as CodePipeline runs it."""

import threading
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from local.embedded_aws import EmbeddedAws, LocalError
from local.rehearsal.action_run import ActionRun
from local.rehearsal.actions import Runner
from local.rehearsal.artifacts import ArtifactStore, Client
from local.rehearsal.definition import Definition, Stage
from local.rehearsal.execution import Execution, Observer, State
from local.rehearsal.history import History, Success
from local.rehearsal.keeping import remove_old
from local.rehearsal.observers import Observers
from local.rehearsal.one_rehearsal import only_rehearsal
from local.rehearsal.rollback import target
from local.rehearsal.run import Run, now, waiting
from local.rehearsal.stage_run import StageRun

RESTARTS = 3  # a pipeline that changes itself each time would never end
INTERRUPTED = "Stopped by Ctrl-C."


@dataclass(frozen=True, kw_only=True)
class Revision:
    """What is released: a commit, and the first line of its message."""

    id: str
    subject: str


class Engine:
    """Runs executions of one pipeline.

    ``read`` gives the pipeline as it is now; ``runners`` are by provider; files go below
    ``folder``: ``executions/<time>-<id>/<stage>/<action>/`` and ``history/``. ``s3`` gives a
    client for an account and region, by default of the embedded AWS.
    """

    def __init__(
        self,
        *,
        aws: EmbeddedAws,
        read: Callable[[], Definition],
        runners: Mapping[str, Runner],
        folder: Path,
        observers: Sequence[Observer] = (),
        s3: Client | None = None,
    ) -> None:
        self._aws = aws
        self._s3 = s3 or _embedded_s3(aws)
        self._read = read
        self._folder = folder
        self._history = History(folder / "history")
        self._observer = Observers(observers)
        self._stopped = threading.Event()
        actions = ActionRun(aws, runners, self._observer, self._stopped)
        self._stages = StageRun(actions, self._observer, self._stopped)

    def run(self, revision: Revision) -> list[Execution]:
        """Release ``revision``. The executions that this took, in their order.

        The last FORWARD one tells how it ended: those before it were superseded when the pipeline
        changed itself, and a ROLLBACK may follow it. Raises LocalError when another rehearsal
        runs in the folder, and when the pipeline does not stop to change itself.
        """
        with only_rehearsal(self._folder, f"{revision.id[:12]} ({revision.subject})"):
            remove_old(self._folder / "executions", needed=self._history.files())
            return self._release(revision)

    def _release(self, revision: Revision) -> list[Execution]:
        executions: list[Execution] = []
        for _ in range(RESTARTS + 1):
            definition = self._read()
            _require_known(definition)
            run = self._new_run(definition, revision, definition.stages)
            executions.append(run.execution)
            failed = self._forward(run)
            if run.execution.state == State.SUPERSEDED:
                continue
            if failed and failed.on_failure == "ROLLBACK":
                executions += self._rolled_back(run, failed)
            return executions
        raise LocalError(
            f"Pipeline {definition.name} changed itself {RESTARTS + 1} times in a row and would "
            "never end. A synthesis of one commit must give the same pipeline each time: compare "
            "two outputs of `make synth`."
        )

    def _forward(self, run: Run) -> Stage | None:
        """Run every stage. The one that failed, if one did."""
        with _told(run, self._observer):
            for stage in run.definition.stages:
                if not self._run_stage(run, stage):
                    return stage
                version = self._read().version
                if version != run.definition.version:
                    run.execution.state = State.SUPERSEDED
                    run.execution.note = (
                        f"The pipeline changed itself, from version {run.definition.version} to "
                        f"{version}, and begins again from its source."
                    )
                    return None
            run.execution.state = State.SUCCEEDED
        return None

    def _run_stage(self, run: Run, stage: Stage) -> bool:
        record = next(s for s in run.execution.stages if s.name == stage.name)
        succeeded = self._stages.run(run, stage, record)
        if succeeded:
            self._history.succeeded(run, stage.name)
        return succeeded

    def _rolled_back(self, failed: Run, stage: Stage) -> list[Execution]:
        success = target(self._history, failed, stage)
        self._observer.execution_changed(failed.execution)
        if success is None:
            return []
        run = self._new_run(
            failed.definition, Revision(id=success.revision, subject=success.subject), (stage,)
        )
        _bring_back(run, success, failed.execution)
        with _told(run, self._observer):
            if self._run_stage(run, stage):
                run.execution.state = State.SUCCEEDED
        return [run.execution]

    def _new_run(self, definition: Definition, revision: Revision, stages: Sequence[Stage]) -> Run:
        began, identity = now(), str(uuid.uuid4())
        folder = self._folder / "executions" / f"{began:%Y%m%d-%H%M%S}-{identity[:8]}"
        execution = Execution(
            id=identity,
            pipeline=definition.name,
            revision=revision.id,
            subject=revision.subject,
            stages=[waiting(stage) for stage in stages],
            began=began,
            folder=folder,
        )
        store = ArtifactStore(definition, self._aws.region, self._s3)
        return Run(definition=definition, execution=execution, store=store, folder=folder)


def _bring_back(run: Run, success: Success, failed: Execution) -> None:
    run.execution.kind = "ROLLBACK"
    run.execution.rolls_back = failed.id
    run.execution.target = success.execution
    run.artifacts = dict(success.artifacts)
    run.variables = {name: dict(values) for name, values in success.variables.items()}


def _embedded_s3(aws: EmbeddedAws) -> Client:
    return lambda account, region: replace(aws, account=account, region=region).client("s3")


@contextmanager
def _told(run: Run, observer: Observer) -> Iterator[None]:
    """Tell that an execution began, and at the end, however that comes, that it ended."""
    execution = run.execution
    observer.execution_changed(execution)
    try:
        yield
    except KeyboardInterrupt:
        execution.note = INTERRUPTED
        raise
    finally:
        if execution.state == State.IN_PROGRESS:
            execution.state = State.FAILED
        execution.ended = now()
        observer.execution_changed(execution)


def _require_known(definition: Definition) -> None:
    with_conditions = [stage for stage in definition.stages if stage.conditions]
    if with_conditions:
        listed = ", ".join(f"{s.name} ({', '.join(s.conditions)})" for s in with_conditions)
        raise LocalError(f"A rehearsal cannot evaluate the conditions of the stages {listed}.")
