"""`make up`: the platform, running on this machine."""

from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from gatewright.bundling import BundlingError
from gatewright.canary.record import path
from gatewright.config import (
    ConfigError,
    Environment,
    Platform,
    UnknownEnvironmentError,
    load_platform,
)
from gatewright.contract import Contract, ContractError
from gatewright.operations.deployed import NotDeployedError, read_deployed, stack_outputs
from gatewright.operations.sweeping import SERVICES
from local.cdk_cli import ROOT, run_cdk
from local.demo import seed_demo
from local.embedded_aws import EmbeddedAws, LocalError, port_from_environment
from local.one_at_a_time import only_one
from local.outputs import read_outputs, write_outputs
from local.progress import Progress, fail
from local.release_progress import telling
from local.release_sweep import sweep_quietly
from local.server_process import running, start, state_folder
from local.state import FILE as STATE_FILE
from local.try_it import try_it

ENVIRONMENT = "local"
FOLDER = ROOT / ".gatewright"
_AT_ONCE = 8
# What a command reports without a traceback: the text says what to do.
EXPECTED = (
    ConfigError,
    UnknownEnvironmentError,
    ContractError,
    BundlingError,
    LocalError,
    NotDeployedError,
)


def up(progress: Progress, aws: EmbeddedAws | None = None, root: Path = ROOT) -> None:
    """Start, bootstrap, deploy, seed, and say how to try it. Safe to run again.

    ``root`` is the folder of the platform, which is the checkout.
    """
    # Not above: a watcher of another folder takes that folder's stacks.
    from stacks.contracts import read_contracts

    platform = load_platform(root / "platform.yaml")
    environment = platform.environment(ENVIRONMENT)
    contracts = read_contracts(platform, root)
    aws = aws or own_aws(environment, FOLDER)
    with only_one(aws.folder):
        start_and_bootstrap(aws, progress)
        _deploy(aws, platform, environment, root, progress)
        with progress.step("Seeding the demo user"):
            outputs = seed(aws, platform, environment, contracts)
        clients = {name: aws.client(name) for name in SERVICES}
        for line in sweep_quietly(platform, environment, root, clients):
            progress.say(line)
    print(try_it(outputs), flush=True)


def own_aws(environment: Environment, folder: Path) -> EmbeddedAws:
    """As ``embedded_aws``. Raises LocalError when GATEWRIGHT_PORT names another port than its."""
    aws = embedded_aws(environment, folder)
    wanted = port_from_environment(aws.port)
    if wanted != aws.port:
        raise LocalError(
            f"The embedded AWS of this folder runs on port {aws.port}, not {wanted}. "
            "Stop it with `make down` first."
        )
    return aws


def embedded_aws(environment: Environment, folder: Path) -> EmbeddedAws:
    """The embedded AWS with its files in ``folder``.

    While its server runs, its port is that server's, whatever GATEWRIGHT_PORT says: on the port
    that it names another folder's server may run.
    """
    server = running(folder)
    return EmbeddedAws(
        port=server.port if server else port_from_environment(),
        account=environment.account,
        region=environment.region,
        folder=folder,
    )


def stack_patterns(environment: Environment) -> list[str]:
    """The stacks of an environment for the CDK CLI: what its account shares comes first."""
    return [f"account-{environment.account}-{environment.region}/*", f"{environment.name}/*"]


def start_and_bootstrap(aws: EmbeddedAws, progress: Progress) -> None:
    """Have it run, ready for the CDK. Safe to call again."""
    _start(aws, progress)
    _bootstrap(aws, progress)


def _start(aws: EmbeddedAws, progress: Progress) -> None:
    with progress.step(f"Starting the embedded AWS on port {aws.port}"):
        is_back = (state_folder(aws.folder) / STATE_FILE).exists()
        if not start(aws):
            progress.say("  it runs already")
        elif is_back:
            progress.say("  with what was deployed to it before; `make reset` forgets that")


def _bootstrap(aws: EmbeddedAws, progress: Progress) -> None:
    try:
        stack_outputs(aws.client("cloudformation"), "CDKToolkit")
    except NotDeployedError:
        with progress.step("Bootstrapping it for the CDK"):
            run_cdk(
                ["bootstrap", f"aws://{aws.account}/{aws.region}"],
                variables=aws.variables(),
                log=aws.folder / "bootstrap.log",
                say=progress.say,
                folder=aws.folder,  # no app there: bootstrapping needs no synthesis
            )


def _deploy(
    aws: EmbeddedAws,
    platform: Platform,
    environment: Environment,
    root: Path,
    progress: Progress,
) -> None:
    with (
        progress.step(f"Deploying environment {environment.name} of {platform.project}"),
        _telling_of_releases(aws, platform, environment, progress),
    ):
        run_cdk(
            [
                *("deploy", *stack_patterns(environment), "--require-approval", "never"),
                # The others, and the pipeline, are not deployed to this machine.
                *("--app", f"python app.py {environment.name}"),
                # Canaries of several APIs bake at the same time, as in the pipeline.
                *(("--concurrency", str(_AT_ONCE)) if environment.release else ()),
            ],
            variables=aws.variables(),
            log=aws.folder / "deploy.log",
            say=progress.say,
            folder=root,
        )


def _telling_of_releases(
    aws: EmbeddedAws, platform: Platform, environment: Environment, progress: Progress
) -> AbstractContextManager[None]:
    if environment.release is None:
        return nullcontext()
    own = (platform.project, environment.name)
    parameters = {
        f"{api.api_name} {stage}".rstrip(): path(*own, api.api_name, stage)
        for api in platform.apis
        for stage in (api.stages or ("",))
    }
    return telling(aws.client("ssm"), parameters, progress.say)


def seed(
    aws: EmbeddedAws,
    platform: Platform,
    environment: Environment,
    contracts: dict[str, Contract],
) -> dict[str, object]:
    """Make the demo user, and write down where everything is. Returns what was written."""
    deployed = read_deployed(platform, environment, aws.client("cloudformation"))
    earlier = read_outputs(aws.folder)
    demo = seed_demo(aws, deployed, earlier["demo"]["password"] if earlier else None)
    return write_outputs(aws, deployed, demo, contracts)


def main() -> None:
    """The command."""
    try:
        up(Progress())
    except EXPECTED as error:
        fail(error)


if __name__ == "__main__":
    main()
