"""A CodeBuild action: the project's own build specification, run on this machine."""

import tempfile
import threading
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any

from local.rehearsal.actions import ActionContext, ActionFailedError, ActionResult
from local.rehearsal.actions.build_artifacts import NoArtifactError, pack_artifact, wanted
from local.rehearsal.actions.build_environment import Build, build_environment
from local.rehearsal.actions.build_phases import run_phases
from local.rehearsal.actions.build_shell import BuildShell, StoppedError
from local.rehearsal.actions.build_tools import BuildTools
from local.rehearsal.actions.build_variables import (
    Variables,
    action_variables,
    resolve_variables,
)
from local.rehearsal.actions.buildspec import Buildspec, BuildspecError, read_buildspec
from local.rehearsal.actions.runtime_versions import runtime_lines
from local.rehearsal.actions.waiting import STOPPED
from local.rehearsal.definition import Action
from local.rehearsal.zips import unpack

_DEFAULT_FILE = "buildspec.yml"
_DEFAULT_MINUTES = 60
_POLL_SECONDS = 0.1
_NOTHING: Mapping[str, str] = MappingProxyType({})


class CodeBuildRunner:
    """Runs builds in a clean folder, which goes with them.

    ``folder`` is for what builds share: programs, and what they install with ``npm install -g``.
    ``variables`` are put into each build's environment besides.

    https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodeBuild.html
    """

    def __init__(self, folder: Path, variables: Mapping[str, str] = _NOTHING) -> None:
        self._tools = BuildTools(folder)
        self._variables = variables

    def run(self, action: Action, context: ActionContext) -> ActionResult:
        """Run the build. Raises ActionFailedError with the command that failed."""
        project = _project(action, context)
        self._tools.prepare()
        with tempfile.TemporaryDirectory(prefix="codebuild-", ignore_cleanup_errors=True) as made:
            root = Path(made).resolve()
            build = Build(
                project=project,
                identity=str(uuid.uuid4()),
                sources=_unpacked(context, root),
                primary=_primary(action),
            )
            try:
                buildspec = read_buildspec(_buildspec_text(build))
                return self._build(action, context, build, buildspec, root)
            except (BuildspecError, NoArtifactError) as error:
                raise ActionFailedError(f"Build of project {project['name']}: {error}") from None

    def _build(
        self,
        action: Action,
        context: ActionContext,
        build: Build,
        buildspec: Buildspec,
        root: Path,
    ) -> ActionResult:
        artifacts = wanted(buildspec, action.outputs)
        given = _given(action, context, build, buildspec)
        environment = build_environment(build, context, self._tools, given.values, self._variables)
        for line in _notes(build, buildspec, environment):
            context.log.say(line)
        shell = BuildShell(
            buildspec.shell,
            folder=build.source,
            work=root / "shell",
            variables=environment,
            output=context.log.write,
            hidden=given.hidden,
        )
        with _limited(shell, action, context, build):
            failed = run_phases(buildspec.phases, shell, context.log.say)
            exported = {name: shell.value(name) for name in buildspec.exported_variables}
        if failed is not None:
            raise ActionFailedError(f"Build of project {build.project['name']}: {failed.reason}")
        context.log.say("Entering phase UPLOAD_ARTIFACTS")
        outputs = {
            name: pack_artifact(found, build.source, context.folder / f"{name}.zip")
            for name, found in artifacts.items()
        }
        return ActionResult(
            outputs=outputs,
            variables=exported,
            summary=f"{build.project['name']}:{build.identity}",
        )


def _project(action: Action, context: ActionContext) -> Mapping[str, Any]:
    name = action.configuration.get("ProjectName", "")
    found = context.client("codebuild").batch_get_projects(names=[name])["projects"]
    if not found:
        raise ActionFailedError(
            f"There is no CodeBuild project {name!r} in {context.account}, {context.region}."
        )
    project: Mapping[str, Any] = found[0]
    return project


def _unpacked(context: ActionContext, root: Path) -> dict[str, Path]:
    return {
        name: unpack(file, root / name / "src") for name, file in sorted(context.inputs.items())
    }


def _primary(action: Action) -> str:
    name = action.configuration.get("PrimarySource") or (
        action.inputs[0] if len(action.inputs) == 1 else ""
    )
    if name not in action.inputs:
        raise ActionFailedError(
            f"PrimarySource {name!r} must be one of the input artifacts: {', '.join(action.inputs)}"
        )
    return name


def _buildspec_text(build: Build) -> str:
    text: str = build.project.get("source", {}).get("buildspec") or _DEFAULT_FILE
    if "\n" in text or text.lstrip().startswith("{"):
        return text
    file = build.source / text
    if not file.is_file():
        raise BuildspecError(f"the source has no build specification {text}")
    return file.read_text()


def _given(action: Action, context: ActionContext, build: Build, buildspec: Buildspec) -> Variables:
    return resolve_variables(
        buildspec,
        build.project.get("environment", {}).get("environmentVariables", ()),
        action_variables(action.configuration.get("EnvironmentVariables")),
        context.client,
    )


def _notes(build: Build, buildspec: Buildspec, environment: Mapping[str, str]) -> Iterator[str]:
    yield f"Build {build.project['name']}:{build.identity}"
    image = environment["CODEBUILD_BUILD_IMAGE"]
    yield f"On this machine, in place of the image {image or 'that the project names'}"
    for name in buildspec.ignored:
        yield f"{name}: of no effect in a rehearsal"
    for phase in buildspec.phases:
        yield from runtime_lines(phase.runtime_versions, environment["PATH"])


@contextmanager
def _limited(
    shell: BuildShell, action: Action, context: ActionContext, build: Build
) -> Iterator[None]:
    """End the build when its time is up or the rehearsal is interrupted. Raises then."""
    own = build.project.get("timeoutInMinutes") or _DEFAULT_MINUTES
    minutes = min(own, action.timeout_minutes or own)
    end, over = time.monotonic() + 60 * minutes, threading.Event()

    def watch() -> None:
        while not over.wait(_POLL_SECONDS):
            if context.stopped.is_set() or time.monotonic() > end:
                shell.stop()
                return

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    except StoppedError:
        reason = (
            STOPPED
            if context.stopped.is_set()
            else f"Build of project {build.project['name']}: not done within {minutes} minutes, "
            "its time limit"
        )
        raise ActionFailedError(reason) from None
    finally:
        over.set()
        shell.close()
        watcher.join()
