"""Runs one action: its inputs are there, its output is kept, and how it ended is told."""

import shutil
import threading
import traceback
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from local.embedded_aws import EmbeddedAws, LocalError
from local.rehearsal.action_log import ActionLog
from local.rehearsal.actions import (
    ActionContext,
    ActionFailedError,
    ActionResult,
    Runner,
)
from local.rehearsal.artifacts import Artifact
from local.rehearsal.definition import Action
from local.rehearsal.execution import ActionExecution, Observer, State
from local.rehearsal.run import Run, now
from local.rehearsal.variables import resolved


@dataclass(frozen=True, kw_only=True)
class Given:
    """What an action gave: artifacts and variables, by its own names."""

    artifacts: Mapping[str, Artifact]
    variables: Mapping[str, str]


class ActionRun:
    """Runs actions with the runner of their provider. Threads may share it."""

    def __init__(
        self,
        aws: EmbeddedAws,
        runners: Mapping[str, Runner],
        observer: Observer,
        stopped: threading.Event,
    ) -> None:
        self._aws = aws
        self._runners = runners
        self._observer = observer
        self._stopped = stopped

    def run(self, run: Run, action: Action, record: ActionExecution) -> Given | None:
        """Run it, and keep in ``record`` how that went. None when it failed; nothing is raised."""
        folder = _folder(run.folder / record.stage / action.name)
        log = ActionLog(folder / "log.txt")
        record.began, record.ended, record.log = now(), None, log.path
        record.reason, record.summary = "", ""
        self._tell(run, record, State.IN_PROGRESS)
        given = None
        try:
            given = self._run(run, action, record, folder, log)
        except (ActionFailedError, LocalError) as error:
            record.reason = str(error)
        except Exception as error:
            log.say(traceback.format_exc())
            record.reason = f"{type(error).__name__}: {error}"
        if record.reason:
            log.say(f"Failed: {record.reason}")
        record.ended = now()
        self._tell(run, record, State.SUCCEEDED if given else State.FAILED)
        log.close()
        return given

    def _run(
        self, run: Run, action: Action, record: ActionExecution, folder: Path, log: ActionLog
    ) -> Given:
        runner = self._runners.get(action.provider)
        if runner is None:
            raise ActionFailedError(
                f"A rehearsal cannot run actions of provider {action.provider!r}, only of "
                f"{', '.join(sorted(self._runners))}."
            )
        action = replace(action, configuration=resolved(action.configuration, run.namespaces()))
        region = action.region or self._aws.region
        keys = {name: run.store.new_key(name) for name in action.outputs}
        context = self._context(run, action, record.stage, folder, log, region, keys)
        result = runner.run(action, context)
        record.summary = result.summary
        artifacts = _kept(action, result, keys, folder)
        for artifact in artifacts.values():
            run.store.ensure(artifact, region)
        return Given(artifacts=artifacts, variables=dict(result.variables))

    def _context(
        self,
        run: Run,
        action: Action,
        stage: str,
        folder: Path,
        log: ActionLog,
        region: str,
        keys: Mapping[str, str],
    ) -> ActionContext:
        missing = [name for name in action.inputs if name not in run.artifacts]
        if missing:
            raise ActionFailedError(f"No earlier action gave the artifact {', '.join(missing)}.")
        inputs = {name: run.artifacts[name] for name in action.inputs}
        role = action.role_arn or run.definition.role_arn
        return ActionContext(
            execution=run.execution,
            pipeline=run.definition.name,
            stage=stage,
            folder=folder,
            log=log,
            role_arn=role,
            account=role.split(":")[4],
            pipeline_account=run.definition.role_arn.split(":")[4],
            region=region,
            aws=self._aws,
            inputs={name: artifact.file for name, artifact in inputs.items()},
            locations={
                **{name: run.store.ensure(artifact, region) for name, artifact in inputs.items()},
                **{name: run.store.location(key, region) for name, key in keys.items()},
            },
            encryption_key=run.definition.encryption_keys.get(region),
            stopped=self._stopped,
        )

    def _tell(self, run: Run, record: ActionExecution, state: State) -> None:
        record.state = state
        self._observer.action_changed(run.execution, record)


def _kept(
    action: Action, result: ActionResult, keys: Mapping[str, str], folder: Path
) -> dict[str, Artifact]:
    missing = [name for name in action.outputs if name not in result.outputs]
    if missing:
        raise ActionFailedError(f"The action did not give its artifact {', '.join(missing)}.")
    return {
        name: Artifact(file=_moved(result.outputs[name], folder / f"{name}.zip"), key=keys[name])
        for name in action.outputs
    }


def _moved(file: Path, target: Path) -> Path:
    if file != target:
        shutil.copyfile(file, target)
    return target


def _folder(wanted: Path) -> Path:
    """The action's folder; a retry gets one of its own, so that both logs stay."""
    folder, attempt = wanted, 1
    while folder.exists():
        attempt += 1
        folder = wanted.with_name(f"{wanted.name}.{attempt}")
    folder.mkdir(parents=True)
    return folder
