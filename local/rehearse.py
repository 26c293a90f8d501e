"""`make rehearse`: the pipeline's own stages and actions, on this machine.

It deploys the synthesised pipeline to the embedded AWS once, as an engineer does on AWS, and then
releases the commit HEAD through it. APPROVE=yes or no answers the approvals.
"""

import os
import shlex
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from gatewright.config import Pipeline, Platform, load_platform
from gatewright.delivery.names import pipeline_stack_name
from gatewright.operations.deployed import NotDeployedError, read_deployed, stack_outputs
from local.cdk_cli import ROOT, run_cdk
from local.embedded_aws import EmbeddedAws, LocalError
from local.outputs import local_url
from local.progress import Progress, fail
from local.rehearsal.accounts import bootstrap_accounts
from local.rehearsal.actions.source import uncommitted_note
from local.rehearsal.approval import Approval, answer_from_environment
from local.rehearsal.definition import Definition, read_definition
from local.rehearsal.engine import Engine, Revision
from local.rehearsal.events import Events
from local.rehearsal.execution import Execution, State
from local.rehearsal.git import head
from local.rehearsal.html_report import HtmlReport
from local.rehearsal.jobs import Jobs
from local.rehearsal.runners import runners
from local.rehearsal.screen import Screen
from local.rehearsal.terminal import find
from local.server_process import start
from local.up import EXPECTED, FOLDER, embedded_aws

BUILD_VARIABLES = "BUILD"
"""The variable with NAME=value pairs that go into the environment of every build."""


@dataclass(frozen=True, kw_only=True)
class Rehearsal:
    """What is rehearsed: the commit HEAD of ``root``, on ``aws``.

    ``approve`` is yes, no, or None to ask; ``build_variables`` go into the builds' environment.
    """

    aws: EmbeddedAws
    root: Path
    approve: str | None = None
    build_variables: Mapping[str, str] = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        """Logs, artifacts, the history, and the report."""
        return self.aws.folder / "rehearsal"

    @property
    def report(self) -> Path:
        """Where the executions can be looked at."""
        return self.folder / "report.html"


def rehearse(rehearsal: Rehearsal, progress: Progress) -> list[Execution]:
    """Release HEAD through the pipeline. The executions that it took, the last ones last.

    Raises LocalError, ConfigError and the like for what keeps it from beginning.
    """
    platform = load_platform(rehearsal.root / "platform.yaml")
    pipeline = _pipeline_of(platform)
    commit = head(rehearsal.root)
    for line in uncommitted_note(commit):
        progress.say(line)
    aws = replace(rehearsal.aws, account=pipeline.account, region=pipeline.region)
    with progress.step(f"Starting the embedded AWS on port {aws.port}"):
        start(aws)
    bootstrap_accounts(aws, platform, pipeline, progress)
    _deploy_pipeline(rehearsal, aws, platform, progress)
    read = _reader(aws, platform.project)
    with Screen() as screen:
        engine = Engine(
            aws=aws,
            read=read,
            runners=runners(
                commit,
                folder=rehearsal.folder,
                jobs=lambda account, region: Jobs(aws, account=account, region=region),
                approval=Approval(rehearsal.approve, find(screen.paused)),
                build_variables=rehearsal.build_variables,
            ),
            folder=rehearsal.folder,
            observers=[screen, HtmlReport(rehearsal.report), Events(aws, read, progress.say)],
        )
        return engine.run(Revision(id=commit.id, subject=commit.subject))


def released(executions: list[Execution]) -> bool:
    """Whether the release is out."""
    forward = [one for one in executions if one.kind == "FORWARD"]
    return forward[-1].state == State.SUCCEEDED


def addresses(rehearsal: Rehearsal, platform: Platform) -> Iterator[tuple[str, str]]:
    """Where the APIs of each environment of the pipeline answer now, by their names."""
    for name in platform.pipeline.environments if platform.pipeline else ():
        environment = platform.environment(name)
        aws = replace(rehearsal.aws, account=environment.account, region=environment.region)
        try:
            deployed = read_deployed(platform, environment, aws.client("cloudformation"))
        except NotDeployedError:
            continue  # the release did not come as far as that
        for api in deployed.apis.values():
            yield f"{name} {api.name}", local_url(aws, api)


def _pipeline_of(platform: Platform) -> Pipeline:
    if platform.pipeline is None:
        raise LocalError(
            "platform.yaml has no pipeline to rehearse. docs/guides/pipeline.md shows what to add."
        )
    return platform.pipeline


def _deploy_pipeline(
    rehearsal: Rehearsal, aws: EmbeddedAws, platform: Platform, progress: Progress
) -> None:
    """Once: from then on the pipeline updates itself."""
    try:
        stack_outputs(aws.client("cloudformation"), pipeline_stack_name(platform.project))
    except NotDeployedError:
        with progress.step("Deploying the pipeline"):
            run_cdk(
                ["deploy", "pipeline", "--require-approval", "never"],
                variables=aws.variables(),
                log=rehearsal.folder / "pipeline" / "deploy.log",
                say=progress.say,
                folder=rehearsal.root,
            )


def _reader(aws: EmbeddedAws, name: str) -> Callable[[], Definition]:
    client = aws.client("codepipeline")
    return lambda: read_definition(client.get_pipeline(name=name)["pipeline"], aws.region)


def build_variables(text: str) -> dict[str, str]:
    """The pairs in BUILD. Raises LocalError for anything else."""
    pairs = [pair.partition("=") for pair in shlex.split(text)]
    if wrong := [name for name, equals, _ in pairs if not (name and equals)]:
        raise LocalError(f"{BUILD_VARIABLES} holds {wrong[0]!r}. Write NAME=value pairs.")
    return {name: value for name, _, value in pairs}


def main() -> None:
    """The command."""
    # A job that is cancelled ends its builds as well, as Ctrl-C does.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    progress = Progress()
    try:
        platform = load_platform(ROOT / "platform.yaml")
        rehearsal = Rehearsal(
            aws=embedded_aws(platform.environments[0], FOLDER),
            root=ROOT,
            approve=answer_from_environment(),
            build_variables=build_variables(os.environ.get(BUILD_VARIABLES, "")),
        )
        executions = rehearse(rehearsal, progress)
    except EXPECTED as error:
        fail(error)
    except KeyboardInterrupt:
        sys.exit("\nStopped.")
    for name, url in addresses(rehearsal, platform):
        print(f"{name}: {url}")
    print(f"The report: {rehearsal.report}", flush=True)
    if not released(executions):
        sys.exit(1)


if __name__ == "__main__":
    main()
